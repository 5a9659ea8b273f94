/**
 * What the tolerance of each element contributes at the output when all others are nominal: exact, by the
 * Moebius form f(d) - f(0) = -r q d/(1 + H d) of one variation. The initial tolerance and the temperature
 * coefficient are rows of their own, and so are the common deviation of a lot and the mismatch in it.
 */

import type { LinearCircuit } from '../circuit/circuit.ts';
import type { Match } from '../circuit/tolerance.ts';
import { movedBy, type PortForm } from '../numeric/port-form.ts';
import type { BudgetRow } from './budget.ts';
import type { ElementVariation, Variation } from './variation.ts';

interface Contribution {
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
): BudgetRow[] {
  const contributions: Contribution[] = [];
  const lots = new Map<Match, number[]>();
  for (const [k, variation] of variations.entries()) {
    if (variation.kind !== 'element') continue;
    contributions.push(...ofElement(variation, { form, k, circuit }));
    const { match } = variation.tolerance;
    if (match !== undefined) lots.set(match, [...(lots.get(match) ?? []), k]);
  }
  for (const [match, members] of lots) {
    contributions.push(ofLot(match, { form, members, variations }));
  }
  return contributions.flatMap(rowOf);
}

function ofElement(
  variation: ElementVariation,
  { form, k, circuit }: { form: PortForm; k: number; circuit: LinearCircuit },
): Contribution[] {
  const { element, tolerance, slope, step } = variation;
  const { deviation, coefficient, match } = tolerance;
  const at = (index: number, vector: Float64Array) => vector[index] ?? 0;
  const steepness = -at(k, form.r) * at(k, form.q); // df/dd
  const change = (factor: number): number => {
    const d = step(factor);
    const s = 1 + d * at(k * form.size + k, form.H);
    return s > 0 ? (steepness * d) / s : steepness * d * Number.POSITIVE_INFINITY;
  };
  const name = element.name;
  const { temperature } = circuit;
  const rises =
    temperature === null
      ? []
      : [temperature.low - temperature.nominal, temperature.high - temperature.nominal];
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
      changes: rises.flatMap((rise) =>
        [coefficient.low, coefficient.high].map((tc) => change(1 + tc * rise)),
      ),
      gain: steepness * slope,
    },
  ];
}

/** All members of a lot off by the same part; the gain is per unit of that part. */
function ofLot(
  { label, common }: Match,
  {
    form,
    members,
    variations,
  }: { form: PortForm; members: readonly number[]; variations: readonly Variation[] },
): Contribution {
  const change = (t: number): number => {
    const steps = new Float64Array(form.size);
    for (const k of members) {
      const variation = variations[k];
      if (variation?.kind === 'element') steps[k] = variation.step(1 + t);
    }
    const { form: there, factor } = movedBy(form, steps);
    return factor > 0 ? there.value - form.value : Number.POSITIVE_INFINITY;
  };
  const [low, high] = [change(common.low), change(common.high)];
  const gain = common.high === common.low ? 0 : (high - low) / (common.high - common.low);
  return { cause: 'lot', element: label, changes: [low, high], gain };
}

function rowOf({ cause, element, changes, gain }: Contribution): BudgetRow[] {
  const low = Math.min(0, ...changes);
  const high = Math.max(0, ...changes);
  if (low === 0 && high === 0) return [];
  const worst = Math.max(-low, high);
  return [{ cause, element, low: low + 0, high: high + 0, gain: gain + 0, worst }];
}
