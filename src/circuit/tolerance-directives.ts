/** The quantities of `*@ tol R* 0.1% tc=+-25ppm age=0.05%` and `*@ match R1 R3 0.02%` as numbers. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Quantity, SpecificationValue } from '../../grammar/directive/tree.ts';
import type { Span } from '../../grammar/source.ts';
import { known, type Spread } from './specification.ts';
import { type Deviation, symmetric } from './tolerance.ts';

const PARTS: Readonly<Record<string, number>> = { '%': 1e-2, ppm: 1e-6 };
const PER_KELVIN: Readonly<Record<string, number>> = {
  'ppm/K': 1e-6,
  ppm: 1e-6,
  '%/K': 1e-2,
  '1/K': 1,
};

/** The part of the value that a tolerance is; undefined for what is none, which is then reported. */
export function toleranceOf(quantity: Quantity, diagnostics: Diagnostics): number | undefined {
  const part = partOf(quantity, diagnostics);
  if (part === undefined || (part >= 0 && part < 1)) return part;
  const { value, unit, span } = quantity;
  diagnostics.error(
    'bad_tolerance',
    span,
    `A tolerance is between 0 and less than 100 %, not ${value} ${unit}.`,
  );
  return undefined;
}

function partOf({ value, unit, span }: Quantity, diagnostics: Diagnostics): number | undefined {
  const factor = PARTS[unit ?? ''];
  if (factor === undefined) {
    const found = unit === undefined ? 'has no unit' : `cannot be given in ${unit}`;
    diagnostics.error('wrong_unit', span, `A tolerance ${found}.`, 'Write it in % or ppm: 0.1%.');
    return undefined;
  }
  return value * factor;
}

/**
 * What the years add: `0.05%` to either side, or `0..0.2%`, in which the new part is contained; undefined for what
 * is none, which is then reported.
 */
export function ageingOf(
  value: SpecificationValue,
  diagnostics: Diagnostics,
): Deviation | undefined {
  switch (value.form) {
    case 'known':
    case 'limit': {
      const part = toleranceOf(value.form === 'known' ? value.value : value.limit, diagnostics);
      return part === undefined ? undefined : symmetric(part);
    }
    case 'range': {
      const part = (end: Quantity) => (end.value === 0 ? 0 : partOf(end, diagnostics));
      const [low, high] = [part(value.low), part(value.high)];
      if (low === undefined || high === undefined) return undefined;
      if (low > -1 && high < 1) return { low: Math.min(0, low), high: Math.max(0, high) };
      const message = 'Ageing changes a value by less than 100 %.';
      diagnostics.error('bad_tolerance', value.low.span, message);
      return undefined;
    }
    default: {
      const span = spanOf(value);
      const message = 'Ageing is a part of the value to either side, or a range.';
      diagnostics.error('wrong_form', span, message, 'Write age=0.05% or age=0..0.2%.');
      return undefined;
    }
  }
}

type UnfitValue = Exclude<SpecificationValue, { form: 'known' | 'limit' | 'range' }>;

function spanOf(value: UnfitValue): Span {
  switch (value.form) {
    case 'centred':
      return value.nominal.span;
    case 'minimum':
      return value.minimum.span;
    case 'voltage':
      return value.voltage.offset.span;
    case 'voltages':
      return value.low.offset.span;
    case 'infinite':
      return value.span;
  }
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
      const span = spanOf(value);
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
