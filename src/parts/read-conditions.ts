/** `"at": {"temperature": 25, "supply": [2.7, 5.5], "commonMode": "Vs/2"}` -> Conditions. */

import type { Conditions, Interval, Position, PositionInterval } from './part.ts';
import { type At, field, type Shape } from './shape.ts';

const KEYS = new Set(['temperature', 'supply', 'commonMode', 'output', 'load']);
const POSITION = /^(V-|V\+|Vs\/([2-9]))?([+-]?\d*\.?\d+)?$/;
const ABSOLUTE_ZERO = -273.15;

/** What `at` of a table says; `at` of a row overrides it key by key. */
export function readConditions(
  at: At,
  { shape, inherited }: { readonly shape: Shape; readonly inherited?: Partial<Conditions> },
): Partial<Conditions> {
  if (at.value === undefined) return inherited ?? {};
  const fields = shape.object(at, KEYS);
  if (fields === undefined) return inherited ?? {};
  const found = <T>(key: string, read: (at: At) => T | undefined): T | undefined =>
    Object.hasOwn(fields, key) ? read(field(fields, key, at)) : undefined;
  const temperature = found('temperature', (place) =>
    interval(place, { shape, least: ABSOLUTE_ZERO }),
  );
  const supply = found('supply', (place) => interval(place, { shape, least: 0 }));
  const commonMode = found('commonMode', (place) => positions(place, shape));
  const output = found('output', (place) => positions(place, shape));
  const load = found('load', (place) => shape.text(place));
  return {
    ...inherited,
    ...(temperature === undefined ? {} : { temperature }),
    ...(supply === undefined ? {} : { supply }),
    ...(commonMode === undefined ? {} : { commonMode }),
    ...(output === undefined ? {} : { output }),
    ...(load === undefined ? {} : { load }),
  };
}

/** A number, or two in order; with `open` either may be null for no limit. */
export function interval(
  at: At,
  { shape, least, open = false }: { shape: Shape; least: number; open?: boolean },
): Interval | undefined {
  const single = !Array.isArray(at.value);
  const ends = single ? [at] : shape.list(at);
  if (ends === undefined) return undefined;
  const [first, last = single ? first : undefined, ...more] = ends;
  if (first === undefined || last === undefined || more.length > 0) {
    return shape.fault(at, 'an interval has two ends', 'Write [low, high], or one number.');
  }
  const end = (place: At, otherwise: number) =>
    open && place.value === null ? otherwise : shape.number(place);
  const low = end(first, Number.NEGATIVE_INFINITY);
  const high = single ? low : end(last, Number.POSITIVE_INFINITY);
  if (low === undefined || high === undefined) return undefined;
  if (low > high) return shape.fault(at, `the interval ends at ${high}, below its start ${low}`);
  if (high < least || (low < least && low !== Number.NEGATIVE_INFINITY)) {
    return shape.fault(at, `${low} is below the least possible value, ${least}`);
  }
  return { low, high };
}

function positions(at: At, shape: Shape): PositionInterval | undefined {
  const ends = Array.isArray(at.value) ? shape.list(at) : [at];
  if (ends === undefined) return undefined;
  const [low, high = low, ...more] = ends.map((place) => position(place, shape));
  if (ends.length === 0 || more.length > 0) {
    return shape.fault(at, 'a range of voltages has two ends', 'Write ["V-", "V+-1.5"], or one.');
  }
  return low === undefined || high === undefined ? undefined : { low, high };
}

/** `V-`, `V-+0.3`, `V+-1.5`, `Vs/2`, `Vs/2+1`: never a bare number, which would not say from where. */
function position(at: At, shape: Shape): Position | undefined {
  const text = shape.text(at);
  if (text === undefined) return undefined;
  const [, anchor, divisor, offset] = POSITION.exec(text.replaceAll(' ', '')) ?? [];
  if (anchor === undefined) {
    return shape.fault(
      at,
      `"${text}" is no voltage between the supplies`,
      'Write it from a supply or the middle: "V-+0.3", "V+-1.5", "Vs/2".',
    );
  }
  return { fraction: fractionOf(anchor, divisor), offset: Number(offset ?? 0), text };
}

function fractionOf(anchor: string, divisor: string | undefined): number {
  if (anchor === 'V-') return 0;
  return divisor === undefined ? 1 : 1 / Number(divisor);
}
