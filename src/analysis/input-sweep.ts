/**
 * How the input and the other sources of a circuit move: the network is affine in its sources, so that a functional of its
 * solution is one value at a reference point and a slope per move. The input s is one source, or the difference of two:
 * s = (w'v)/(w'w) of the source values v with the weights w of what errors are referred to.
 */

import type { CurrentSource, LinearCircuit, VoltageSource } from '../circuit/circuit.ts';
import type { Range } from '../circuit/ranges.ts';
import { type Solution, type Solver, subtract } from '../mna/solver.ts';
import type { ReferenceInput } from './input-referred.ts';
import { unitSolution } from './source-moves.ts';

/** dx of some sources together: the sum of unit solutions with weights. */
export type Direction = readonly {
  readonly source: VoltageSource | CurrentSource;
  readonly weight: number;
  readonly solution: Solution;
  /** The same less that of the ideal network: what the known errors make of it. */
  readonly error: Solution;
}[];

export interface Move {
  readonly direction: Direction;
  /** How far it goes from the reference point [V or A]. */
  readonly range: Range;
  /** What the input changes per unit. */
  readonly along: number;
}

export interface InputSweep {
  /** s [V or A] */
  readonly range: Range;
  /** Where the offset error is taken: 0, or the middle of a range without 0. */
  readonly reference: number;
  /** From the values of the netlist to the reference point, along the input. */
  readonly start: number;
  /** One unit of the input. */
  readonly input: Direction;
  readonly moves: readonly Move[];
}

type Source = VoltageSource | CurrentSource;

/** Undefined when the input is no source of the circuit. */
export function inputSweep(
  circuit: LinearCircuit,
  {
    input,
    solver,
    nullors,
  }: { readonly input: ReferenceInput; readonly solver: Solver; readonly nullors: Solver },
): InputSweep | undefined {
  const terms = circuit.input?.terms ?? [{ source: input.label, weight: 1 }];
  const weights = new Map(terms.map(({ source, weight }) => [source, weight]));
  const square = terms.reduce((sum, { weight }) => sum + weight ** 2, 0);
  const { ranges } = circuit;
  const sources = circuit.elements.filter(
    (element): element is Source =>
      (element.kind === 'voltageSource' || element.kind === 'currentSource') &&
      (weights.has(element.name) || ranges.sources.has(element.name)),
  );
  const weightOf = ({ name }: Source) => weights.get(name) ?? 0;
  const nominal = sources.reduce((sum, at) => sum + (weightOf(at) * dcValue(at)) / square, 0);
  const units = new Map(
    sources.map((source) => [source, unitOf(source, { solver, nullors })] as const),
  );
  const direction = (weight: (source: Source) => number): Direction =>
    [...units].flatMap(([source, unit]) =>
      weight(source) === 0 ? [] : [{ source, weight: weight(source), ...unit }],
    );
  const along = direction(weightOf);
  if (along.length === 0) return undefined;

  const ranged = sources.filter(({ name }) => ranges.sources.has(name));
  const moves = ranged.map((source) => {
    const { low, high } = ranges.sources.get(source.name) ?? { low: 0, high: 0 };
    const value = dcValue(source);
    return {
      weight: weightOf(source),
      direction: direction((other) => (other === source ? 1 : 0)),
      range: { low: low - value, high: high - value },
      along: weightOf(source) / square,
    };
  });
  // Without a range the input goes from 0 to its value.
  if (!ranged.some((source) => weightOf(source) !== 0)) {
    const range = { low: Math.min(0, -nominal), high: Math.max(0, -nominal) };
    moves.push({ weight: 1, direction: along, range, along: 1 });
  }
  const reach = { low: nominal, high: nominal };
  for (const { range, along: step } of moves) {
    reach.low += Math.min(step * range.low, step * range.high);
    reach.high += Math.max(step * range.low, step * range.high);
  }
  const isZeroInside = reach.low <= 0 && reach.high >= 0;
  const reference = isZeroInside ? 0 : (reach.low + reach.high) / 2;
  const start = reference - nominal;
  return {
    range: reach,
    reference,
    start,
    input: along,
    moves: moves.map(({ weight, range, ...move }) => ({
      ...move,
      range: { low: range.low - weight * start, high: range.high - weight * start },
    })),
  };
}

function dcValue(source: Source): number {
  return source.kind === 'voltageSource' ? source.voltage : source.current;
}

function unitOf(source: Source, { solver, nullors }: { solver: Solver; nullors: Solver }) {
  const solution = unitSolution(source, solver);
  const error = subtract(solution, solver === nullors ? solution : unitSolution(source, nullors));
  return { solution, error };
}
