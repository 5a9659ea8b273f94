/**
 * A formula in the language of ngspice's B sources (measured on 45: `pow` is |x|^y, `pwr` has the sign of x,
 * `pwl` goes on with its last lines, numbers outside `pwl` are read to 11 digits). What is written more than
 * once, or is long, becomes a node of its own: a formula that shares its parts has no bounded text else, and
 * ngspice dies of expressions with more than some 500 terms.
 */

import type { Binary, Unary } from '../devices/elementary.ts';
import { type Formula, operandsOf, partsOf, type Table } from '../devices/formula.ts';

export interface FormulaText {
  /** The lines of the nodes that the expression reads. */
  readonly lines: readonly string[];
  readonly expression: string;
}

/** Up to this length a part is written in its place [characters]. */
const LONGEST_SHARED = 40;
const LONGEST_PART = 1000;

/** `inputs` are the texts of u; names of sources and nodes begin with `name`. */
export function formulaText(
  formula: Formula,
  { inputs, name }: { readonly inputs: readonly string[]; readonly name: string },
): FormulaText {
  const parts = partsOf(formula);
  const uses = useCounts(parts);
  const texts = new Map<Formula, string>();
  const lines: string[] = [];
  const at = (part: Formula): string => texts.get(part) ?? '0';
  for (const part of parts) {
    const text = partText(part, { at, inputs });
    const longest = (uses.get(part) ?? 0) > 1 ? LONGEST_SHARED : LONGEST_PART;
    if (text.length <= longest || part === formula) {
      texts.set(part, text);
      continue;
    }
    const own = `${name}x${lines.length + 1}`;
    lines.push(`b${own} n${own} 0 v = ${text}`);
    texts.set(part, `v(n${own})`);
  }
  return { lines, expression: at(formula) };
}

function useCounts(parts: readonly Formula[]): ReadonlyMap<Formula, number> {
  const uses = new Map<Formula, number>();
  for (const part of parts) {
    for (const operand of operandsOf(part)) uses.set(operand, (uses.get(operand) ?? 0) + 1);
  }
  return uses;
}

function partText(
  part: Formula,
  { at, inputs }: { at: (part: Formula) => string; inputs: readonly string[] },
): string {
  switch (part.kind) {
    case 'constant':
      return `(${part.value})`;
    case 'input':
      return inputs[part.index] ?? '0';
    case 'unary':
      return UNARY[part.operation](at(part.operand));
    case 'binary':
      return part.right.kind === 'constant' && isPower(part.operation)
        ? powerText(part.operation, at(part.left), part.right.value)
        : BINARY[part.operation](at(part.left), at(part.right));
    case 'conditional':
      return `(${at(part.test)} ? ${at(part.consequent)} : ${at(part.alternative)})`;
    case 'table':
      return tableText(part, at(part.argument));
  }
}

const called =
  (name: string) =>
  (x: string): string =>
    `${name}(${x})`;
const truncated = (x: string): string => `(sgn(${x})*floor(abs(${x})))`;

const UNARY: Readonly<Record<Unary, (x: string) => string>> = {
  negate: (x) => `(-${x})`,
  not: (x) => `(${x} == 0 ? 1 : 0)`,
  abs: called('abs'),
  acos: called('acos'),
  acosh: called('acosh'),
  asin: called('asin'),
  asinh: called('asinh'),
  atan: called('atan'),
  atanh: called('atanh'),
  cbrt: (x) => `pwr(${x}, 1/3)`,
  ceil: called('ceil'),
  cos: called('cos'),
  cosh: called('cosh'),
  exp: called('exp'),
  floor: called('floor'),
  ln: called('ln'),
  log10: called('log10'),
  nearestEven: called('nint'),
  round: (x) => `(sgn(${x})*floor(abs(${x}) + 0.5))`,
  sgn: called('sgn'),
  sin: called('sin'),
  sinh: called('sinh'),
  sqrt: called('sqrt'),
  tan: called('tan'),
  tanh: called('tanh'),
  truncate: truncated,
};

const infix =
  (operator: string) =>
  (x: string, y: string): string =>
    `(${x} ${operator} ${y})`;
const called2 =
  (name: string) =>
  (x: string, y: string): string =>
    `${name}(${x}, ${y})`;

const BINARY: Readonly<Record<Binary, (x: string, y: string) => string>> = {
  add: infix('+'),
  subtract: infix('-'),
  multiply: infix('*'),
  divide: infix('/'),
  remainder: (x, y) => `(${x} - ${y}*${truncated(`(${x}/${y})`)})`,
  integerDivide: (x, y) => `floor(abs(${x}/${y}))`,
  less: infix('<'),
  lessOrEqual: infix('<='),
  greater: infix('>'),
  greaterOrEqual: infix('>='),
  equal: infix('=='),
  notEqual: infix('!='),
  and: infix('&&'),
  or: infix('||'),
  xor: (x, y) => `((${x} != 0) != (${y} != 0))`,
  min: called2('min'),
  max: called2('max'),
  // B sources have no atan2: the angle from the x axis, quadrant by quadrant.
  atan2: (y, x) =>
    `(${x} > 0 ? atan(${y}/${x}) : (${x} < 0 ? atan(${y}/${x}) + (${y} < 0 ? -pi : pi) : sgn(${y})*pi/2))`,
  hypot: (x, y) => `sqrt(${x}*${x} + ${y}*${y})`,
  magnitudePower: called2('pow'),
  signedPower: called2('pwr'),
  realPower: (x, y) => `(${x} >= 0 ? pow(${x}, ${y}) : ${signOfPower(y)}*pow(${x}, ${y}))`,
  realPowerOrZero: (x, y) =>
    `(${x} >= 0 ? pow(${x}, ${y}) : (floor(${y}) == ${y} ? ${signOfPower(y)}*pow(${x}, ${y}) : 0))`,
};

/** The sign of a negative number to the power of y. */
function signOfPower(y: string): string {
  return `(floor(${y}/2)*2 == ${y} ? 1 : -1)`;
}

function isPower(operation: Binary): boolean {
  return operation === 'realPower' || operation === 'realPowerOrZero';
}

/** A real power with a known exponent: the sign of whole ones is known, and fractional ones have none below 0. */
function powerText(operation: Binary, x: string, exponent: number): string {
  if (Number.isInteger(exponent)) return `${exponent % 2 === 0 ? 'pow' : 'pwr'}(${x}, ${exponent})`;
  const power = `pow(${x}, ${exponent})`;
  return operation === 'realPowerOrZero' ? `(${x} < 0 ? 0 : ${power})` : power;
}

/** The width of a jump relative to where it is: ngspice wants ascending x. */
const JUMP = 1e-12;

function tableText({ points, outside }: Table, x: string): string {
  const ascending: [number, number][] = [];
  for (const [at, value] of points) {
    const before = ascending.at(-1)?.[0];
    const next = before === undefined || at > before ? at : before + JUMP * (Math.abs(before) || 1);
    ascending.push([next, value]);
  }
  const [first, last] = [ascending[0], ascending.at(-1)];
  if (first === undefined || last === undefined) return '0';
  const span = Math.max(1, last[0] - first[0]);
  const left: [number, number][] = outside === 'level' ? [[first[0] - span, first[1]]] : [];
  const right: [number, number][] = outside === 'level' ? [[last[0] + span, last[1]]] : [];
  if (outside === 'extended' && ascending.length < 2) return `(${first[1]})`;
  return `pwl(${[x, ...[...left, ...ascending, ...right].flat()].join(', ')})`;
}
