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

const LONGEST = 40;

/** A number alone; undefined for a text that is none. */
export function spiceNumber(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) return undefined;
  // A farad is no femto: `1F` has a unit and no multiplier.
  const infix = INFIX.exec(trimmed);
  if (infix !== null) {
    const [, whole = '', letter = '', fraction = ''] = infix;
    // `R1206` is a case, `R047` a value.
    if (whole === '' && fraction.length > 3) return undefined;
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
  const words = text.trim().split(/[\s/;_]+|,\s+/);
  const [first = '', second = ''] = words;
  const [name = ''] = text.trim().split(/\s/);
  const number =
    spiceNumber(`${first} ${second}`) ?? spiceNumber(first) ?? within(name.split('_').slice(1));
  if (number === undefined) return undefined;
  const tolerance = words.map(percentage).find((found) => found !== undefined);
  return { number, ...(tolerance === undefined ? {} : { tolerance }) };
}

/** `R1206_10K_1%_0.25W` says its value behind the name of its case: the only word that is a number and no rating. */
function within(words: readonly string[]): string | undefined {
  const found = words.flatMap((word) => (/[VWA%]$/i.test(word) ? [] : (spiceNumber(word) ?? [])));
  return found.length === 1 ? found[0] : undefined;
}

/** `1%`, `\u00b10.1 %`, `+-50ppm`, `0,5%` -> `1%`, `0.1%`, `50ppm`, `0.5%`; undefined for anything else. */
export function percentage(text: string): string | undefined {
  const found = /^(?:\u00b1|\+\/-|\+-)? ?(\d+(?:[.,]\d+)?) ?(%|ppm)$/i.exec(text.trim());
  if (found === null) return undefined;
  const [, digits = '', unit = ''] = found;
  return `${digits.replace(',', '.')}${unit.toLowerCase()}`;
}
