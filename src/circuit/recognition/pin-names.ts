/**
 * Pin names (`IN+`, `Vcc`, `2OUT`) and English descriptions (`inverting input`, `+ supply`) -> pins.
 * `VP` and `VN` are inputs in some files and supplies in others: what the other pins are decides.
 */

import { OTHER, type Pin } from './pins.ts';

/** A pin name as read alone; `positive` and `negative` are decided by `settle`. */
export type NamedPin = Pin | { readonly either: 'positive' | 'negative' };

const NAMES: readonly (readonly [Pin['role'], RegExp])[] = [
  [
    'plus',
    /^(?:\+|[+]v?in(?:put)?|v?in(?:put)?\+|v?in(?:put)?p(?:os|lus)?|v?inpos|(?:pos|plus)in(?:put)?|vip|vi\+|n(?:on)?-?in(?:v(?:ert(?:ing)?)?)?(?:in(?:put)?)?|vn(?:on)?inv|positiveinput)$/,
  ],
  [
    'minus',
    /^(?:-|-v?in(?:put)?|v?in(?:put)?-|v?in(?:put)?[nm]|v?in(?:put)?(?:neg|minus)|(?:neg|minus)in(?:put)?|vi[nm]|vi-|inv(?:ert(?:ing)?)?(?:in(?:put)?)?|vinv|negativeinput)$/,
  ],
  ['output', /^(?:v?out(?:put)?[+\-pnm]?|o|vo|vo[+-]|vop|vom|von|outb)$/],
  [
    'positiveSupply',
    /^(?:v\+|\+v|v[cds]{1,2}[ds]?\+|\+v[cds]{1,2}[ds]?|vee\+|vcc|vdd|a?vdda?|a?vcca?|v(?:cc|dd)p|v?ps\+|pwr\+|vps\+?|vpos|vplus|vs?pos|vsp|vsup(?:ply)?\+|\+v?sup(?:ply)?|sup(?:ply)?\+|pos(?:itive)?(?:power)?supply|vboost|\+vee)$/,
  ],
  [
    'negativeSupply',
    /^(?:v-|-v|v[cdse]{1,2}[dse]?-|-v[cdse]{1,2}[dse]?|vee|vss|a?vssa?|a?veea?|v(?:cc|dd)[nm]|v?ps-|pwr-|vns|vneg|vminus|vs?neg|vs[nm]|vsup(?:ply)?-|-v?sup(?:ply)?|sup(?:ply)?-|neg(?:ative)?(?:power)?supply)$/,
  ],
];
const GROUND = /^(?:gnd|ground|agnd|vgnd|gndpin)$/;
const POSITIVE = /^(?:vp|p|pos|plus)$/;
const NEGATIVE = /^(?:vn|vm|n|m|neg|minus)$/;

/** Names that are certainly no input, output or supply: they may stand beside those of an op amp. */
const SPARE =
  /^(?:n\/?c|nc\d*|sh(?:ut)?d(?:ow)?n|sd|en(?:able)?|dis(?:able)?a?|pd|stb|standby|comp\d*|cmp\d*|ext(?:ernal)?comp|null\d*|os\d?|offset\d*|trim\d*|bal(?:ance)?\d*|ref|fb|strobe|mute|gain\d*|rg\d*|latch|hyst|iset|bias|clamp|vocm|test)$/;

/** The pin that a name says, undefined when it says none. Case, `_` and pin numbers (`V+_6`) do not count. */
export function pinNamed(text: string): NamedPin | undefined {
  const name = plainName(text);
  return (
    alone(name) ?? withChannel(name) ?? alone(name.replace(/\d+$/, '')) // VCC1, GND2
  );
}

function plainName(text: string): string {
  return text
    .slice(0, 40)
    .toLowerCase()
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/^[("'[<]+|[)"'\].:;,>]+$/g, '')
    .replace(/_\d+$/, '')
    .replace(/[\s_]/g, '');
}

function alone(name: string): NamedPin | undefined {
  for (const [role, pattern] of NAMES) if (pattern.test(name)) return { role };
  if (GROUND.test(name)) return { role: 'negativeSupply', ground: true };
  if (SPARE.test(name)) return OTHER;
  if (POSITIVE.test(name)) return { either: 'positive' };
  if (NEGATIVE.test(name)) return { either: 'negative' };
  return undefined;
}

/** Where the channel stands in a name: `1OUT`, `A_IN+`; `IN1+`, `INA-`; `OUT1`, `-INA`. */
const CHANNELS: readonly RegExp[] = [
  /^(?<channel>[1-4a-d])(?<rest>[+-]?v?(?:in|out).*)$/,
  /^(?<rest>[+-]?v?(?:in|out|o)(?:put)?)(?<channel>[1-4a-d])(?<sign>[+\-pnm])$/,
  /^(?<rest>[+-]?v?(?:in|out|o)(?:put)?[+\-pnm]?)(?<channel>[1-4a-d])$/,
];

function withChannel(name: string): Pin | undefined {
  for (const pattern of CHANNELS) {
    const { channel, rest, sign = '' } = pattern.exec(name)?.groups ?? {};
    const pin = rest === undefined ? undefined : alone(rest + sign);
    if (channel === undefined || pin === undefined || 'either' in pin) continue;
    if (pin.role === 'plus' || pin.role === 'minus' || pin.role === 'output')
      return { ...pin, channel };
  }
  return undefined;
}

/**
 * Decides `VP`/`VN`: inputs where both supplies are named otherwise, supplies where the inputs are;
 * undefined (unknown) where neither or both hold.
 */
export function settle(pins: readonly (NamedPin | undefined)[]): readonly (Pin | undefined)[] {
  const has = (role: Pin['role']) =>
    pins.some((pin) => pin !== undefined && !('either' in pin) && pin.role === role);
  const inputs = has('plus') && has('minus');
  const supplies = has('positiveSupply') && has('negativeSupply');
  return pins.map((pin) => {
    if (pin === undefined || !('either' in pin)) return pin;
    if (inputs === supplies) return undefined;
    if (pin.either === 'positive') return { role: inputs ? 'positiveSupply' : 'plus' };
    return { role: inputs ? 'negativeSupply' : 'minus' };
  });
}
