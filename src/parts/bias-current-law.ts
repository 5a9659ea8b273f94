/**
 * How input currents change with temperature (theory 3.3): junction leakage doubles every
 * 10 K, base currents fall as the current gain rises. Laws extend guaranteed limits; between two limits the
 * logarithm of the current is interpolated, whatever the input.
 */

import type { InputStage } from './part.ts';

/** log2 of the ratio of the current at `temperature` to that at 25 deg C. */
export interface CurrentLaw {
  readonly name: string;
  readonly exponent: (temperature: number) => number;
  readonly grows: 'with temperature' | 'with cold';
}

const REFERENCE = 25;

/** I(T) = I(T0) 2^((T - T0)/10): leakage of MOS input protection and of junction gates. */
const LEAKAGE: CurrentLaw = {
  name: 'leakage doubles every 10 K',
  exponent: (temperature) => (temperature - REFERENCE) / 10,
  grows: 'with temperature',
};

/** 2 at -40, 1 at 25, 1/2 at 125 deg C, log-linear between: base current without cancellation. */
const BASE_CURRENT: CurrentLaw = {
  name: 'base current falls by half from -40 to 25 °C and again to 125 °C',
  exponent: (temperature) => (REFERENCE - temperature) / (temperature < REFERENCE ? 65 : 100),
  grows: 'with cold',
};

/** Null where the current is a difference that follows no law. */
export function currentLaw(input: InputStage | null): CurrentLaw | null {
  switch (input) {
    case 'cmos':
    case 'jfet':
      return LEAKAGE;
    case 'bipolar':
      return BASE_CURRENT;
    case 'bias-cancelled':
    case 'zero-drift':
    case null:
      return null;
  }
}

/** I(to) for a current of 1 at `from`. */
export function currentRatio(
  { exponent }: CurrentLaw,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  return 2 ** (exponent(to) - exponent(from));
}
