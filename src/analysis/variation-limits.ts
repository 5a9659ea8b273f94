/** Where each variation may be: between which ends in a scenario, and how far that is from its nominal value. */

import type { LinearCircuit, LinearElement } from '../circuit/circuit.ts';
import type { Deviation } from '../circuit/tolerance.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import { type CornerVariation, sourceValue } from './variation.ts';

/** What all variations share: the temperature, and how far each lot as a whole is off. */
export interface Scenario {
  /** T_A [deg C]; absent when the netlist says nothing about it. */
  readonly temperature?: number;
  /** t by the label of the group. */
  readonly common: ReadonlyMap<string, number>;
  /** The sources with a range, each at an end of it [V or A]; the others have their values of the netlist. */
  readonly sources?: ReadonlyMap<LinearElement, number>;
}

/** The ends of a variation: the factor of an element's value, the specification of an op amp, the value of a source. */
export function limits(
  variation: CornerVariation,
  { scenario, circuit }: { readonly scenario: Scenario; readonly circuit: LinearCircuit },
): Deviation {
  const { temperature, sources } = scenario;
  if (variation.kind === 'source') {
    const value = sources?.get(variation.source) ?? sourceValue(variation.source);
    return { low: value, high: value };
  }
  if (variation.kind === 'opAmp') {
    const { cause, spread, opAmp } = variation;
    if (cause !== 'drift') return spread;
    const { temperatureStep, biasPoint } = opAmp.specification;
    const step = temperatureStep ?? (temperature ?? biasPoint.temperature) - biasPoint.temperature;
    return hull([spread.low * step, spread.high * step]);
  }
  const { deviation, coefficient, ageing, match } = variation.tolerance;
  const common = 1 + (match === undefined ? 0 : (scenario.common.get(match.label) ?? 0));
  const rise = (temperature ?? 0) - (circuit.temperature?.nominal ?? temperature ?? 0);
  return hull(
    [deviation.low, deviation.high].flatMap((u) =>
      [coefficient.low, coefficient.high].flatMap((tc) =>
        [ageing.low, ageing.high].map((s) => common * (1 + u) * (1 + tc * rise) * (1 + s)),
      ),
    ),
  );
}

/** d at a value between the limits. */
export function stepOf(
  variation: CornerVariation,
  value: number,
  {
    biasPoint,
    sources,
  }: { readonly biasPoint?: BiasPoint | undefined } & Pick<Scenario, 'sources'> = {},
): number {
  if (variation.kind === 'source') return value - sourceValue(variation.source);
  if (variation.kind === 'element') {
    const moved = sources?.get(variation.element);
    return moved === undefined ? variation.step(value) : moved * (value - 1);
  }
  const { cause, spread } = variation;
  if (cause !== 'drift') return value - spread.nominal;
  return value - spread.nominal * (biasPoint?.temperatureStep ?? 0);
}

function hull(values: readonly number[]): Deviation {
  return { low: Math.min(...values), high: Math.max(...values) };
}
