/**
 * An equality that is true for the values of the circuit only: which element breaks it soonest, and under which
 * condition on the values it stays true, as `R4/R3 = R2/R1`, `R1 = R3 and R2 = R4`, or `R5 = 2 kΩ`.
 */

import { formatEngineering } from '../../grammar/number.ts';
import { agrees, type Equality, type Setting, sidesIn, type Trials } from './identity.ts';
import { uniform } from './trial.ts';
import type { Variable } from './variables.ts';

export interface Coincidence {
  /** Where it stays true; null when no simple condition was found. */
  readonly condition: string | null;
  /** The variable to whose changes the sides answer most differently. */
  readonly element: string;
  /** What it was changed by: 0.01 is one percent up. */
  readonly change: number;
  /** The two sides after that change. */
  readonly actual: number;
  readonly expected: number;
}

/** A small change, and one that a reader can picture. */
const SMALL = 1e-4;
const PERCENT = 0.01;
/** Trials of a condition. */
const ROUNDS = 6;
const SEED = 0x51ed270b;

/** undefined when no single change breaks it. */
export function coincidence(equality: Equality, trials: Trials): Coincidence | undefined {
  const setting = trials.setting(equality);
  const breakers = breakersOf(equality, setting);
  const worst = breakers.reduce<Breaker | undefined>(
    (found, at) => (Math.abs(at.slope) > Math.abs(found?.slope ?? 0) ? at : found),
    undefined,
  );
  if (worst === undefined) return undefined;
  const changed = setting.at(new Map([[worst.variable.name, 1 + PERCENT]]));
  const sides = sidesIn(changed, equality);
  if (sides === undefined) return undefined;
  return {
    condition: conditionOf(equality, { setting, breakers }),
    element: worst.variable.name,
    change: PERCENT,
    ...sides,
  };
}

interface Breaker {
  readonly variable: Variable;
  /** d (left - right)/(the larger of both) per relative change. */
  readonly slope: number;
}

function breakersOf(equality: Equality, setting: Setting): Breaker[] {
  return setting.variables.flatMap((variable) => {
    const sides = sidesIn(setting.at(new Map([[variable.name, 1 + SMALL]])), equality);
    if (sides === undefined) return [];
    const size = Math.max(Math.abs(sides.actual), Math.abs(sides.expected));
    const slope = size === 0 ? 0 : (sides.actual - sides.expected) / size / SMALL;
    return Math.abs(slope) > NOTHING ? [{ variable, slope }] : [];
  });
}

/** What the rounding of a difference leaves of a slope that is zero. */
const NOTHING = 1e-6;

function conditionOf(
  equality: Equality,
  { setting, breakers }: { readonly setting: Setting; readonly breakers: readonly Breaker[] },
): string | null {
  const candidates = [monomial(breakers), ...ties(breakers)];
  for (const candidate of candidates) {
    if (candidate === undefined || !keeps(candidate, { equality, setting })) continue;
    return textOf(candidate, equality);
  }
  return null;
}

/** Products of powers of the variables that keep their value. */
type Condition = readonly (readonly Power[])[];

interface Power {
  readonly variable: Variable;
  readonly exponent: number;
}

/** One product: the slopes are in the ratio of its exponents. */
function monomial(breakers: readonly Breaker[]): Condition | undefined {
  const least = Math.min(...breakers.map(({ slope }) => Math.abs(slope)));
  const powers = breakers.map(({ variable, slope }) => ({
    variable,
    exponent: Math.round(slope / least),
  }));
  const fits = breakers.every(
    ({ slope }, i) => Math.abs(slope / least - (powers[i]?.exponent ?? 0)) < 0.02,
  );
  const small = powers.every(({ exponent }) => Math.abs(exponent) <= 4);
  return fits && small && powers.length <= 8 ? [powers] : undefined;
}

/** Equal values that stay equal: all groups of them, then fewer. */
function ties(breakers: readonly Breaker[]): Condition[] {
  const groups: Variable[][] = [];
  for (const { variable } of breakers) {
    const group = groups.find(
      ([first]) =>
        first?.nominal === variable.nominal && first.element.kind === variable.element.kind,
    );
    if (group === undefined) groups.push([variable]);
    else group.push(variable);
  }
  const all = groups.flatMap(([first, ...others]): Power[][] =>
    first === undefined
      ? []
      : others.map((other) => [
          { variable: first, exponent: 1 },
          { variable: other, exponent: -1 },
        ]),
  );
  if (all.length === 0 || all.length > 6) return [];
  const fewer = all.length === 1 ? [] : all.map((one) => [one]);
  return [...fewer, all];
}

