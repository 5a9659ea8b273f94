/**
 * The elementary operations of formulas: value, derivative, and what stands in for them where they have
 * none, so that Newton never meets an infinite number:
 *
 * - outside the interval on which an operation has a (moderate) value, the tangent at its end goes on;
 * - slopes are one-sided at kinks, and no steeper than the operation says;
 * - a divisor and the base of a negative power stay SMALLEST away from 0.
 *
 * A solution at such a place is none; `fault` says why.
 */

/** What keeps a quotient finite: ngspice adds as much to a divisor (1/0 is 1e32 there). */
export const SMALLEST = 1e-32;

/** ln 1e99: ngspice holds exp(x) at 1e99 (measured); here its tangent goes on. */
export const LARGEST_EXPONENT = 99 * Math.LN10;

/** The steepest slope that acos, asin and acosh have at a double next to their end, 1/sqrt(2 ulp), rounded up. */
const STEEPEST_AT_ONE = 1e8;

/** Of sqrt(x) at 2.5e-41, and of powers between 0 and 1 at 0. */
const STEEPEST = 1e20;

/** ln x has its tangent below; ln 1e-40 is -92. */
const SMALLEST_LOGARITHMAND = 1e-40;

export interface UnaryLaw {
  /** Exact; NaN or infinite where there is no value. */
  value(x: number): number;
  slope(x: number): number;
  /** The interval in which value and slope are used; the tangents at its ends go on outside. */
  readonly low?: number;
  readonly high?: number;
  readonly steepest?: number;
  /** What an argument outside the interval is, in words. */
  readonly fault?: string;
}

export interface BinaryLaw {
  /** Exact; NaN or infinite where there is no value. */
  value(x: number, y: number): number;
  /** A finite stand-in for the value; absent: the value. */
  continued?(x: number, y: number): number;
  /** d/dx and d/dy. */
  slopes(x: number, y: number): readonly [number, number];
  /** Why there is no value at (x, y); null where there is one. */
  fault?(x: number, y: number): string | null;
}

const flat = (value: (x: number) => number): UnaryLaw => ({ value, slope: () => 0 });

/** The nearest integer, halves to the even one: nint(2.5) is 2, as ngspice rounds (measured on 45). */
function nearestEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}

const UNARY = {
  negate: { value: (x) => -x, slope: () => -1 },
  not: flat((x) => (x === 0 ? 1 : 0)),
  abs: { value: Math.abs, slope: (x) => (x < 0 ? -1 : 1) },
  acos: {
    value: Math.acos,
    slope: (x) => -1 / Math.sqrt((1 - x) * (1 + x)),
    low: -1,
    high: 1,
    steepest: STEEPEST_AT_ONE,
    fault: 'acos of a number outside -1 .. 1',
  },
  acosh: {
    value: Math.acosh,
    slope: (x) => 1 / Math.sqrt((x - 1) * (x + 1)),
    low: 1,
    steepest: STEEPEST_AT_ONE,
    fault: 'acosh of a number below 1',
  },
  asin: {
    value: Math.asin,
    slope: (x) => 1 / Math.sqrt((1 - x) * (1 + x)),
    low: -1,
    high: 1,
    steepest: STEEPEST_AT_ONE,
    fault: 'asin of a number outside -1 .. 1',
  },
  asinh: { value: Math.asinh, slope: (x) => 1 / Math.hypot(1, x) },
  atan: { value: Math.atan, slope: (x) => 1 / (1 + x * x) },
  atanh: {
    value: Math.atanh,
    slope: (x) => 1 / ((1 - x) * (1 + x)),
    low: -1 + Number.EPSILON,
    high: 1 - Number.EPSILON,
    fault: 'atanh of a number not between -1 and 1',
  },
  cbrt: { value: Math.cbrt, slope: (x) => 1 / (3 * Math.cbrt(x) ** 2), steepest: STEEPEST },
  ceil: flat(Math.ceil),
  cos: { value: Math.cos, slope: (x) => -Math.sin(x) },
  cosh: {
    value: Math.cosh,
    slope: Math.sinh,
    low: -LARGEST_EXPONENT,
    high: LARGEST_EXPONENT,
    fault: 'cosh of a number beyond 228',
  },
  exp: {
    value: Math.exp,
    slope: Math.exp,
    high: LARGEST_EXPONENT,
    fault: 'exp of a number above 228',
  },
  floor: flat(Math.floor),
  ln: {
    value: Math.log,
    slope: (x) => 1 / x,
    low: SMALLEST_LOGARITHMAND,
    fault: 'a logarithm of a number that is not positive',
  },
  log10: {
    value: Math.log10,
    slope: (x) => 1 / (x * Math.LN10),
    low: SMALLEST_LOGARITHMAND,
    fault: 'a logarithm of a number that is not positive',
  },
  nearestEven: flat(nearestEven),
  round: flat((x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5)),
  sgn: flat(Math.sign),
  sin: { value: Math.sin, slope: Math.cos },
  sinh: {
    value: Math.sinh,
    slope: Math.cosh,
    low: -LARGEST_EXPONENT,
    high: LARGEST_EXPONENT,
    fault: 'sinh of a number beyond 228',
  },
  sqrt: {
    value: Math.sqrt,
    slope: (x) => 0.5 / Math.sqrt(x),
    low: 0,
    steepest: STEEPEST,
    fault: 'the square root of a negative number',
  },
  tan: { value: Math.tan, slope: (x) => 1 / Math.cos(x) ** 2 },
  tanh: { value: Math.tanh, slope: (x) => 1 / Math.cosh(x) ** 2 },
  truncate: flat(Math.trunc),
} as const satisfies Readonly<Record<string, UnaryLaw>>;

