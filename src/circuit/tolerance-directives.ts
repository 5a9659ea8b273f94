/** The quantities of `*@ tol R* 0.1% tc=+-25ppm` and `*@ match R1 R3 0.02%` as numbers. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Quantity, SpecificationValue } from '../../grammar/directive/tree.ts';
import { known, type Spread } from './specification.ts';

const PARTS: Readonly<Record<string, number>> = { '%': 1e-2, ppm: 1e-6 };
const PER_KELVIN: Readonly<Record<string, number>> = {
  'ppm/K': 1e-6,
  ppm: 1e-6,
  '%/K': 1e-2,
  '1/K': 1,
};

/** The part of the value that a tolerance is; undefined for what is none, which is then reported. */
export function toleranceOf(
  { value, unit, span }: Quantity,
  diagnostics: Diagnostics,
): number | undefined {
  const factor = PARTS[unit ?? ''];
  if (factor === undefined) {
    const found = unit === undefined ? 'has no unit' : `cannot be given in ${unit}`;
    diagnostics.error('wrong_unit', span, `A tolerance ${found}.`, 'Write it in % or ppm: 0.1%.');
    return undefined;
  }
  const part = value * factor;
  if (part >= 0 && part < 1) return part;
  diagnostics.error(
    'bad_tolerance',
    span,
    `A tolerance is between 0 and less than 100 %, not ${value} ${unit}.`,
  );
  return undefined;
}

/** A temperature coefficient [1/K]; undefined for what is none, which is then reported. */
export function coefficientOf(
  value: SpecificationValue,
  diagnostics: Diagnostics,
): Spread | undefined {
  const read = ({ value: number, unit, span }: Quantity): number | undefined => {
    const factor = PER_KELVIN[unit ?? ''];
    if (factor !== undefined) return number * factor;
    const found = unit === undefined ? 'has no unit' : `cannot be given in ${unit}`;
    const hint = 'Write it in ppm per kelvin: tc=+-25ppm.';
    diagnostics.error('wrong_unit', span, `A temperature coefficient ${found}.`, hint);
    return undefined;
  };
  switch (value.form) {
    case 'known': {
      const coefficient = read(value.value);
      return coefficient === undefined ? undefined : known(coefficient);
    }
    case 'limit':
      return around(0, read(value.limit));
    case 'centred':
      return around(read(value.nominal), read(value.halfWidth));
    case 'range': {
      const [low, high] = [read(value.low), read(value.high)];
      if (low === undefined || high === undefined) return undefined;
      return { nominal: (low + high) / 2, low, high };
    }
    default: {
      const span = value.form === 'minimum' ? value.minimum.span : value.span;
      const message = 'A temperature coefficient needs a value or a limit, not a minimum.';
      diagnostics.error('wrong_form', span, message, 'Write tc=+-25ppm.');
      return undefined;
    }
  }
}

function around(nominal: number | undefined, half: number | undefined): Spread | undefined {
  if (nominal === undefined || half === undefined) return undefined;
  return { nominal, low: nominal - Math.abs(half), high: nominal + Math.abs(half) };
}
