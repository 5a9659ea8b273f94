/** The functions a netlist expression may call, as ngspice's `.param` defines them. */

export interface BuiltIn {
  readonly least: number;
  readonly most: number;
  readonly apply: (...x: number[]) => number;
}

function one(f: (x: number) => number): BuiltIn {
  return { least: 1, most: 1, apply: (x = 0) => f(x) };
}

function two(f: (x: number, y: number) => number): BuiltIn {
  return { least: 2, most: 2, apply: (x = 0, y = 0) => f(x, y) };
}

/** By lower-case name. Random functions return their nominal value: the first argument. */
export const BUILT_IN: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['abs', one(Math.abs)],
  ['acos', one(Math.acos)],
  ['asin', one(Math.asin)],
  ['atan', one(Math.atan)],
  ['arctan', one(Math.atan)],
  ['atan2', two(Math.atan2)],
  ['ceil', one(Math.ceil)],
  ['cos', one(Math.cos)],
  ['cosh', one(Math.cosh)],
  ['exp', one(Math.exp)],
  ['floor', one(Math.floor)],
  ['int', one(Math.trunc)],
  ['ln', one(Math.log)],
  ['log', one(Math.log)],
  ['log10', one(Math.log10)],
  ['max', { least: 2, most: Number.POSITIVE_INFINITY, apply: (...x) => Math.max(...x) }],
  ['min', { least: 2, most: Number.POSITIVE_INFINITY, apply: (...x) => Math.min(...x) }],
  ['nint', one(Math.round)],
  ['pow', two((x, y) => Math.abs(x) ** y)],
  ['pwr', two((x, y) => Math.abs(x) ** y)],
  ['sgn', one(Math.sign)],
  ['sin', one(Math.sin)],
  ['sinh', one(Math.sinh)],
  ['sqr', one((x) => x * x)],
  ['sqrt', one(Math.sqrt)],
  ['tan', one(Math.tan)],
  ['tanh', one(Math.tanh)],
  [
    'ternary_fcn',
    { least: 3, most: 3, apply: (test = 0, yes = 0, no = 0) => (test !== 0 ? yes : no) },
  ],
  ['gauss', { least: 3, most: 3, apply: (nominal = 0) => nominal }],
  ['agauss', { least: 3, most: 3, apply: (nominal = 0) => nominal }],
  ['unif', two((nominal) => nominal)],
  ['aunif', two((nominal) => nominal)],
]);
