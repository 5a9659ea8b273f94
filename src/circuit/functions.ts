/**
 * What the names in netlist expressions mean: functions and constants, where the dialects agree and
 * where they do not. Random functions return their nominal value.
 */

import type { Dialect } from '../../grammar/spice/dialect.ts';

export interface BuiltIn {
  readonly least: number;
  readonly most: number;
  readonly apply: (...x: number[]) => number;
  /** The first operand decides which of the others counts. */
  readonly choice?: true;
}

function one(f: (x: number) => number): BuiltIn {
  return { least: 1, most: 1, apply: (x = 0) => f(x) };
}

function two(f: (x: number, y: number) => number): BuiltIn {
  return { least: 2, most: 2, apply: (x = 0, y = 0) => f(x, y) };
}

function three(f: (x: number, y: number, z: number) => number): BuiltIn {
  return { least: 3, most: 3, apply: (x = 0, y = 0, z = 0) => f(x, y, z) };
}

function choice(): BuiltIn {
  return { ...three((test, yes, no) => (test !== 0 ? yes : no)), choice: true };
}

/** Any number of arguments, at least `least`. */
function many(least: number, f: (...x: number[]) => number): BuiltIn {
  return { least, most: Number.POSITIVE_INFINITY, apply: f };
}

/** By lower-case name; what every dialect understands alike. */
const COMMON: readonly (readonly [string, BuiltIn])[] = [
  ['abs', one(Math.abs)],
  ['acos', one(Math.acos)],
  ['acosh', one(Math.acosh)],
  ['arccos', one(Math.acos)],
  ['arcsin', one(Math.asin)],
  ['arctan', one(Math.atan)],
  ['asin', one(Math.asin)],
  ['asinh', one(Math.asinh)],
  ['atan', one(Math.atan)],
  ['atan2', two(Math.atan2)],
  ['atanh', one(Math.atanh)],
  ['buf', one((x) => (x > 0.5 ? 1 : 0))],
  ['cbrt', one(Math.cbrt)],
  ['ceil', one(Math.ceil)],
  ['cos', one(Math.cos)],
  ['cosh', one(Math.cosh)],
  ['exp', one(Math.exp)],
  ['floor', one(Math.floor)],
  ['hypot', two(Math.hypot)],
  ['if', choice()],
  ['int', one(Math.trunc)],
  ['inv', one((x) => (x > 0.5 ? 0 : 1))],
  ['ln', one(Math.log)],
  ['log10', one(Math.log10)],
  ['max', many(1, Math.max)],
  ['min', many(1, Math.min)],
  ['nint', one(nearestEven)],
  ['pwrs', two((x, y) => Math.sign(x) * Math.abs(x) ** y)],
  ['round', one((x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5))],
  ['sgn', one(Math.sign)],
  ['sin', one(Math.sin)],
  ['sinh', one(Math.sinh)],
  ['sqr', one((x) => x * x)],
  ['sqrt', one(Math.sqrt)],
  ['table', many(3, table)],
  ['tan', one(Math.tan)],
  ['tanh', one(Math.tanh)],
  ['ternary_fcn', choice()],
  ['u', one((x) => (x > 0 ? 1 : 0))],
  ['uramp', one((x) => Math.max(0, x))],
  // Tolerances: the nominal value is the first argument, or 0 for a deviation alone.
  ['agauss', many(2, (nominal = 0) => nominal)],
  ['aunif', two((nominal) => nominal)],
  ['flat', one(() => 0)],
  ['gauss', many(1, (...x) => (x.length === 1 ? 0 : (x[0] ?? 0)))],
  ['mc', two((nominal) => nominal)],
  ['unif', two((nominal) => nominal)],
];

/** The nearest integer, halves to the even one: nint(2.5) is 2, as ngspice rounds (measured on 45). */
function nearestEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}

/** `table(x, x1, y1, x2, y2, ...)`: straight lines between the points, level outside them. */
function table(x = 0, ...points: number[]): number {
  let [fromX = 0, fromY = 0] = points;
  if (x <= fromX) return fromY;
  for (let i = 2; i + 1 < points.length; i += 2) {
    const [toX = 0, toY = 0] = points.slice(i, i + 2);
    if (x <= toX) return fromY + ((toY - fromY) * (x - fromX)) / (toX - fromX);
    [fromX, fromY] = [toX, toY];
  }
  return fromY;
}

/** Physical constants [SI] and the numbers that dialects know by name. */
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
  ['boltz', 1.380649e-23],
  ['echarge', 1.602176634e-19],
  ['planck', 6.62607015e-34],
  ['kelvin', -273.15],
]);

/** What the expressions of one netlist mean. */
export interface Vocabulary {
  readonly functions: ReadonlyMap<string, BuiltIn>;
  readonly constants: ReadonlyMap<string, number>;
  /** x ** y */
  readonly power: (x: number, y: number) => number;
}

/** The words of a dialect; `temperature` is what `temp` and `temper` are [deg C]. */
export function vocabulary(dialect: Dialect, temperature: number): Vocabulary {
  const power = POWERS[dialect.negativeBase];
  const functions = new Map(COMMON);
  functions.set('log', one(dialect.log === 'ln' ? Math.log : Math.log10));
  functions.set('limit', LIMITS[dialect.limit]);
  // ngspice 45 measured: pow(-2,3) is -8, although (-2)**3 and pwr(-2,3) are 8.
  functions.set('pow', two(dialect.name === 'ngspice' ? POWERS.signed : power));
  functions.set(
    'pwr',
    two(dialect.name === 'hspice' ? (x, y) => Math.sign(x) * Math.abs(x) ** y : POWERS.magnitude),
  );
  functions.set(
    'stp',
    one(dialect.name === 'xyce' ? (x) => (x > 0 ? 1 : 0) : (x) => (x >= 0 ? 1 : 0)),
  );
  if (dialect.name === 'ngspice') {
    functions.set(
      'u',
      one((x) => (x === 0 ? 0.5 : x > 0 ? 1 : 0)),
    );
    // With three operands ngspice leaves out the one between, and more it refuses (45, measured).
    functions.set('max', two(Math.max));
    functions.set('min', two(Math.min));
  }
  const constants = new Map(CONSTANTS);
  if (dialect.name !== 'ltspice') constants.delete('e'); // elsewhere more likely a slip
  constants.set('temp', temperature);
  constants.set('temper', temperature);
  if (THERMAL_VOLTAGE.has(dialect.name)) constants.set('vt', BOLTZMANN * (temperature + 273.15));
  return { functions, constants, power };
}

/** Programs that know kT/q as VT [V], and the Boltzmann constant over the elementary charge [V/K]. */
const THERMAL_VOLTAGE: ReadonlySet<Dialect['name']> = new Set(['pspice', 'tina', 'xyce']);
const BOLTZMANN = 1.380649e-23 / 1.602176634e-19;

const POWERS: Readonly<Record<Dialect['negativeBase'], (x: number, y: number) => number>> = {
  magnitude: (x, y) => Math.abs(x) ** y,
  signed: (x, y) => x ** y,
  zero: (x, y) => (x < 0 && !Number.isInteger(y) ? 0 : x ** y),
};

const LIMITS: Readonly<Record<Dialect['limit'], BuiltIn>> = {
  clamp: three((x, low, high) => Math.min(Math.max(x, low), high)),
  median: three((x, y, z) => [x, y, z].sort((a, b) => a - b)[1] ?? x),
  // limit(nominal, variation) draws; a third argument belongs to another dialect and is refused.
  random: two((nominal) => nominal),
};
