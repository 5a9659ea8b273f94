/**
 * What the names in netlist expressions mean: functions and constants, where the dialects agree and
 * where they do not. Random functions return their nominal value.
 */

import type { Dialect } from '../../grammar/spice/dialect.ts';
import type { Binary, Unary } from '../devices/elementary.ts';
import {
  binary,
  conditional,
  constant,
  type Formula,
  joined,
  type Point,
  table,
  unary,
} from '../devices/formula.ts';

export interface BuiltIn {
  readonly least: number;
  readonly most: number;
  /** Of constants a constant. */
  readonly of: (...operands: Formula[]) => Formula;
}

/** The points of a table that is none, with the reason. */
export class TableFault extends Error {}

/** How the points of a table are written. */
export const TABLE_HINT = 'Write x1, y1, x2, y2, ... with x1 <= x2 <= ...';

const ZERO = constant(0);
const ONE = constant(1);
const HALF = constant(0.5);

function one(of: (x: Formula) => Formula): BuiltIn {
  return { least: 1, most: 1, of: (x = ZERO) => of(x) };
}

function two(of: (x: Formula, y: Formula) => Formula): BuiltIn {
  return { least: 2, most: 2, of: (x = ZERO, y = ZERO) => of(x, y) };
}

function three(of: (x: Formula, y: Formula, z: Formula) => Formula): BuiltIn {
  return { least: 3, most: 3, of: (x = ZERO, y = ZERO, z = ZERO) => of(x, y, z) };
}

/** Any number of arguments, at least `least`. */
function many(least: number, of: (...operands: Formula[]) => Formula): BuiltIn {
  return { least, most: Number.POSITIVE_INFINITY, of };
}

const plain = (operation: Unary): BuiltIn => one((x) => unary(operation, x));
const pair = (operation: Binary): BuiltIn => two((x, y) => binary(operation, [x, y]));
const nominal = (x: Formula = ZERO): Formula => x;
const stepAt = (operation: 'greater' | 'greaterOrEqual', at: Formula): BuiltIn =>
  one((x) => binary(operation, [x, at]));
const choice = three((test, yes, no) => conditional(test, [yes, no]));

/** By lower-case name; what every dialect understands alike. */
const COMMON: readonly (readonly [string, BuiltIn])[] = [
  ['abs', plain('abs')],
  ['acos', plain('acos')],
  ['acosh', plain('acosh')],
  ['arccos', plain('acos')],
  ['arcsin', plain('asin')],
  ['arctan', plain('atan')],
  ['asin', plain('asin')],
  ['asinh', plain('asinh')],
  ['atan', plain('atan')],
  ['atan2', pair('atan2')],
  ['atanh', plain('atanh')],
  ['buf', stepAt('greater', HALF)],
  ['cbrt', plain('cbrt')],
  ['ceil', plain('ceil')],
  ['cos', plain('cos')],
  ['cosh', plain('cosh')],
  ['exp', plain('exp')],
  ['floor', plain('floor')],
  ['hypot', pair('hypot')],
  ['if', choice],
  ['int', plain('truncate')],
  ['inv', one((x) => unary('not', binary('greater', [x, HALF])))],
  ['ln', plain('ln')],
  ['log10', plain('log10')],
  ['max', many(1, (...operands) => joined('max', operands))],
  ['min', many(1, (...operands) => joined('min', operands))],
  ['nint', plain('nearestEven')],
  // |x|^y with the sign of x, and 0 at 0 whatever y is.
  ['pwrs', two((x, y) => binary('multiply', [unary('sgn', x), binary('magnitudePower', [x, y])]))],
  ['round', plain('round')],
  ['sgn', plain('sgn')],
  ['sin', plain('sin')],
  ['sinh', plain('sinh')],
  ['sqr', one((x) => binary('multiply', [x, x]))],
  ['sqrt', plain('sqrt')],
  ['table', many(3, (x = ZERO, ...points) => tableOf(x, { points, outside: 'level' }))],
  ['tan', plain('tan')],
  ['tanh', plain('tanh')],
  ['ternary_fcn', choice],
  ['u', stepAt('greater', ZERO)],
  ['uramp', one((x) => binary('max', [ZERO, x]))],
  // Tolerances: the nominal value is the first argument, or 0 for a deviation alone.
  ['agauss', many(2, nominal)],
  ['aunif', two(nominal)],
  ['flat', one(() => ZERO)],
  ['gauss', many(1, (...x) => (x.length === 1 ? ZERO : nominal(...x)))],
  ['mc', two(nominal)],
  ['unif', two(nominal)],
];

/** `x1, y1, x2, y2, ...` as points. @throws {TableFault} */
function tableOf(
  x: Formula,
  { points, outside }: { points: readonly Formula[]; outside: 'level' | 'extended' },
): Formula {
  if (points.length % 2 !== 0) throw new TableFault('The last x of the table has no y.');
  const values = points.map((point) => (point.kind === 'constant' ? point.value : undefined));
  const list: Point[] = [];
  for (let i = 0; i < values.length; i += 2) {
    const [at, value] = [values[i], values[i + 1]];
    if (at === undefined || value === undefined) {
      throw new TableFault('The points of a table must be constants.');
    }
    list.push([at, value]);
  }
  return table(x, { points: ascending(list), outside });
}

