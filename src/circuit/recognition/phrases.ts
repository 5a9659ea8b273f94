/** An English description of a pin, as comments have it: `non-inverting input`, `-Vsupply`, `output, OUT`. */

import { pinNamed } from './pin-names.ts';
import { OTHER, type Pin } from './pins.ts';

/** Longer texts are sentences, not descriptions of a pin. */
const LONGEST = 60;

/**
 * The pin that a description means; undefined when it describes none. The order matters: a
 * `ref input` is no input, a `non-inverting input` is no inverting one, an `output ground` no output.
 */
const PHRASES: readonly (readonly [RegExp, Pin | undefined])[] = [
  [/\b(?:gnd|ground)\b/, { role: 'negativeSupply', ground: true }],
  [
    /\b(?:ref(?:erence)?|comp(?:ensation)?\w*|decomp\w*|null|trim|offset|gain|filter|sense|latch|hyst\w*|strobe|balance|cathode|anode|disable\w*|enable\w*|shut\w*|stand-?by|power-? ?down|bias|clamp|feedback|mute|flag|no connect\w*|not connected|n\/?c|test|buffer|bandwidth)\b/,
    OTHER,
  ],
  // The output stage of some parts has supplies of its own.
  [/\bout(?:put)?\b(?!.*\b(?:supply|power))|\bvout\b/, { role: 'output' }],
  [/\bnon[\s-]*inv/, { role: 'plus' }],
  [/\binv(?:ert\w*)?\b/, { role: 'minus' }],
];
const SUPPLY = /suppl|power|\brail\b|\bv(?:cc|dd|ee|ss|s)\b|\bbattery\b/;
const INPUT = /\binput\b|\bin\b/;
const PLUS = /\bpos(?:itive)?\b|\bplus\b|\bupper\b|\bhigh\b/;
const MINUS = /\bneg(?:ative)?\b|\bminus\b|\blower\b|\blow\b/;

export function pinDescribed(text: string): Pin | undefined {
  const phrase = text
    .toLowerCase()
    .replace(/[\u2212\u2013]/g, '-')
    .trim();
  if (phrase === '' || phrase.length > LONGEST) return undefined;
  const name = pinNamed(phrase);
  if (name !== undefined && !('either' in name)) return name;
  for (const [pattern, pin] of PHRASES) if (pattern.test(phrase)) return pin;
  const positive = PLUS.test(phrase) || /(?:^|[\s(,])\+|\+(?:$|[\s),])/.test(phrase);
  const negative = MINUS.test(phrase) || /(?:^|[\s(,])-(?=\S)|-(?:$|[\s),])/.test(phrase);
  if (INPUT.test(phrase)) return oneOf(positive, negative, ['plus', 'minus']);
  if (SUPPLY.test(phrase)) {
    if (positive !== negative)
      return oneOf(positive, negative, ['positiveSupply', 'negativeSupply']);
    const [high, low] = [/\bv(?:cc|dd)\b/.test(phrase), /\bv(?:ee|ss)\b/.test(phrase)];
    return oneOf(high, low, ['positiveSupply', 'negativeSupply']);
  }
  // `V+ (pin 7)`, `positive terminal, IN+`: one of the parts is a name.
  const parts = phrase.split(/[\s,;/()=]+/).map(pinNamed);
  const named = parts.filter((pin): pin is Pin => pin !== undefined && !('either' in pin));
  return new Set(named.map(({ role }) => role)).size === 1 ? named[0] : undefined;
}

function oneOf(
  first: boolean,
  second: boolean,
  [one, other]: readonly [Pin['role'], Pin['role']],
): Pin | undefined {
  if (first === second) return undefined;
  return { role: first ? one : other };
}