const step = (holds: (x: number, y: number) => boolean): BinaryLaw => ({
  value: (x, y) => (holds(x, y) ? 1 : 0),
  slopes: () => [0, 0],
});

/** y, kept SMALLEST away from 0. */
function divisor(y: number): number {
  if (Math.abs(y) >= SMALLEST) return y;
  return y < 0 ? -SMALLEST : SMALLEST;
}

const byZero = (_: number, y: number): string | null =>
  Math.abs(y) < SMALLEST ? 'a division by zero' : null;

function steep(slope: number): number {
  if (Number.isNaN(slope)) return 0;
  return Math.min(Math.max(slope, -STEEPEST), STEEPEST);
}

/** |x|^y and its derivatives by |x| and y; |x| is kept from 0 where the power has a pole there. */
function magnitudePower(x: number, y: number): readonly [number, number, number] {
  const magnitude = y < 0 ? Math.max(Math.abs(x), SMALLEST) : Math.abs(x);
  const value = magnitude ** y;
  const byBase = y === 0 ? 0 : y * magnitude ** (y - 1);
  // Between 0 and 1 the slope has a pole at 0 although the value has none.
  const slope = y > 0 && y < 1 ? steep(byBase) : byBase;
  return [value, slope, magnitude === 0 ? 0 : value * Math.log(magnitude)];
}

const poleAtZero = (x: number, y: number): string | null =>
  y < 0 && Math.abs(x) < SMALLEST ? 'a negative power of zero' : null;

/** x^y of the reals; of a negative x and a fractional y it has no value, and -|x|^y stands in. */
const realPower: BinaryLaw = {
  value: (x, y) => x ** y,
  continued: (x, y) => (x >= 0 ? 1 : realSign(y)) * magnitudePower(x, y)[0],
  slopes: (x, y) => {
    const [, byBase, byExponent] = magnitudePower(x, y);
    if (x >= 0) return [byBase, byExponent];
    return [-realSign(y) * byBase, Number.isInteger(y) ? 0 : -byExponent];
  },
  fault: (x, y) =>
    x < 0 && !Number.isInteger(y) ? 'a fractional power of a negative number' : poleAtZero(x, y),
};

/** The sign of a negative number to the power of y. */
function realSign(y: number): number {
  return y % 2 === 0 ? 1 : -1;
}

