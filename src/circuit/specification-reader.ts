/**
 * `vos=+-2m aol>=100k` -> OpAmpSpecification: the meaning of every form of every key (design section 4).
 * A minimum leaves a spread around an ideal nominal value; dB carries no sign.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Quantity, Specification } from '../../grammar/directive/tree.ts';
import type { Span } from '../../grammar/source.ts';
import { pinLimitsFrom } from './pin-limits.ts';
import { known, type OpAmpSpecification, type Spread, ZERO } from './specification.ts';

/** What a specification's number may be written in. */
type Dimension = 'voltage' | 'current' | 'drift' | 'temperature';

const UNITS: Record<Dimension, readonly string[]> = {
  voltage: ['V'],
  current: ['A'],
  drift: ['V/K'],
  temperature: ['K'],
};

const SPREAD_KEYS = {
  vos: 'voltage',
  tcvos: 'drift',
  ib: 'current',
  ios: 'current',
  ibn: 'current',
  ibi: 'current',
} as const;
const POINT_KEYS = {
  vcm0: 'voltage',
  vout0: 'voltage',
  vdd0: 'voltage',
  vss0: 'voltage',
  t0: 'temperature',
  dt: 'temperature',
} as const;
const RATIO_KEYS = ['aol', 'cmrr', 'psrr', 'psrrp', 'psrrn'] as const;

/** True for a key that makes an error; the others say where the errors hold, and what the op amp can reach. */
export function statesError(key: string): boolean {
  return Object.hasOwn(SPREAD_KEYS, key) || RATIO_KEYS.some((each) => each === key);
}

type SpreadKey = keyof typeof SPREAD_KEYS;
type PointKey = keyof typeof POINT_KEYS;
type RatioKey = (typeof RATIO_KEYS)[number];

/** Below this a bare ratio is more likely a forgotten `dB`. */
const SUSPICIOUS_RATIO = 200;

/**
 * The specifications of several directive lines, later ones overriding key by key, made into one model.
 * What no line states is ideal. Faults go to `diagnostics`.
 */
export function specificationFrom(
  lines: readonly (readonly Specification[])[],
  diagnostics: Diagnostics,
): OpAmpSpecification {
  const byKey = new Map<string, Specification>();
  for (const line of lines) for (const item of line) byKey.set(item.key, item);

  const spread = (key: SpreadKey): Spread => {
    const item = byKey.get(key);
    return item === undefined ? ZERO : plainSpread(item, SPREAD_KEYS[key], diagnostics);
  };
  const point = (key: PointKey): number | undefined => {
    const item = byKey.get(key);
    return item === undefined ? undefined : plainSpread(item, POINT_KEYS[key], diagnostics).nominal;
  };
  const inverse = (key: RatioKey): Spread | undefined => {
    const item = byKey.get(key);
    return item === undefined ? undefined : inverseSpread(item, key, diagnostics);
  };

  refuseMixture(byKey, ['ib', 'ios'], ['ibn', 'ibi'], diagnostics);
  refuseMixture(byKey, ['psrr'], ['psrrp', 'psrrn'], diagnostics);

  const positiveSupply = point('vdd0');
  const negativeSupply = point('vss0');
  const temperatureStep = point('dt');
  return {
    offsetVoltage: spread('vos'),
    drift: spread('tcvos'),
    inverseGain: inverse('aol') ?? ZERO,
    inverseCmrr: inverse('cmrr') ?? ZERO,
    inversePsrr:
      byKey.has('psrrp') || byKey.has('psrrn')
        ? { kind: 'split', plus: inverse('psrrp') ?? ZERO, minus: inverse('psrrn') ?? ZERO }
        : { kind: 'lumped', both: inverse('psrr') ?? ZERO },
    bias:
      byKey.has('ibn') || byKey.has('ibi')
        ? { kind: 'pins', nonInverting: spread('ibn'), inverting: spread('ibi') }
        : { kind: 'average', average: spread('ib'), offset: spread('ios') },
    biasPoint: {
      commonMode: point('vcm0') ?? 0,
      output: point('vout0') ?? 0,
      ...(positiveSupply === undefined ? {} : { positiveSupply }),
      ...(negativeSupply === undefined ? {} : { negativeSupply }),
      temperature: point('t0') ?? 25,
    },
    pinLimits: pinLimitsFrom(byKey, diagnostics),
    overTemperature: [],
    ...(temperatureStep === undefined ? {} : { temperatureStep }),
    stated: [...byKey.keys()],
  };
}

/** Two ways to state one thing must not be mixed: the second one named is refused. */
function refuseMixture(
  byKey: ReadonlyMap<string, Specification>,
  oneWay: readonly string[],
  otherWay: readonly string[],
  diagnostics: Diagnostics,
): void {
  const one = oneWay.find((key) => byKey.has(key));
  const other = byKey.get(otherWay.find((key) => byKey.has(key)) ?? '');
  if (one === undefined || other === undefined) return;
  diagnostics.error(
    'conflicting_specifications',
    other.span,
    `"${other.key}" and "${one}" state the same thing in two ways.`,
    `Use either ${oneWay.join(', ')} or ${otherWay.join(', ')}.`,
  );
}

