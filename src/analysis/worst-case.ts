/**
 * The extremes of the output over all tolerances and spreads, with a verdict on how far they are proven.
 * The output is a Moebius function of every variation, so that on a box without a pole the extremes are at
 * vertices (theory 3.2); which vertices, a branch and bound search with certified slopes finds. All figures
 * are of the network with finite gains and the known errors in; the two corners are solved on their own.
 */

import { crossingParameters } from '../numeric/crossing-parameters.ts';
import { Effort } from '../numeric/effort.ts';
import { poleIn } from '../numeric/pole-search.ts';
import { negated } from '../numeric/port-form.ts';
import { extremesOfVertices, type Vertex } from '../numeric/vertex-enumeration.ts';
import { type Maximum, maximum } from '../numeric/vertex-search.ts';
import { type Bounds, type Box, boxOf, stepsOf, type WorstCaseInput } from './box.ts';
import { type Corner, outputAt } from './corner.ts';
import { outerBounds } from './outer-bounds.ts';
import { type ScenarioList, scenarios } from './scenario.ts';
import { type CornerVariation, sourceValue } from './variation.ts';
import { limits, type Scenario } from './variation-limits.ts';

export type ExtremesStatus =
  /** The true extremes, to rounding; the determinant keeps its sign. */
  | 'proven'
  /** The best corners found; no value is beyond `bounds`. */
  | 'bounded'
  /** The best corners found, without a proof. */
  | 'sampled'
  /** Some values of the elements let the output grow without limit or the feedback turn over. */
  | 'pole_in_box';

/** Where an extreme is taken. */
export interface ExtremeCorner {
  readonly value: number;
  readonly corner: Corner;
  readonly scenario: Scenario;
}

export interface Extremes {
  readonly status: ExtremesStatus;
  /** null with a pole in the box. */
  readonly low: ExtremeCorner | null;
  readonly high: ExtremeCorner | null;
  /** Of the status `bounded`. */
  readonly bounds: { readonly low: number; readonly high: number } | null;
  /** Names of all that can take part in crossing the pole, alone or with others; empty without one. */
  readonly crossing: readonly string[];
}

/** The scenarios to be searched, and what the output is counted from in each. */
export interface Question {
  readonly list: ScenarioList;
  /** [V or A] */
  readonly reference: (scenario: Scenario) => number;
}

/** Of each search, in all scenarios together. */
interface Efforts {
  readonly pole: Effort;
  readonly low: Effort;
  readonly high: Effort;
  /** That may still be enumerated. */
  vertices: number;
}

/** Multiplications: about a second. */
const EFFORT = 1e8;
/** About as long. */
const MOST_VERTICES = 2 ** 24;
/** Multiplications that a search may take for each: a third of what its enumeration takes. */
const PER_VERTEX = 2;

export function worstCase(input: WorstCaseInput): Extremes {
  return extremesOver(input, { list: scenarios(input.circuit), reference: () => 0 });
}

/** The extremes of the output less the reference, over all scenarios. */
export function extremesOver(input: WorstCaseInput, { list, reference }: Question): Extremes {
  const efforts: Efforts = {
    pole: new Effort(EFFORT),
    low: new Effort(EFFORT),
    high: new Effort(EFFORT),
    vertices: MOST_VERTICES,
  };
  const searched: Searched[] = [];
  for (const scenario of list.scenarios) {
    const found = searchScenario(scenario, { input, efforts });
    if ('crossing' in found) return pole(found.crossing);
    searched.push(found);
  }
  const found = {
    low: -Math.max(...searched.map(({ low }) => low.value)),
    high: Math.max(...searched.map(({ high }) => high.value)),
  };
  const outer = list.isComplete ? undefined : outerBounds(list.cells, { input, found, efforts });
  return judged(searched, { input, question: { list, reference }, outer });
}

function pole(crossing: readonly string[]): Extremes {
  return { status: 'pole_in_box', low: null, high: null, bounds: null, crossing };
}

interface Searched {
  readonly scenario: Scenario;
  readonly box: Box;
  readonly high: Maximum;
  /** Of -f. */
  readonly low: Maximum;
  readonly isCertain: boolean;
}

