/** Values as people write them on schematics -> numbers as SPICE reads them. */

/** What the letter of a multiplier means, and how SPICE writes it. `m` is 1e-3 and `M` is 1e6. */
const MULTIPLIERS: Readonly<Record<string, string>> = {
  f: 'f',
  p: 'p',
  P: 'p',
  n: 'n',
  N: 'n',
  u: 'u',
  U: 'u',
  '\u00b5': 'u',
  '\u03bc': 'u',
  m: 'm',
  k: 'k',
  K: 'k',
  M: 'Meg',
  g: 'G',
  G: 'G',
  t: 'T',
  T: 'T',
};

const PREFIX = '(?:[mM][eE][gG]|[fpPnNuU\u00b5\u03bcmkKMgGtT])';
const UNIT = '(?:[FfHhVvA]|[Oo][Hh][Mm][Ss]?|[\u03a9\u2126RrE](?![0-9]))';
/** `4.7k`, `4,7 kOhm`, `100nF`; a power of ten. */
const PLAIN = new RegExp(
  `^([-+]?(?:\\d+[.,]?\\d*|[.,]\\d+)(?:[eE][-+]?\\d+)?) ?(${PREFIX})?${UNIT}?$`,
);
/** `4k7`, `0R1`, `R47`, `2M2`, `4u7F`, `5V1`. */
const INFIX = new RegExp(`^([-+]?\\d*)(${PREFIX}|[RrVvFH\u03a9\u2126])(\\d+)${UNIT}?$`);

/** A number alone; undefined for a text that is none. */
export function spiceNumber(text: string): string | undefined {
  const trimmed = text.trim();
  // A farad is no femto: `1F` has a unit and no multiplier.
  const infix = INFIX.exec(trimmed);
  if (infix !== null) {
    const [, whole = '', letter = '', fraction = ''] = infix;
    const sign = /^[-+]?$/.test(whole) ? `${whole}0` : whole;
    return `${sign}.${fraction}${multiplier(letter)}`;
  }
  const plain = PLAIN.exec(trimmed);
  if (plain === null) return undefined;
  const [, digits = '', letter = ''] = plain;
  return `${digits.replace(',', '.').replace(/\.$/, '')}${multiplier(letter)}`;
}

function multiplier(letter: string): string {
  return /^meg$/i.test(letter) ? 'Meg' : (MULTIPLIERS[letter] ?? '');
}

export interface StatedValue {
  readonly number: string;
  /** `1%`, where one is stated beside the value. */
  readonly tolerance?: string;
}

/** A value and what is written beside it: `10k 1%`, `4.7 kOhm`, `100n/50V X7R`. */
export function statedValue(text: string): StatedValue | undefined {
  const words = text.trim().split(/[\s/;]+/);
  const number = spiceNumber(words.slice(0, 2).join(' ')) ?? spiceNumber(words[0] ?? '');
  if (number === undefined) return undefined;
  const tolerance = words.map(percentage).find((found) => found !== undefined);
  return { number, ...(tolerance === undefined ? {} : { tolerance }) };
}

/** `1%`, `\u00b10.1 %`, `+-50ppm`, `0,5%` -> `1%`, `0.1%`, `50ppm`, `0.5%`; undefined for anything else. */
export function percentage(text: string): string | undefined {
  const found = /^(?:\u00b1|\+\/-|\+-)? ?(\d+(?:[.,]\d+)?) ?(%|ppm)$/i.exec(text.trim());
  if (found === null) return undefined;
  const [, digits = '', unit = ''] = found;
  return `${digits.replace(',', '.')}${unit.toLowerCase()}`;
}

/** `4.7k` of SPICE as a number to compute with. */
export function isZero(number: string): boolean {
  return Number.parseFloat(number) === 0;
}
