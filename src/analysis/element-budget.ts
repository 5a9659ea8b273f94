/**
 * What the tolerance of each element contributes at the output when all others are nominal: exact, by the
 * Moebius form f(d) - f(0) = -r q d/(1 + H d) of one variation. The initial tolerance, the temperature
 * coefficient and the ageing are rows of their own, and so are the common deviation of a lot and the mismatch in it.
 */

import type { LinearCircuit } from '../circuit/circuit.ts';
import type { Match } from '../circuit/tolerance.ts';
import { movedBy, type PortForm } from '../numeric/port-form.ts';
import { sum } from '../numeric/sum.ts';
import type { UnweightedRow } from './budget.ts';
import type { ElementVariation, Variation } from './variation.ts';

/** The element of the row of what the known coefficients of all do together. */
export const KNOWN_COEFFICIENTS = 'all elements';

export interface Contribution {
  readonly cause: string;
  readonly element: string;
  /** Changes of the output [V or A]. */
  readonly changes: readonly number[];
  readonly gain: number;
}

export function elementRows(
  form: PortForm,
  {
    variations,
    circuit,
  }: { readonly variations: readonly Variation[]; readonly circuit: LinearCircuit },
): UnweightedRow[] {
  return elementContributions(form, { variations, circuit }).flatMap(rowOf);
}

/** In an order that depends on `variations` alone; `changes` are linear in the q of the form. */
export function elementContributions(
  form: PortForm,
  {
    variations,
    circuit,
  }: { readonly variations: readonly Variation[]; readonly circuit: LinearCircuit },
): readonly Contribution[] {
  const contributions: Contribution[] = [];
  const lots = new Set<Match>();
  for (const [k, variation] of variations.entries()) {
    if (variation.kind !== 'element') continue;
    contributions.push(...ofElement(variation, { form, k, circuit }));
    const { match } = variation.tolerance;
    if (match !== undefined) lots.add(match);
  }
  for (const match of lots) contributions.push(ofLot(match, { form, variations }));
  contributions.push(ofKnownCoefficients(form, { variations, circuit }));
  return contributions;
}

function ofElement(
  variation: ElementVariation,
  { form, k, circuit }: { form: PortForm; k: number; circuit: LinearCircuit },
): Contribution[] {
  const { element, tolerance, slope, step } = variation;
  const { deviation, coefficient, ageing, match } = tolerance;
  const at = (index: number, vector: Float64Array) => vector[index] ?? 0;
  const steepness = -at(k, form.r) * at(k, form.q); // df/dd
  const change = (factor: number): number => {
    const d = step(factor);
    const s = 1 + d * at(k * form.size + k, form.H);
    return s > 0 ? (steepness * d) / s : steepness * d * Number.POSITIVE_INFINITY;
  };
  const name = element.name;
  return [
    {
      cause: match === undefined ? 'tolerance' : 'mismatch',
      element: name,
      changes: [change(1 + deviation.low), change(1 + deviation.high)],
      gain: steepness * slope,
    },
    {
      cause: 'temperature',
      element: name,
      changes: rises(circuit).flatMap((rise) =>
        [coefficient.low, coefficient.high].map((tc) =>
          change(1 + (tc - coefficient.nominal) * rise),
        ),
      ),
      gain: steepness * slope,
    },
    {
      cause: 'ageing',
      element: name,
      changes: [change(1 + ageing.low), change(1 + ageing.high)],
      gain: steepness * slope,
    },
  ];
}

/** T - T_nominal at the ends of the range [K]. */
function rises({ temperature }: LinearCircuit): readonly number[] {
  if (temperature === null) return [];
  return [temperature.low - temperature.nominal, temperature.high - temperature.nominal];
}

/** What the known coefficients do together, all elements being at one temperature. */
function ofKnownCoefficients(
  form: PortForm,
  { variations, circuit }: { variations: readonly Variation[]; circuit: LinearCircuit },
): Contribution {
  const changes = rises(circuit).map((rise) =>
    changeOf(form, {
      variations,
      factor: ({ tolerance }) => 1 + tolerance.coefficient.nominal * rise,
    }),
  );
  return { cause: 'temperature', element: KNOWN_COEFFICIENTS, changes, gain: 0 };
}

/** What is left of members of a lot that cancel, as a part of the output and of what each does alone. */
const ROUNDING = 1e-14;

/** All members of a lot off by the same part; the gain is per unit of that part. */
function ofLot(
  match: Match,
  { form, variations }: { form: PortForm; variations: readonly Variation[] },
): Contribution {
  const { label, common } = match;
  const isMember = ({ tolerance }: ElementVariation) => tolerance.match === match;
  const change = (t: number): number => {
    const together = changeOf(form, { variations, factor: (at) => (isMember(at) ? 1 + t : 1) });
    const apart = variations.map((variation, k) =>
      variation.kind === 'element' && isMember(variation)
        ? Math.abs((form.r[k] ?? 0) * (form.q[k] ?? 0) * variation.step(1 + t))
        : 0,
    );
    return Math.abs(together) <= ROUNDING * sum([Math.abs(form.value), ...apart]) ? 0 : together;
  };
  const [low, high] = [change(common.low), change(common.high)];
  const gain = common.high === common.low ? 0 : (high - low) / (common.high - common.low);
  return { cause: 'lot', element: label, changes: [low, high], gain };
}

/** The change of the output when the value of every element is so many times the nominal one. */
function changeOf(
  form: PortForm,
  {
    variations,
    factor,
  }: {
    variations: readonly Variation[];
    factor: (variation: ElementVariation) => number;
  },
): number {
  const steps = variations.map((variation) =>
    variation.kind === 'element' ? variation.step(factor(variation)) : 0,
  );
  const there = movedBy(form, steps);
  return there.factor > 0 ? there.form.value - form.value : Number.POSITIVE_INFINITY;
}

function rowOf({ cause, element, changes, gain }: Contribution): UnweightedRow[] {
  const low = Math.min(0, ...changes);
  const high = Math.max(0, ...changes);
  if (low === 0 && high === 0) return [];
  const worst = Math.max(-low, high);
  return [{ cause, element, low: low + 0, high: high + 0, gain: gain + 0, worst }];
}
