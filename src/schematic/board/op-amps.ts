/** Which pins of a part are those of an op amp: by their names and electrical types, never by a SPICE model. */

import { unitLetter } from '../kicad/net-names.ts';
import type { Component, Net, Pin } from './board.ts';

export interface OpAmpUnit {
  /** `U1`, or `U1A` where the part has several. */
  readonly name: string;
  readonly plus: Net;
  readonly minus: Net;
  readonly output: Net;
  readonly supplies?: { readonly positive: Net; readonly negative: Net };
}

type Role = 'plus' | 'minus' | 'output' | 'positive' | 'negative';

const ROLES: readonly (readonly [Role, RegExp])[] = [
  [
    'plus',
    /^(?:\+|\+in|in\+|\+input|vin\+|in_?p|inp|non[-_ ]?inv(?:erting)?(?:[-_ ]?input)?|vp\+)$/,
  ],
  ['minus', /^(?:-|-in|in-|-input|vin-|in_?[nm]|inn|inv(?:erting)?(?:[-_ ]?input)?|vp-)$/],
  ['output', /^(?:v?out(?:put)?|o|vo)$/],
  ['positive', /^(?:v\+|\+v|vcc\+?|vdd\+?|\+vcc|\+vdd|\+vs|vs\+|v_?s_?\+|v\+\+|avdd|avcc|\+vsup)$/],
  ['negative', /^(?:v-|-v|vee|vss|vcc-|vdd-|-vcc|-vdd|-vs|vs-|v_?s_?-|v--|gnd|agnd|avss|-vsup)$/],
];

/** Pins of parts that have a gain of their own, or compare. */
const NO_OP_AMP = /^[-+_]?(?:v?ref|rg|fb|gain|sense|latch|le$|q$|hyst|strobe|vocm|osc|adj)/i;

/** Libraries of parts that look like op amps and are none. */
const OTHER_LIBRARY =
  /^(?:Comparator|Amplifier_(?:Instrumentation|Difference|Current|Video|Audio)|Analog_Switch)/;

/** The op amps in a part; none if it is something else. */
export function opAmpsOf(component: Component): readonly OpAmpUnit[] {
  const { pins, symbol, reference } = component;
  if (OTHER_LIBRARY.test(symbol) || pins.some(({ name }) => NO_OP_AMP.test(plain(name)))) return [];
  const roles = pins.map((pin) => ({ pin, ...roleOf(pin) }));
  const signals = roles.filter(({ role }) => role && /^(?:plus|minus|output)$/.test(role));
  const groups = new Map<string, typeof signals>();
  for (const [index, signal] of channelled(signals).entries()) {
    const { pin, channel } = signal;
    const unit = pin.unit ?? 0;
    const key =
      unit > 0 && channel === '' ? `unit ${unit}` : `channel ${channel || Math.floor(index / 3)}`;
    groups.set(key, [...(groups.get(key) ?? []), signal]);
  }
  const supply = (wanted: Role): Net | undefined =>
    roles.find(({ role, pin }) => role === wanted && pin.type !== 'no_connect')?.pin.net;
  const [positive, negative] = [supply('positive'), supply('negative')];
  const isLettered = component.isLettered ?? groups.size > 1;
  const found: OpAmpUnit[] = [];
  for (const group of groups.values()) {
    const net = (wanted: Role): Net | undefined => {
      const those = group.filter(({ role }) => role === wanted);
      return those.length === 1 ? those[0]?.pin.net : undefined;
    };
    const [plus, minus, output] = [net('plus'), net('minus'), net('output')];
    if (plus === undefined || minus === undefined || output === undefined) return [];
    const unit = group[0]?.pin.unit || found.length + 1;
    found.push({
      name: reference.text + (isLettered ? unitLetter(unit) : ''),
      plus,
      minus,
      output,
      ...(positive && negative ? { supplies: { positive, negative } } : {}),
    });
  }
  return found;
}

/** Where the file does not say the units, pins of a unit have neighbouring numbers, as in every DIP. */
function channelled<T extends { readonly pin: Pin }>(signals: readonly T[]): readonly T[] {
  if (signals.some(({ pin }) => (pin.unit ?? 0) > 0)) return signals;
  return [...signals].sort((a, b) =>
    a.pin.number.localeCompare(b.pin.number, 'en', { numeric: true }),
  );
}

function roleOf({ name, type }: Pick<Pin, 'name' | 'type'>): { role?: Role; channel: string } {
  const text = plain(name);
  if ((text === '' || text === '~') && type === 'output') return { role: 'output', channel: '' };
  for (const [role, pattern] of ROLES) if (pattern.test(text)) return { role, channel: '' };
  // `1OUT`, `OUTA`, `IN1+`, `-INB`, `A+`
  const [, before, stem] = /^([a-d1-4])[-_ ]?([-+]|[-+]?(?:v?in|out).*)$/.exec(text) ?? [];
  const [, head, between, sign = ''] =
    /^([-+]?v?(?:in|out(?:put)?))[-_ ]?([a-d1-4])([-+pn]?)$/.exec(text) ?? [];
  const [rest, channel] = [stem ?? (head && head + sign), before ?? between];
  const role = ROLES.find(([, pattern]) => rest !== undefined && pattern.test(rest))?.[0];
  return role === undefined ? { channel: '' } : { role, channel: channel ?? '' };
}

/** In lower case, without blanks; every sign that means minus is one. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[\s~{}]/g, '');
}
