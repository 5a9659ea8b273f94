/**
 * Libraries that were not found: what the netlist uses and does not define, so that the reader knows
 * which parts are affected. What such a library would have held cannot be told apart by file.
 */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { ElementCard, Statement } from './tree.ts';

/** Names of users per undefined name. */
type Users = Map<string, { readonly name: string; readonly by: string[] }>;

/** The most names that a message lists. */
const LISTED = 8;

/** One `missing_library` warning for each of `missing`. */
export function reportMissing(
  missing: readonly Word[],
  { statements, diagnostics }: { statements: readonly Statement[]; diagnostics: Diagnostics },
): void {
  if (missing.length === 0) return;
  const users: Users = new Map();
  collect(statements, { users, defined: definitions(statements, new Set()) });
  const affected = [...users.values()].map(({ name, by }) => `${name} (${list(by)})`);
  const what =
    affected.length === 0
      ? 'The netlist uses nothing that it does not define itself.'
      : `Not defined elsewhere: ${list(affected)}.`;
  for (const path of missing) {
    const message = `The library "${shorten(path.text)}" was not found. ${what}`;
    const hint = 'Put the file beside the netlist to have it read.';
    diagnostics.warning('missing_library', path.span, message, hint);
  }
}

function list(names: readonly string[]): string {
  if (names.length <= LISTED) return names.join(', ');
  return `${names.slice(0, LISTED).join(', ')} and ${names.length - LISTED} more`;
}

/** Every name that is defined anywhere; which scope sees it does not matter here. */
function definitions(statements: readonly Statement[], names: Set<string>): Set<string> {
  for (const statement of statements) {
    if (statement.kind === 'model') names.add(statement.name.text.toLowerCase());
    if (statement.kind === 'subcircuit') {
      names.add(statement.name.text.toLowerCase());
      definitions(statement.statements, names);
    }
    if (statement.kind === 'if') {
      for (const branch of statement.branches) definitions(branch.statements, names);
    }
  }
  return names;
}

function collect(
  statements: readonly Statement[],
  found: { users: Users; defined: ReadonlySet<string> },
): void {
  for (const statement of statements) {
    if (statement.kind === 'subcircuit') collect(statement.statements, found);
    if (statement.kind === 'if') {
      for (const branch of statement.branches) collect(branch.statements, found);
    }
    if (statement.kind !== 'card') continue;
    const name = definedElsewhere(statement);
    if (name === undefined || found.defined.has(name.text.toLowerCase())) continue;
    const key = name.text.toLowerCase();
    const entry = found.users.get(key) ?? { name: name.text, by: [] };
    entry.by.push(statement.name.text);
    found.users.set(key, entry);
  }
}

/** The subcircuit or model that a card needs. */
function definedElsewhere(card: ElementCard): Word | undefined {
  if ('subcircuit' in card) return card.subcircuit;
  if ('device' in card) return card.device?.model;
  return 'model' in card ? card.model : undefined;
}