/** A voltage, current, drift or temperature with its spread. */
function plainSpread(item: Specification, dimension: Dimension, diagnostics: Diagnostics): Spread {
  const read = (quantity: Quantity): number => {
    if (quantity.unit !== undefined && !UNITS[dimension].includes(quantity.unit)) {
      diagnostics.error(
        'wrong_unit',
        quantity.span,
        `"${item.key}" is a ${dimension} and cannot be given in ${quantity.unit}.`,
        `Write it in ${UNITS[dimension].join(' or ')}, or without a unit.`,
      );
    }
    return quantity.value;
  };
  const { value } = item;
  switch (value.form) {
    case 'known':
      return known(read(value.value));
    case 'limit': {
      const limit = Math.abs(read(value.limit));
      return { nominal: 0, low: -limit, high: limit };
    }
    case 'centred': {
      const nominal = read(value.nominal);
      const half = Math.abs(read(value.halfWidth));
      return { nominal, low: nominal - half, high: nominal + half };
    }
    case 'range': {
      const low = read(value.low);
      const high = read(value.high);
      if (low > high) {
        diagnostics.error(
          'empty_range',
          item.span,
          `The range of "${item.key}" ends below its start.`,
        );
      }
      return { nominal: (low + high) / 2, low, high };
    }
    case 'minimum':
    case 'voltage':
    case 'voltages':
    case 'infinite':
      diagnostics.error(
        'wrong_form',
        item.span,
        `"${item.key}" needs a value or a limit${value.form === 'minimum' ? ', not a minimum' : ''}.`,
        `Write ${item.key}=+-limit or ${item.key}=value.`,
      );
      return ZERO;
  }
}

/** The inverse of a ratio (A_OL, CMRR, PSRR) with its spread [V/V]. */
function inverseSpread(item: Specification, key: RatioKey, diagnostics: Diagnostics): Spread {
  const { value } = item;
  switch (value.form) {
    case 'infinite':
      return ZERO;
    case 'known':
      return known(signedInverse(value.value, key, item.span, diagnostics));
    case 'minimum':
      return spreadOf(key, magnitudeInverse(value.minimum, item.span, diagnostics));
    case 'limit':
      // `psrr<=100uV/V` limits the inverse itself and is the same as `psrr>=10k`.
      if (value.limit.unit === 'V/V') return spreadOf(key, Math.abs(value.limit.value));
      break;
    case 'range':
    case 'centred':
    case 'voltage':
    case 'voltages':
      break;
  }
  diagnostics.error(
    'wrong_form',
    item.span,
    `"${key}" needs a minimum such as ${key}>=80dB or a known ratio such as ${key}=10k.`,
  );
  return ZERO;
}

/** A minimum magnitude leaves [0, 1/A] for a gain, which is positive, and [-1/x, 1/x] for a rejection. */
function spreadOf(key: RatioKey, limit: number): Spread {
  return { nominal: 0, low: key === 'aol' ? 0 : -limit, high: limit };
}

function magnitudeInverse(quantity: Quantity, span: Span, diagnostics: Diagnostics): number {
  if (quantity.unit === 'dB') return 10 ** (-quantity.value / 20);
  return 1 / checkedRatio(quantity, span, diagnostics);
}

function signedInverse(
  quantity: Quantity,
  key: RatioKey,
  span: Span,
  diagnostics: Diagnostics,
): number {
  if (quantity.unit === 'dB') {
    if (key === 'aol') return 10 ** (-quantity.value / 20);
    diagnostics.error(
      'unsigned_decibel',
      span,
      `"${key}=" with dB has no sign, and the sign decides in which direction the output moves.`,
      `Write ${key}>=${quantity.value}dB for a minimum, or the signed ratio, e.g. ${key}=-${Math.round(10 ** (quantity.value / 20))}.`,
    );
    return 0;
  }
  if (key === 'aol' && quantity.value <= 0) {
    diagnostics.error('negative_gain', span, `"aol" must be positive, not ${quantity.value}.`);
    return 0;
  }
  return 1 / checkedRatio(quantity, span, diagnostics);
}

/** A bare number or one in V/V is a ratio; a very small one is probably meant in dB. */
function checkedRatio(quantity: Quantity, span: Span, diagnostics: Diagnostics): number {
  if (quantity.unit !== undefined && quantity.unit !== 'V/V') {
    diagnostics.error(
      'wrong_unit',
      quantity.span,
      `A ratio cannot be given in ${quantity.unit}.`,
      'Write it in V/V, in dB, or without a unit.',
    );
  }
  if (quantity.value === 0) {
    diagnostics.error('zero_ratio', quantity.span, 'A gain or rejection ratio cannot be 0.');
    return Number.POSITIVE_INFINITY;
  }
  if (quantity.unit === undefined && Math.abs(quantity.value) < SUSPICIOUS_RATIO) {
    diagnostics.warning(
      'ratio_or_decibel',
      span,
      `A ratio of ${quantity.value} V/V is very small. Was ${quantity.value} dB meant?`,
      `Write ${quantity.value}dB for decibels or ${quantity.value}V/V for the ratio.`,
    );
  }
  return quantity.value;
}
