/** `"vos": {"typ": "0.7mV", "max": "2mV"}` -> Row. */

import { figure } from './figure.ts';
import type { Conditions, Figure, QuantityName, Row } from './part.ts';
import { readConditions } from './read-conditions.ts';
import { type At, field, type Shape } from './shape.ts';

const KEYS = new Set(['min', 'typ', 'max', 'at', 'from', 'note']);
const BOUNDS = ['min', 'typ', 'max'] as const;

export function readRow(
  at: At,
  {
    quantity,
    shape,
    inherited,
  }: {
    readonly quantity: QuantityName;
    readonly shape: Shape;
    readonly inherited: Partial<Conditions>;
  },
): Row | undefined {
  const fields = shape.object(at, KEYS);
  if (fields === undefined) return undefined;
  const figures: { min?: Figure; typ?: Figure; max?: Figure } = {};
  for (const bound of BOUNDS) {
    const place = field(fields, bound, at);
    if (place.value === undefined) continue;
    const read = readFigure(place, { shape, name: quantity, bound });
    if (read !== undefined) figures[bound] = read;
  }
  const conditions = readConditions(field(fields, 'at', at), { shape, inherited });
  const { temperature } = conditions;
  if (temperature === undefined) {
    return shape.fault(
      at,
      'the temperature at which this holds is not stated',
      'Write "at": {"temperature": 25}, or [-40, 125] for a range, in the table or here.',
    );
  }
  if (BOUNDS.every((bound) => !Object.hasOwn(fields, bound))) {
    return shape.fault(at, 'there is no figure here', 'State min, typ or max.');
  }
  checkOrder(at, { shape, quantity, figures });
  const texts = Object.fromEntries(
    ['from', 'note'].flatMap((key) => {
      const place = field(fields, key, at);
      const text = place.value === undefined ? undefined : shape.text(place);
      return text === undefined ? [] : [[key, text]];
    }),
  );
  return { quantity, ...figures, conditions: { ...conditions, temperature }, ...texts };
}

function readFigure(
  at: At,
  { shape, ...wanted }: { shape: Shape; name: QuantityName; bound: 'min' | 'typ' | 'max' },
): Figure | undefined {
  const { value } = at;
  if (typeof value !== 'string' && typeof value !== 'number') {
    return shape.fault(
      at,
      'a figure is a text with a unit, such as "2mV", or a number in SI units',
    );
  }
  const read = figure(value, wanted);
  return 'message' in read ? shape.fault(at, read.message, read.hint) : read;
}

/** Two-sided quantities: a maximum alone is a magnitude, with a minimum both are signed. */
const TWO_SIDED: ReadonlySet<QuantityName> = new Set(['vos', 'tcvos', 'ib', 'ios']);

function checkOrder(
  at: At,
  {
    shape,
    quantity,
    figures: { min, max },
  }: { shape: Shape; quantity: QuantityName; figures: { min?: Figure; max?: Figure } },
): void {
  if (!TWO_SIDED.has(quantity)) return;
  if (min === undefined) {
    if (max !== undefined && max.value < 0) {
      shape.fault(at, `a maximum alone is a magnitude and cannot be ${max.text}`);
    }
  } else if (max === undefined) {
    shape.fault(
      at,
      `the limits of "${quantity}" have a minimum and no maximum`,
      'Write "max" alone for +-max, or both with their signs.',
    );
  } else if (min.value > max.value) {
    shape.fault(at, `the minimum ${min.text} is above the maximum ${max.text}`);
  }
}