const BINARY = {
  add: { value: (x, y) => x + y, slopes: () => [1, 1] },
  subtract: { value: (x, y) => x - y, slopes: () => [1, -1] },
  multiply: { value: (x, y) => x * y, slopes: (x, y) => [y, x] },
  divide: {
    value: (x, y) => x / y,
    continued: (x, y) => x / divisor(y),
    // Without a value it stands still, or Newton's method is led 1e64 away.
    slopes: (x, y) => (y === 0 ? [0, 0] : [1 / divisor(y), -x / divisor(y) / divisor(y)]),
    fault: byZero,
  },
  remainder: {
    value: (x, y) => x % y,
    continued: (x, y) => x % divisor(y),
    slopes: (x, y) => [1, -Math.trunc(x / divisor(y))],
    fault: byZero,
  },
  integerDivide: {
    value: (x, y) => Math.floor(Math.abs(x / y)), // ngspice 45, measured: (-7) \\ 2 is 3
    continued: (x, y) => Math.floor(Math.abs(x / divisor(y))),
    slopes: () => [0, 0],
    fault: byZero,
  },
  less: step((x, y) => x < y),
  lessOrEqual: step((x, y) => x <= y),
  greater: step((x, y) => x > y),
  greaterOrEqual: step((x, y) => x >= y),
  equal: step((x, y) => x === y),
  notEqual: step((x, y) => x !== y),
  and: step((x, y) => x !== 0 && y !== 0),
  or: step((x, y) => x !== 0 || y !== 0),
  xor: step((x, y) => (x !== 0) !== (y !== 0)),
  min: { value: Math.min, slopes: (x, y) => (x <= y ? [1, 0] : [0, 1]) },
  max: { value: Math.max, slopes: (x, y) => (x >= y ? [1, 0] : [0, 1]) },
  atan2: {
    value: Math.atan2,
    slopes: (y, x) => {
      const square = x * x + y * y;
      return square === 0 ? [0, 0] : [x / square, -y / square];
    },
  },
  hypot: {
    value: Math.hypot,
    slopes: (x, y) => {
      const length = Math.hypot(x, y);
      return length === 0 ? [1, 0] : [x / length, y / length];
    },
  },
  /** |x|^y */
  magnitudePower: {
    value: (x, y) => Math.abs(x) ** y,
    continued: (x, y) => magnitudePower(x, y)[0],
    slopes: (x, y) => {
      const [, byBase, byExponent] = magnitudePower(x, y);
      return [x < 0 ? -byBase : byBase, byExponent];
    },
    fault: poleAtZero,
  },
  /** |x|^y with the sign of x, 0 taken as positive. */
  signedPower: {
    value: (x, y) => (x < 0 ? -1 : 1) * Math.abs(x) ** y,
    continued: (x, y) => (x < 0 ? -1 : 1) * magnitudePower(x, y)[0],
    slopes: (x, y) => {
      const [, byBase, byExponent] = magnitudePower(x, y);
      return [byBase, x < 0 ? -byExponent : byExponent];
    },
    fault: poleAtZero,
  },
  realPower,
  /** The real power, and 0 where it has no real value. */
  realPowerOrZero: {
    value: (x, y) => (x < 0 && !Number.isInteger(y) ? 0 : x ** y),
    continued: (x, y) => (x < 0 && !Number.isInteger(y) ? 0 : (realPower.continued?.(x, y) ?? 0)),
    slopes: (x, y) => (x < 0 && !Number.isInteger(y) ? [0, 0] : realPower.slopes(x, y)),
    fault: poleAtZero,
  },
} as const satisfies Readonly<Record<string, BinaryLaw>>;

export type Unary = keyof typeof UNARY;
export type Binary = keyof typeof BINARY;

export function unaryLaw(operation: Unary): UnaryLaw {
  return UNARY[operation];
}

export function binaryLaw(operation: Binary): BinaryLaw {
  return BINARY[operation];
}

/** What an operation is worth and how steep it is where it has a value, and its tangent elsewhere. */
export function continued(law: UnaryLaw, x: number): readonly [value: number, slope: number] {
  const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = law;
  const steepest = law.steepest ?? Number.POSITIVE_INFINITY;
  const at = Math.min(Math.max(x, low), high);
  const slope = Math.min(Math.max(law.slope(at), -steepest), steepest);
  return [x === at ? law.value(x) : law.value(at) + slope * (x - at), slope];
}
