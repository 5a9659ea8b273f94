/**
 * What the output never exceeds between the scenarios of a search. Temperature and the common deviation of a lot move
 * many values at once; over a cell of them every value is taken to move on its own, which is never too little. The cell
 * with the worst bound is halved until what is left above the best corner found is small.
 */

import type { Range } from '../circuit/ranges.ts';
import type { Effort } from '../numeric/effort.ts';
import { poleIn } from '../numeric/pole-search.ts';
import { negated } from '../numeric/port-form.ts';
import { maximum } from '../numeric/vertex-search.ts';
import { type Bounds, boxOf, stepsOf, type WorstCaseInput } from './box.ts';
import { limits, type Scenario } from './variation-limits.ts';

/** A part of what all variations share. */
export interface ScenarioCell {
  /** T_A [deg C]; absent when the netlist says nothing about it. */
  readonly temperature?: Range;
  /** t by the label of the group. */
  readonly common: ReadonlyMap<string, Range>;
  readonly sources?: Scenario['sources'];
}

/** Halvings per side. */
const MOST_SPLITS = 60;

/** Of the distance between the best corners: nearer, a bound is as good as a proof. */
const SLACK = 0.01;

interface Search {
  readonly input: WorstCaseInput;
  /** The best corners found. */
  readonly found: Bounds;
  readonly efforts: { readonly pole: Effort; readonly low: Effort; readonly high: Effort };
}

/** Undefined where a cell is not known to be free of a pole, however small. */
export function outerBounds(cells: readonly ScenarioCell[], search: Search): Bounds | undefined {
  const high = upperBound(cells, 'high', search);
  const low = -upperBound(cells, 'low', search);
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : undefined;
}

/** Of f, or of -f for the low side. */
function upperBound(cells: readonly ScenarioCell[], side: 'low' | 'high', search: Search): number {
  const { found } = search;
  const best = side === 'high' ? found.high : -found.low;
  const slack = SLACK * (found.high - found.low);
  let open = cells.map((cell) => ({ cell, depth: 0, bound: cellBound(cell, side, search) }));
  for (let splits = 0; splits < MOST_SPLITS; splits++) {
    const worst = open.reduce((a, b) => (b.bound > a.bound ? b : a));
    const halves = worst.bound <= best + slack ? [] : halved(worst.cell, worst.depth);
    if (halves.length === 0) break;
    open = open.filter((other) => other !== worst);
    for (const cell of halves) {
      const bound = Math.min(worst.bound, cellBound(cell, side, search));
      open.push({ cell, depth: worst.depth + 1, bound });
    }
  }
  return open.reduce((bound, other) => Math.max(bound, other.bound), best);
}

function cellBound(cell: ScenarioCell, side: 'low' | 'high', { input, efforts }: Search): number {
  const { form, widths, factor } = boxOf(hullOf(cell, input), input);
  if (factor <= 0 || poleIn(form, widths, efforts.pole).kind !== 'none') {
    return Number.POSITIVE_INFINITY;
  }
  return maximum(side === 'high' ? form : negated(form), widths, efforts[side]).bound;
}

/** Of the terms in the corners of a cell, between which each moves monotonically in what is shared. */
function hullOf({ temperature, common, sources }: ScenarioCell, input: WorstCaseInput): Bounds[] {
  const { circuit } = input;
  const warm = temperature === undefined ? [undefined] : [temperature.low, temperature.high];
  const corners = warm.flatMap((at) =>
    (['low', 'high'] as const).map(
      (end): Scenario => ({
        ...(at === undefined ? {} : { temperature: at }),
        ...(sources === undefined ? {} : { sources }),
        // A value belongs to one lot: its own ends are all that it sees.
        common: new Map([...common].map(([label, range]) => [label, range[end]])),
      }),
    ),
  );
  const all = corners.map((scenario) => {
    const ends = input.variations.map((variation) => limits(variation, { scenario, circuit }));
    return stepsOf(ends, { scenario, input });
  });
  return input.variations.map((_, k) => {
    const steps = all.flatMap((at) => [at[k]?.low ?? 0, at[k]?.high ?? 0]);
    return { low: Math.min(...steps), high: Math.max(...steps) };
  });
}

/** In turn across the temperature and each lot; nothing where all are points. */
function halved(cell: ScenarioCell, depth: number): ScenarioCell[] {
  const { temperature, common } = cell;
  const ways: ((half: (range: Range) => Range) => ScenarioCell)[] = [];
  if (temperature !== undefined && temperature.low < temperature.high) {
    ways.push((half) => ({ ...cell, temperature: half(temperature) }));
  }
  for (const [label, range] of common) {
    ways.push((half) => ({ ...cell, common: new Map([...common, [label, half(range)]]) }));
  }
  const way = ways[depth % ways.length];
  return way === undefined ? [] : [way(lowerHalf), way(upperHalf)];
}

function lowerHalf({ low, high }: Range): Range {
  return { low, high: (low + high) / 2 };
}

function upperHalf({ low, high }: Range): Range {
  return { low: (low + high) / 2, high };
}