/** Whether the equality holds at random values that obey the condition; the others are free. */
function keeps(
  condition: Condition,
  { equality, setting }: { readonly equality: Equality; readonly setting: Setting },
): boolean {
  const random = uniform(SEED);
  let judged = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const span = setting.isNear ? 0.05 : 1;
    const factors = new Map(
      setting.variables.map(({ name }) => [name, 10 ** (span * (2 * random() - 1))]),
    );
    for (const powers of condition) {
      const last = powers.findLast(({ exponent }) => Math.abs(exponent) === 1) ?? powers.at(-1);
      if (last === undefined) return false;
      let product = 1;
      for (const { variable, exponent } of powers) {
        if (variable !== last.variable) product *= (factors.get(variable.name) ?? 1) ** exponent;
      }
      factors.set(last.variable.name, product ** (-1 / last.exponent));
    }
    const found = agrees(setting.at(factors), equality);
    if (found === false) return false;
    if (found === true) judged++;
  }
  return judged > 0;
}

function textOf(condition: Condition, equality: Equality): string {
  const named = equality.right.symbols.flatMap((symbol) =>
    symbol.kind === 'name' ? [(equality.prefix + symbol.name).toLowerCase()] : [],
  );
  return condition.map((powers) => productText(powers, named)).join(' and ');
}

/** `R4/R3 = R2/R1` with the names of the formula on the right; `R1 = R3`; `R2/R1 = 10`; `R5 = 2 kΩ`. */
function productText(powers: readonly Power[], named: readonly string[]): string {
  const place = ({ variable }: Power) => named.indexOf(variable.name.toLowerCase());
  const [only, second] = powers;
  if (only !== undefined && second === undefined) {
    const { name, nominal } = only.variable;
    return `${name} = ${formatEngineering(nominal, { unit: symbolOf(only.variable) })}`;
  }
  // What the formula names first stands above the fraction on the right.
  const [first] = powers.filter((power) => place(power) >= 0).sort((x, y) => place(x) - place(y));
  const turned = (first?.exponent ?? -1) > 0 ? powers.map(inverse) : powers;
  const up = turned.filter(({ exponent }) => exponent > 0);
  const down = turned.filter(({ exponent }) => exponent < 0);
  const value = powers.reduce(
    (product, { variable, exponent }) => product * variable.nominal ** exponent,
    1,
  );
  if (Math.abs(value - 1) > 1e-9) {
    const [above, below] = turned === powers ? [up, down] : [down, up];
    return `${product(above)}${below.length === 0 ? '' : `/${grouped(below)}`} = ${formatEngineering(value)}`;
  }
  const byPlace = (x: Power, y: Power) => place(x) - place(y);
  const [a, b] = [...up].sort(byPlace);
  const [c, d] = [...down].sort(byPlace);
  if (up.length === 2 && down.length === 2 && powers.every(isSingle) && a && b && c && d) {
    return `${a.variable.name}/${c.variable.name} = ${d.variable.name}/${b.variable.name}`;
  }
  return `${product(up)} = ${product(down)}`;
}

function inverse({ variable, exponent }: Power): Power {
  return { variable, exponent: -exponent };
}

function isSingle({ exponent }: Power): boolean {
  return Math.abs(exponent) === 1;
}

function product(powers: readonly Power[]): string {
  if (powers.length === 0) return '1';
  return powers
    .map(({ variable, exponent }) =>
      Math.abs(exponent) === 1 ? variable.name : `${variable.name}^${Math.abs(exponent)}`,
    )
    .join('*');
}

function grouped(powers: readonly Power[]): string {
  return powers.length > 1 ? `(${product(powers)})` : product(powers);
}

function symbolOf(variable: Variable | undefined): string {
  switch (variable?.element.kind) {
    case 'resistor':
      return 'Ω';
    case 'voltageSource':
      return 'V';
    case 'currentSource':
      return 'A';
    default:
      return '';
  }
}