/** The points themselves, known to ascend. @throws {TableFault} */
export function ascending(points: readonly Point[]): readonly Point[] {
  const sorted = (list: readonly Point[]) =>
    list.every(([x], i) => i === 0 || x >= (list[i - 1]?.[0] ?? x));
  const bad = points.find((point) => !point.every(Number.isFinite));
  if (bad !== undefined) throw new TableFault('A point of the table is not finite.');
  if (sorted(points)) return points;
  throw new TableFault('The x of the table do not ascend.');
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

/** What names and powers mean in an expression. */
export interface Words {
  readonly functions: ReadonlyMap<string, BuiltIn>;
  readonly constants: ReadonlyMap<string, number>;
  /** x ** y */
  readonly power: Binary;
}

/** What the expressions of one netlist mean: those of parameters, and those of the solution. */
export interface Vocabulary extends Words {
  readonly dialect: Dialect;
  /** What `temp` is [deg C]. */
  readonly temperature: number;
  readonly behavioural: Words;
}

/** The words of a dialect; `temperature` is what `temp` and `temper` are [deg C]. */
export function vocabulary(dialect: Dialect, temperature: number): Vocabulary {
  const power = POWERS[dialect.negativeBase];
  const functions = new Map(COMMON);
  functions.set('log', plain(dialect.log === 'ln' ? 'ln' : 'log10'));
  functions.set('limit', LIMITS[dialect.limit]);
  // ngspice 45 measured: pow(-2,3) is -8, although (-2)**3 and pwr(-2,3) are 8.
  functions.set('pow', pair(dialect.name === 'ngspice' ? POWERS.signed : power));
  functions.set(
    'pwr',
    dialect.name === 'hspice'
      ? two((x, y) => binary('multiply', [unary('sgn', x), binary('magnitudePower', [x, y])]))
      : pair('magnitudePower'),
  );
  if (dialect.name === 'hspice') {
    // HSPICE: of a negative x the value of |x| with the sign of x.
    for (const name of ['sqrt', 'ln', 'log', 'log10']) {
      const positive = functions.get(name);
      if (positive !== undefined)
        functions.set(
          name,
          one((x) => odd(positive, x)),
        );
    }
  }
  functions.set('stp', stepAt(dialect.name === 'xyce' ? 'greater' : 'greaterOrEqual', ZERO));
  if (dialect.name === 'ngspice') {
    functions.set('u', HALF_AT_ZERO);
    // With three operands ngspice leaves out the one between, and more it refuses (45, measured).
    functions.set('max', pair('max'));
    functions.set('min', pair('min'));
  }
  const constants = new Map(CONSTANTS);
  if (dialect.name !== 'ltspice') constants.delete('e'); // elsewhere more likely a slip
  constants.set('temp', temperature);
  constants.set('temper', temperature);
  if (THERMAL_VOLTAGE.has(dialect.name)) constants.set('vt', BOLTZMANN * (temperature + 273.15));
  const words = { functions, constants, power };
  return { ...words, dialect, temperature, behavioural: behavioural(words, dialect) };
}

/** What holds in a statement of another file than that of `words`, if it says so. */
export function vocabularyIn(dialect: Dialect | undefined, words: Vocabulary): Vocabulary {
  if (dialect === undefined || dialect === words.dialect) return words;
  return vocabulary(dialect, words.temperature);
}

/** Programs that know kT/q as VT [V], and the Boltzmann constant over the elementary charge [V/K]. */
const THERMAL_VOLTAGE: ReadonlySet<Dialect['name']> = new Set(['pspice', 'tina', 'xyce']);
const BOLTZMANN = 1.380649e-23 / 1.602176634e-19;

/** The unit step of ngspice: 0.5 at 0. */
const HALF_AT_ZERO = one((x) => binary('multiply', [HALF, binary('add', [ONE, unary('sgn', x)])]));
/** f(x), and -f(-x) of a negative x. */
function odd({ of }: BuiltIn, x: Formula): Formula {
  const negative = unary('negate', of(unary('negate', x)));
  return conditional(binary('less', [x, ZERO]), [negative, of(x)]);
}

/** What sources that read the solution understand, at the operating point. */
function behavioural(words: Words, { name }: Dialect): Words {
  const functions = new Map(words.functions);
  const constants = new Map(words.constants);
  for (const variable of ['time', 'freq', 'hertz']) constants.set(variable, 0);
  functions.set(
    'ddt',
    one(() => ZERO),
  );
  functions.set('delay', many(2, nominal));
  functions.set('absdelay', many(2, nominal));
  if (name === 'ngspice') {
    constants.set('e', Math.E);
    for (const [word, builtIn] of NGSPICE_SOURCES) functions.set(word, builtIn);
  }
  return { functions, constants, power: words.power };
}

/** What ngspice's B sources compute otherwise than its parameters (measured on 45). */
const NGSPICE_SOURCES: readonly (readonly [string, BuiltIn])[] = [
  ['pow', pair('magnitudePower')],
  ['pwr', pair('signedPower')],
  ['u2', one((x) => binary('min', [ONE, binary('max', [ZERO, x])]))],
  ['pwl', many(5, (x = ZERO, ...points) => tableOf(x, { points, outside: 'extended' }))],
];

const POWERS = {
  magnitude: 'magnitudePower',
  signed: 'realPower',
  zero: 'realPowerOrZero',
} as const satisfies Readonly<Record<Dialect['negativeBase'], Binary>>;

const LIMITS: Readonly<Record<Dialect['limit'], BuiltIn>> = {
  clamp: three((x, low, high) => binary('min', [binary('max', [x, low]), high])),
  // The middle one of three. Of the equal forms the one that, in the middle, has the slope of x at both ends.
  median: three((x, y, z) =>
    binary('min', [binary('max', [x, binary('min', [y, z])]), binary('max', [y, z])]),
  ),
  // limit(nominal, variation) draws; with three arguments it is that of PSpice.
  random: {
    least: 2,
    most: 3,
    of: (...x) => (x.length === 3 ? LIMITS.median.of(...x) : nominal(...x)),
  },
};
