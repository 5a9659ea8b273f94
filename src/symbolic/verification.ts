/**
 * A closed form against the numeric solver, which shares nothing with it but the circuit: the same quantity at
 * random element values, from the factored matrices of the circuit. A form that does not agree is a fault of ours.
 */

import { certainly } from '../analysis/certainly.ts';
import { closedLoop } from '../analysis/closed-loop.ts';
import { deadNetwork } from '../analysis/dead-network.ts';
import { gains } from '../analysis/gains.ts';
import type { Element, LinearCircuit, LinearElement } from '../circuit/circuit.ts';
import { opAmpsOf } from '../circuit/circuit.ts';
import { Solver } from '../mna/solver.ts';
import { assemble, numberUnknowns } from '../mna/system.ts';
import { certainValue } from './certain-value.ts';
import type { Equalities } from './equalities.ts';
import { causesOf } from './output-error.ts';
import { type Quantity, quantityName } from './quantity.ts';
import { valueOfSymbols } from './symbol-values.ts';
import type { Symbols } from './symbols.ts';
import type { Tree } from './tree.ts';

/** How well a closed form agrees with the solver. */
export interface Check {
  /** Sets of random element values. */
  readonly points: number;
  /** The largest relative difference. */
  readonly worst: number;
}

/** A closed form that is wrong: a fault of the program. */
export class UnverifiedError extends Error {}

const POINTS = 2;
/** A set of values may make the network singular; so many are tried. */
const TRIES = 12;
const RELATIVE = 1e-9;
/** Where the value is 0; resistances are between 1 and 100. */
const ABSOLUTE = 1e-11;

/** Random element values, and what the solver finds there. */
export interface Point {
  valueAt(name: string): number;
  /** undefined where the quantity does not exist. */
  quantity(quantity: Quantity): number | undefined;
}

export function points(
  circuit: LinearCircuit,
  { symbols, equalities }: { symbols: Symbols; equalities: Equalities },
): readonly Point[] {
  const found: Point[] = [];
  const random = randomNumbers();
  for (let i = 0; i < TRIES && found.length < POINTS; i++) {
    const values = randomValues(symbols, { equalities, random });
    const point = solved(circuit, { symbols, values, random });
    if (point !== undefined) found.push(point);
  }
  return found;
}

/** @throws {UnverifiedError} where a tree and the solver differ. */
export function verified(tree: Tree, quantity: Quantity, at: readonly Point[]): Check {
  let worst = 0;
  for (const point of at) {
    const actual = point.quantity(quantity);
    const { value, error } = certainValue(tree, point.valueAt);
    const difference = actual === undefined ? Number.NaN : Math.abs(value - actual);
    const bound = RELATIVE * Math.abs(value) + 100 * error + ABSOLUTE;
    if (!(difference <= bound)) {
      throw new UnverifiedError(
        `The closed form of ${quantityName(quantity)} is ${value} at random element values, where the circuit has ${actual}.`,
      );
    }
    if (value !== 0) worst = Math.max(worst, difference / Math.abs(value));
  }
  if (at.length === 0)
    throw new UnverifiedError('No closed form could be compared with the circuit.');
  return { points: at.length, worst };
}

function randomValues(
  symbols: Symbols,
  { equalities, random }: { equalities: Equalities; random: () => number },
): ReadonlyMap<Element, number> {
  const drawn = new Map<number, number>();
  const values = new Map<Element, number>();
  for (const element of symbols.names.values()) {
    const index = symbols.of(element) ?? 0;
    const { variable, factor } = equalities.replacement(index);
    const value = drawn.get(variable) ?? (element.kind === 'resistor' ? 100 : 3) ** random();
    drawn.set(variable, value);
    values.set(element, Number(factor) * value);
  }
  return values;
}

function solved(
  circuit: LinearCircuit,
  {
    symbols,
    values,
    random,
  }: { symbols: Symbols; values: ReadonlyMap<Element, number>; random: () => number },
): Point | undefined {
  const changed = {
    ...circuit,
    elements: circuit.elements.map((element) => withValue(element, values.get(element))),
  };
  const unknowns = numberUnknowns(changed);
  const dead = certainly(() => deadNetwork(new Solver(assemble(changed, 'dead', unknowns))));
  if (dead === undefined) return undefined;
  const ideal = certainly(() => {
    const solver = new Solver(assemble(changed, 'ideal', unknowns));
    const { output } = changed;
    return {
      loop: closedLoop(solver),
      at: output === null ? undefined : gains(solver, output),
    };
  });
  const causes = new Map<string, number>();
  for (const opAmp of opAmpsOf(circuit)) {
    for (const name of Object.values(causesOf(opAmp))) causes.set(name, 0.5 + random());
  }
  const sources = new Map([...(ideal?.at?.sources ?? [])].map(([{ name }, gain]) => [name, gain]));
  const outputError = () => {
    if (ideal?.at === undefined) return undefined;
    let total = 0;
    for (const [opAmp, { noiseGain, nonInverting, inverting }] of ideal.at.opAmps) {
      const names = causesOf(opAmp);
      const cause = (name: string) => causes.get(name) ?? 0;
      total += noiseGain * cause(names.offset);
      total += nonInverting * cause(names.nonInverting) + inverting * cause(names.inverting);
    }
    return total;
  };
  return {
    valueAt: valueOfSymbols(symbols, {
      element: (element) => values.get(element),
      cause: (name) => causes.get(name),
    }),
    quantity: (quantity) => {
      if (quantity.kind === 'VOE') return outputError();
      if (quantity.kind === 'gain') return sources.get(quantity.source.name);
      const { opAmp, kind } = quantity;
      const atOutput = ideal?.at?.opAmps.get(opAmp);
      const passive = dead.opAmps.get(opAmp);
      switch (kind) {
        case 'GN':
          return ideal?.loop.get(opAmp)?.noiseGain;
        case 'GNO':
          return atOutput?.noiseGain;
        case 'ZN':
          return atOutput?.nonInverting;
        case 'ZI':
          return atOutput?.inverting;
        case 'RNEQ':
          return passive?.nonInverting;
        case 'RIEQ':
          return passive?.inverting;
        case 'BETA':
          return passive && passive.feedback.minus - passive.feedback.plus;
      }
    },
  };
}

function withValue(element: LinearElement, value: number | undefined): LinearElement {
  if (value === undefined) return element;
  switch (element.kind) {
    case 'resistor':
      return { ...element, resistance: value };
    case 'controlledVoltage':
    case 'controlledCurrent':
      return { ...element, controls: element.controls.map((each) => ({ ...each, gain: value })) };
    default:
      return element;
  }
}

/** Numbers in [0, 1), the same in every run (a multiplicative generator of Lehmer's). */
function randomNumbers(): () => number {
  let state = 20_261_126;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
