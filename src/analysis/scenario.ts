/**
 * What moves many values at once is not of rank one, so the search over the vertices is made for fixed values
 * of it: the ends of the temperature range, and where each matched lot as a whole is off.
 */

import type { LinearCircuit } from '../circuit/circuit.ts';
import type { Range } from '../circuit/ranges.ts';
import type { Spread } from '../circuit/specification.ts';
import type { Match } from '../circuit/tolerance.ts';
import type { ScenarioCell } from './outer-bounds.ts';
import type { Scenario } from './variation-limits.ts';

export interface ScenarioList {
  readonly scenarios: readonly Scenario[];
  /** Whether the extremes of these scenarios are those of all that lie between. */
  readonly isComplete: boolean;
  /** Cells that cover all that lies between. */
  readonly cells: readonly ScenarioCell[];
}

/** With more lots than this only their common ends are looked at. */
const MANY_LOTS = 4;

export function scenarios(circuit: LinearCircuit): ScenarioList {
  const temperatures = temperaturesOf(circuit);
  const lots = lotsOf(circuit);
  const commons = commonDeviations(lots);
  return {
    scenarios: temperatures.values.flatMap((temperature) =>
      commons.map((common) => ({
        ...(temperature === undefined ? {} : { temperature }),
        common,
      })),
    ),
    isComplete: temperatures.isComplete && lots.length === 0,
    cells: temperatures.ranges.map((temperature) => ({
      ...(temperature === undefined ? {} : { temperature }),
      common: new Map(lots.map(({ label, common: { low, high } }) => [label, { low, high }])),
    })),
  };
}

function lotsOf({ tolerances }: LinearCircuit): Match[] {
  const lots = new Map<string, Match>();
  for (const { match } of tolerances) {
    if (match === undefined || match.common.low === match.common.high) continue;
    lots.set(match.label, match);
  }
  return [...lots.values()];
}

/** Both ends and the nominal value of each lot, in all combinations. */
function commonDeviations(lots: readonly Match[]): ReadonlyMap<string, number>[] {
  const places = ({ common: { low, high } }: Match) => [0, low, high];
  if (lots.length > MANY_LOTS) {
    return [0, 1, 2].map((i) => new Map(lots.map((lot) => [lot.label, places(lot)[i] ?? 0])));
  }
  let all: ReadonlyMap<string, number>[] = [new Map()];
  for (const lot of lots) {
    all = all.flatMap((one) => places(lot).map((t) => new Map([...one, [lot.label, t]])));
  }
  return all;
}

/**
 * The ends of the range. They hold the extremes when nothing depends on the temperature, when every
 * coefficient may be 0 (the box of an end then contains all those on the way to it), and when only offset
 * voltages drift, in which the output is affine. Otherwise the nominal temperature is looked at, too.
 */
function temperaturesOf(circuit: LinearCircuit): {
  readonly values: readonly (number | undefined)[];
  /** Where these are all that count, points. */
  readonly ranges: readonly (Range | undefined)[];
  readonly isComplete: boolean;
} {
  const { temperature } = circuit;
  if (temperature === null) return { values: [undefined], ranges: [undefined], isComplete: true };
  const points = (...values: number[]) => ({
    values,
    ranges: values.map((value) => ({ low: value, high: value })),
    isComplete: true,
  });
  const { nominal, low, high } = temperature;
  const elements = circuit.tolerances.map(({ coefficient }) => coefficient);
  const drifts = circuit.elements.flatMap((element) =>
    element.kind === 'opAmp' && element.specification.temperatureStep === undefined
      ? [element.specification]
      : [],
  );
  const all = [...elements, ...drifts.map(({ drift }) => drift)];
  if (low === high) return points(low);
  if (!all.some(varies)) return points(nominal);
  const inside = drifts.every(({ biasPoint: { temperature: t0 } }) => low <= t0 && t0 <= high);
  const nested = inside && low <= nominal && nominal <= high && all.every(mayBeZero);
  if (nested || !elements.some(varies)) return points(low, high);
  const ranges = [
    { low, high: nominal },
    { low: nominal, high },
  ];
  return { values: [low, nominal, high], ranges, isComplete: false };
}

function varies({ low, high }: Spread): boolean {
  return low !== 0 || high !== 0;
}

function mayBeZero({ low, high }: Spread): boolean {
  return low <= 0 && high >= 0;
}
