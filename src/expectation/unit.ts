/**
 * What a value is measured in, as powers of volt, ampere and kelvin: [V^v A^a K^k]. A bare literal has no unit of
 * its own and takes the one that makes its neighbours fit, so a unit may hold unknowns, which `Units` solves.
 */

export interface Unit {
  readonly volt: number;
  readonly ampere: number;
  readonly kelvin: number;
  /** Unknown -> its power. */
  readonly unknowns: ReadonlyMap<number, number>;
}

function unit(volt: number, ampere: number, kelvin = 0): Unit {
  return { volt, ampere, kelvin, unknowns: new Map() };
}

export const NONE = unit(0, 0);
export const VOLT = unit(1, 0);
export const AMPERE = unit(0, 1);
export const OHM = unit(1, -1);
export const SIEMENS = unit(-1, 1);
const WATT = unit(1, 1);
const KELVIN = unit(0, 0, 1);
export const VOLT_PER_KELVIN = unit(1, 0, -1);

/** a^p b^q */
export function combined(
  a: Unit,
  b: Unit,
  { p = 1, q = 1 }: { p?: number; q?: number } = {},
): Unit {
  const unknowns = new Map([...a.unknowns].map(([key, power]) => [key, p * power]));
  for (const [key, power] of b.unknowns) {
    const sum = (unknowns.get(key) ?? 0) + q * power;
    if (sum === 0) unknowns.delete(key);
    else unknowns.set(key, sum);
  }
  return {
    volt: p * a.volt + q * b.volt,
    ampere: p * a.ampere + q * b.ampere,
    kelvin: p * a.kelvin + q * b.kelvin,
    unknowns,
  };
}

export function over(a: Unit, b: Unit): Unit {
  return combined(a, b, { q: -1 });
}

export function power(a: Unit, p: number): Unit {
  return combined(a, NONE, { p });
}

function isNone({ volt, ampere, kelvin, unknowns }: Unit): boolean {
  return volt === 0 && ampere === 0 && kelvin === 0 && unknowns.size === 0;
}

/** The unknowns of one formula and what has been found out about them. */
export class Units {
  #next = 0;
  readonly #known = new Map<number, Unit>();

  /** The unit of a bare literal. */
  unknown(): Unit {
    return { ...NONE, unknowns: new Map([[this.#next++, 1]]) };
  }

  /** With everything put in that is known. */
  resolved(given: Unit): Unit {
    const { unknowns, ...bare } = given;
    let result: Unit = { ...bare, unknowns: new Map() };
    for (const [key, exponent] of unknowns) {
      const known = this.#known.get(key);
      const part =
        known === undefined ? { ...NONE, unknowns: new Map([[key, 1]]) } : this.resolved(known);
      result = combined(result, part, { q: exponent });
    }
    return result;
  }

  /** Makes both the same unit; false when they cannot be. */
  unify(a: Unit, b: Unit): boolean {
    const difference = this.resolved(over(a, b));
    if (isNone(difference)) return true;
    const [first] = difference.unknowns;
    if (first === undefined) return false;
    const [key, exponent] = first;
    // unknown^exponent rest = 1
    const rest = combined(difference, { ...NONE, unknowns: new Map([[key, exponent]]) }, { q: -1 });
    this.#known.set(key, power(rest, -1 / exponent));
    return true;
  }
}

const NAMES: readonly (readonly [string, Unit])[] = [
  ['V', VOLT],
  ['A', AMPERE],
  ['Ω', OHM],
  ['S', SIEMENS],
  ['W', WATT],
  ['K', KELVIN],
  ['V/K', VOLT_PER_KELVIN],
  ['A/K', unit(0, 1, -1)],
];

/** The name of a unit without unknowns: `Ω`, `V²/A`; `no unit` for a ratio. */
export function unitName({ volt, ampere, kelvin }: Unit): string {
  if (volt === 0 && ampere === 0 && kelvin === 0) return 'no unit';
  const known = NAMES.find(
    ([, at]) => at.volt === volt && at.ampere === ampere && at.kelvin === kelvin,
  );
  return (
    known?.[0] ??
    product([
      [volt, 'V'],
      [ampere, 'A'],
      [kelvin, 'K'],
    ])
  );
}

function product(factors: readonly (readonly [power: number, symbol: string])[]): string {
  return factors
    .filter(([exponent]) => exponent !== 0)
    .map(([exponent, symbol]) => (exponent === 1 ? symbol : `${symbol}^${exponent}`))
    .join(' ');
}

/** The symbol behind a value of this unit in a report; nothing for ratios and for unusual units. */
export function unitSymbol({ volt, ampere, kelvin }: Unit): string {
  const known = NAMES.find(
    ([, at]) => at.volt === volt && at.ampere === ampere && at.kelvin === kelvin,
  );
  return known?.[0] ?? '';
}

/** Spellings behind a number, in lower case: the unit, and what the number is multiplied by. */
const SPELLINGS: ReadonlyMap<string, { readonly unit: Unit; readonly factor: number }> = new Map(
  (
    [
      [['v', 'volt', 'volts'], VOLT, 1],
      [['a', 'amp', 'amps'], AMPERE, 1],
      [['ohm', 'ohms', 'r', '\u03c9', '\u2126'], OHM, 1],
      [['s'], SIEMENS, 1],
      [['w'], WATT, 1],
      [['k', 'c', 'degc', '\u00b0c'], KELVIN, 1],
      [['v/v', 'a/a'], NONE, 1],
      [['v/a'], OHM, 1],
      [['a/v'], SIEMENS, 1],
      [['v/k', 'v/c', 'v/\u00b0c', 'v/degc'], VOLT_PER_KELVIN, 1],
      [['a/k', 'a/c', 'a/\u00b0c', 'a/degc'], unit(0, 1, -1), 1],
      [['%'], NONE, 1e-2],
      [['ppm'], NONE, 1e-6],
    ] as const
  ).flatMap(([names, at, factor]) => names.map((name) => [name, { unit: at, factor }] as const)),
);

/** What a spelling behind a number means; undefined if it is no unit of a DC circuit. */
export function spelledUnit(
  spelling: string,
): { readonly unit: Unit; readonly factor: number } | undefined {
  return SPELLINGS.get(spelling.toLowerCase());
}
