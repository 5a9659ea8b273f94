/**
 * Vendor libraries hold hundreds of definitions, some of them broken. An error inside a definition of an
 * included file is one only where an instance may use that definition, and a warning elsewhere.
 */

import type { Diagnostics } from '../diagnostic.ts';
import type { InstanceCard, Statement, Subcircuit } from './tree.ts';

/** Reports the faults that definitions hold. */
export function reportLibraryFaults(
  statements: readonly Statement[],
  diagnostics: Diagnostics,
): void {
  const definitions = definitionsIn(statements);
  if (definitions.every(({ faults }) => faults === undefined)) return;
  const used = usedNames(statements, definitions);
  for (const { name, faults = [] } of definitions) {
    const concerns = used === 'any' || used.has(name.text.toLowerCase());
    for (const fault of faults) {
      if (concerns) diagnostics.all.push(fault);
      else {
        const message = `${fault.message} No instance uses "${name.text}".`;
        diagnostics.all.push({ ...fault, severity: 'warning', message });
      }
    }
  }
}

/** Those inside definitions, too; each before those that it holds. */
function definitionsIn(
  statements: readonly Statement[],
  found: Subcircuit[] = [],
): readonly Subcircuit[] {
  for (const statement of statements) {
    if (statement.kind === 'subcircuit') {
      found.push(statement);
      definitionsIn(statement.statements, found);
    } else if (statement.kind === 'if') {
      for (const branch of statement.branches) definitionsIn(branch.statements, found);
    }
  }
  return found;
}

/**
 * Lower-case names of the definitions that instances reach from the top; which scope sees which of two
 * equal names does not matter here. `any` when a parameter names a definition.
 */
function usedNames(
  statements: readonly Statement[],
  definitions: readonly Subcircuit[],
): ReadonlySet<string> | 'any' {
  const bodies = new Map<string, Statement[]>();
  for (const { name, statements: body } of definitions) {
    const key = name.text.toLowerCase();
    bodies.set(key, [...(bodies.get(key) ?? []), ...body]);
  }
  const used = new Set<string>();
  const waiting: Statement[] = [...statements];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const statement of flat([next])) {
      if (statement.kind !== 'card' || statement.letter !== 'X') continue;
      const name = (statement as InstanceCard).subcircuit.text.toLowerCase();
      if (name.startsWith('{')) return 'any';
      if (used.has(name)) continue;
      used.add(name);
      for (const inner of bodies.get(name) ?? []) waiting.push(inner);
    }
  }
  return used;
}

/** The statements of all branches in place of `.if`. */
function flat(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement) =>
    statement.kind === 'if'
      ? statement.branches.flatMap((branch) => flat(branch.statements))
      : [statement],
  );
}
