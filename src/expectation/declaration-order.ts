/** In which order elements are given by the declarations of a netlist: each after those that it rests on. */

import { symbolsOf } from '../../grammar/walk.ts';
import type { Declaration } from '../circuit/circuit.ts';

export interface DeclarationOrder {
  readonly ordered: readonly Declaration[];
  /** Of declarations that rest on each other, the first in the text; undefined where none do. */
  readonly circular: Declaration | undefined;
}

/** Declarations of different elements in their order. Those that rest on a circle are not in it. */
export function declarationOrder(declarations: readonly Declaration[]): DeclarationOrder {
  const byName = new Map(declarations.map((each) => [each.element.toLowerCase(), each]));
  const bases = new Map(
    declarations.map((each) => [
      each,
      new Set(namesIn(each).flatMap((name) => byName.get(name) ?? [])),
    ]),
  );
  const followers = new Map<Declaration, Declaration[]>();
  for (const [each, basis] of bases) {
    for (const other of basis) followers.set(other, [...(followers.get(other) ?? []), each]);
  }
  const waiting = new Map([...bases].map(([each, basis]) => [each, basis.size]));
  const ordered = declarations.filter((each) => waiting.get(each) === 0);
  // The list grows while it is read.
  for (const each of ordered) {
    for (const follower of followers.get(each) ?? []) {
      const rest = (waiting.get(follower) ?? 0) - 1;
      waiting.set(follower, rest);
      if (rest === 0) ordered.push(follower);
    }
  }
  const done = new Set(ordered);
  const circle = new Set<Declaration>();
  const open = (all: Iterable<Declaration>) => [...all].find((each) => !done.has(each));
  let at = open(declarations);
  while (at !== undefined && !circle.has(at)) {
    circle.add(at);
    at = open(bases.get(at) ?? []);
  }
  const members = [...circle].slice(at === undefined ? 0 : [...circle].indexOf(at));
  return { ordered, circular: declarations.find((each) => members.includes(each)) };
}

/** Lower-case full names in the formula of a declaration. */
function namesIn({ value, prefix }: Declaration): readonly string[] {
  return symbolsOf(value).flatMap((symbol) =>
    symbol.kind === 'name' ? [(prefix + symbol.name).toLowerCase()] : [],
  );
}
