/** Which definitions cards name, directly and through the bodies of others. */

import type { InstanceCard, Statement, Subcircuit } from '../../../grammar/spice/tree.ts';

/** Definitions by lower-case name. */
export type Definitions = ReadonlyMap<string, Subcircuit>;

/** Of two definitions of one name the first counts. */
export function definitionsIn(statements: readonly Statement[]): Definitions {
  const definitions = new Map<string, Subcircuit>();
  for (const statement of statements) {
    if (statement.kind !== 'subcircuit') continue;
    const key = statement.name.text.toLowerCase();
    if (!definitions.has(key)) definitions.set(key, statement);
  }
  return definitions;
}

/** The definitions that the cards of a circuit or of a body lead to. */
export function reachable(
  statements: readonly Statement[],
  definitions: Definitions,
): ReadonlySet<Subcircuit> {
  const found = new Set<Subcircuit>();
  const waiting: (readonly Statement[])[] = [statements];
  for (let level = waiting.pop(); level !== undefined; level = waiting.pop()) {
    for (const statement of level) {
      if (statement.kind === 'if') waiting.push(...statement.branches.map((at) => at.statements));
      if (statement.kind === 'subcircuit') {
        // An inner definition may use outer ones; the outer ones count when they are used.
        const isOuter = definitions.get(statement.name.text.toLowerCase()) === statement;
        if (!isOuter) waiting.push(statement.statements);
      }
      if (statement.kind !== 'card' || statement.letter !== 'X') continue;
      const name = (statement as InstanceCard).subcircuit.text.toLowerCase();
      const definition = definitions.get(name);
      if (definition === undefined || found.has(definition)) continue;
      found.add(definition);
      waiting.push(definition.statements);
    }
  }
  return found;
}