function searchScenario(
  scenario: Scenario,
  { input, efforts }: { input: WorstCaseInput; efforts: Efforts },
): Searched | { readonly crossing: readonly string[] } {
  const { circuit } = input;
  const ends = input.variations.map((variation) => limits(variation, { scenario, circuit }));
  const box = { ends, ...boxOf(stepsOf(ends, { scenario, input }), input) };
  const { form, widths } = box;
  if (box.factor <= 0) {
    return { crossing: crossingNames(box, { input, otherwise: [...input.variations.keys()] }) };
  }
  const verdict = poleIn(form, widths, efforts.pole);
  if (verdict.kind === 'pole') {
    return { crossing: crossingNames(box, { input, otherwise: verdict.crossing }) };
  }
  const count = vertexCount(widths);
  const effort = (common: Effort) =>
    count <= MOST_VERTICES ? new Effort(count * PER_VERTEX) : common;
  const high = maximum(form, widths, effort(efforts.high));
  const low = maximum(negated(form), widths, effort(efforts.low));
  const isProven = high.bound === high.value && low.bound === low.value;
  if ((verdict.kind === 'none' && isProven) || !mayEnumerate(count, efforts)) {
    return { scenario, box, high, low, isCertain: verdict.kind === 'none' };
  }
  const all = extremesOfVertices(form, widths);
  if (all === undefined) {
    return { crossing: crossingNames(box, { input, otherwise: [...input.variations.keys()] }) };
  }
  const proven = ({ value, ends: at }: Vertex, sign: 1 | -1): Maximum => ({
    value: sign * value,
    ends: at,
    bound: sign * value,
  });
  return { scenario, box, high: proven(all.high, 1), low: proven(all.low, -1), isCertain: true };
}

function vertexCount(widths: Float64Array): number {
  return 2 ** widths.filter((width) => width > 0).length;
}

/** Where the search was cut short, all vertices are looked at if they are few; pays for them. */
function mayEnumerate(count: number, efforts: Efforts): boolean {
  if (count > efforts.vertices) return false;
  efforts.vertices -= count;
  return true;
}

/** Counted from the nominal values, not from the middle of the box: what crosses only together with that is no cause. */
function crossingNames(
  { steps }: Box,
  { input, otherwise }: { input: WorstCaseInput; otherwise: readonly number[] },
): readonly string[] {
  const ends = steps.map(({ low, high }) => ({
    low: Math.min(low, high),
    high: Math.max(low, high),
  }));
  const found = crossingParameters(input.form, { ends, effort: new Effort(EFFORT) });
  const names = (found.length > 0 ? found : otherwise).flatMap((k) => {
    const variation = input.variations[k];
    return variation === undefined ? [] : [nameOf(variation)];
  });
  return [...new Set(names)];
}

function judged(
  searched: readonly Searched[],
  {
    input,
    question,
    outer,
  }: { input: WorstCaseInput; question: Question; outer: Bounds | undefined },
): Extremes {
  const best = (side: 'low' | 'high') =>
    searched.reduce((found, at) => (at[side].value > found[side].value ? at : found));
  const [low, high] = [best('low'), best('high')];
  const reached = {
    low: -Math.max(...searched.map((at) => at.low.bound)),
    high: Math.max(...searched.map((at) => at.high.bound)),
  };
  const isFound = reached.low === -low.low.value && reached.high === high.high.value;
  const isCertain = searched.every((at) => at.isCertain);
  const isBounded = Number.isFinite(reached.low) && Number.isFinite(reached.high);
  const bounds = question.list.isComplete && isCertain && isBounded ? reached : outer;
  const status =
    bounds === undefined ? 'sampled' : bounds === reached && isFound ? 'proven' : 'bounded';
  const corners = {
    low: cornerOf(low, { side: 'low', input, question }),
    high: cornerOf(high, { side: 'high', input, question }),
  };
  return {
    status,
    ...corners,
    bounds:
      status !== 'bounded' || bounds === undefined
        ? null
        : {
            // A corner solved on its own may differ from the search by its rounding.
            low: Math.min(bounds.low, corners.low.value),
            high: Math.max(bounds.high, corners.high.value),
          },
    crossing: [],
  };
}

/** The corner of a search, solved on its own. */
function cornerOf(
  { scenario, box, ...found }: Searched,
  { side, input, question }: { side: 'low' | 'high'; input: WorstCaseInput; question: Question },
): ExtremeCorner {
  const corner = new Map<CornerVariation, number>();
  for (const [k, variation] of input.variations.entries()) {
    const [ends, steps] = [box.ends[k], box.steps[k]];
    if (ends === undefined || steps === undefined) continue;
    const end = found[side].ends[k] ?? 0;
    const upper = end > 0 === steps.high >= steps.low;
    // Where the end does not matter the nominal value serves, if it is possible.
    const nominal = Math.min(Math.max(nominalOf(variation, input), ends.low), ends.high);
    corner.set(variation, end === 0 ? nominal : upper ? ends.high : ends.low);
  }
  const value = outputAt(corner, input) - question.reference(scenario);
  return { value, corner, scenario };
}

function nominalOf(variation: CornerVariation, { biasPoints }: WorstCaseInput): number {
  if (variation.kind === 'element') return 1;
  if (variation.kind === 'source') return sourceValue(variation.source);
  const { spread, cause, opAmp } = variation;
  if (cause !== 'drift') return spread.nominal;
  return spread.nominal * (biasPoints.get(opAmp)?.temperatureStep ?? 0);
}

function nameOf(variation: CornerVariation): string {
  switch (variation.kind) {
    case 'element':
      return variation.element.name;
    case 'opAmp':
      return variation.opAmp.name;
    case 'source':
      return variation.source.name;
  }
}
