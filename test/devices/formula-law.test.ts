/** Values and gradients of formulas against closed forms, and their finiteness everywhere. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Binary, LARGEST_EXPONENT, type Unary } from '../../src/devices/elementary.ts';
import {
  binary,
  conditional,
  constant,
  type Formula,
  input,
  partsOf,
  table,
  unary,
} from '../../src/devices/formula.ts';
import { formulaLaw } from '../../src/devices/formula-law.ts';
import '../support/close.ts';
import { type Evaluated, evaluated } from '../support/behavioural.ts';
import { SEED } from '../support/seed.ts';

const x = input(0);
const y = input(1);

function at(formula: Formula, ...u: number[]): Evaluated {
  return evaluated(formulaLaw(formula), Float64Array.from(u));
}

/** [f, f'] in closed form. */
const UNARY: readonly (readonly [Unary, number, number, number])[] = [
  ['negate', 2, -2, -1],
  ['not', 2, 0, 0],
  ['abs', -3, 3, -1],
  ['acos', 0.5, Math.PI / 3, -2 / Math.sqrt(3)],
  ['asin', 0.5, Math.PI / 6, 2 / Math.sqrt(3)],
  ['acosh', 1.25, Math.LN2, 4 / 3], // cosh ln 2 = 5/4, sinh ln 2 = 3/4
  ['asinh', 0.75, Math.LN2, 4 / 5],
  ['atanh', 0.6, Math.LN2, 1 / 0.64], // tanh ln 2 = 3/5
  ['atan', 1, Math.PI / 4, 0.5],
  ['cbrt', 8, 2, 1 / 12],
  ['ceil', 1.5, 2, 0],
  ['floor', -1.5, -2, 0],
  ['nearestEven', 2.5, 2, 0],
  ['round', 2.5, 3, 0],
  ['truncate', -2.7, -2, 0],
  ['sgn', -2.7, -1, 0],
  ['cos', Math.PI / 3, 0.5, -Math.sqrt(3) / 2],
  ['sin', Math.PI / 6, 0.5, Math.sqrt(3) / 2],
  ['tan', Math.PI / 4, 1, 2],
  ['cosh', Math.LN2, 1.25, 0.75],
  ['sinh', Math.LN2, 0.75, 1.25],
  ['tanh', Math.LN2, 0.6, 0.64],
  ['exp', Math.LN2, 2, 2],
  ['ln', 4, 2 * Math.LN2, 0.25],
  ['log10', 100, 2, 1 / (100 * Math.LN10)],
  ['sqrt', 9, 3, 1 / 6],
];

const BINARY: readonly (readonly [Binary, number, number, number, number, number])[] = [
  ['add', 2, 3, 5, 1, 1],
  ['subtract', 2, 3, -1, 1, -1],
  ['multiply', 2, 3, 6, 3, 2],
  ['divide', 3, 2, 1.5, 0.5, -0.75],
  ['remainder', -7, 4, -3, 1, 1],
  ['integerDivide', 7, 2, 3, 0, 0],
  ['min', 2, 3, 2, 1, 0],
  ['max', 2, 3, 3, 0, 1],
  ['atan2', 1, -1, (3 * Math.PI) / 4, -0.5, -0.5],
  ['hypot', 3, 4, 5, 0.6, 0.8],
  ['magnitudePower', -2, 3, 8, -12, 8 * Math.LN2],
  ['signedPower', -2, 3, -8, 12, -8 * Math.LN2],
  ['realPower', -2, 3, -8, 12, 0],
  ['realPower', -2, 2, 4, -4, 0],
  ['realPower', 2, 0.5, Math.SQRT2, 0.5 / Math.SQRT2, Math.SQRT2 * Math.LN2],
  ['realPowerOrZero', -2, 0.5, 0, 0, 0],
  ['realPowerOrZero', 2, -1, 0.5, -0.25, 0.5 * Math.LN2],
  ['less', 2, 3, 1, 0, 0],
  ['lessOrEqual', 3, 3, 1, 0, 0],
  ['greater', 2, 3, 0, 0, 0],
  ['greaterOrEqual', 3, 3, 1, 0, 0],
  ['equal', 3, 3, 1, 0, 0],
  ['notEqual', 3, 3, 0, 0, 0],
  ['and', 2, 0, 0, 0, 0],
  ['or', 2, 0, 1, 0, 0],
  ['xor', 2, 0, 1, 0, 0],
];

describe('values and slopes have their closed forms', () => {
  it.each(UNARY)('%s(%d)', (operation, u, value, slope) => {
    const found = at(unary(operation, x), u);
    expect(found.value).toBeClose(value, { rel: 4e-16, abs: 0 });
    expect(found.gradient[0]).toBeClose(slope, { rel: 1e-15, abs: 0 });
    expect(found.fault).toBeNull();
    expect(unary(operation, constant(u))).toEqual(constant(found.value));
  });

  it.each(BINARY)('%s(%d, %d)', (operation, u, v, value, byX, byY) => {
    const found = at(binary(operation, [x, y]), u, v);
    expect(found.value).toBeClose(value, { rel: 4e-16, abs: 0 });
    expect(found.gradient[0]).toBeClose(byX, { rel: 1e-15, abs: 0 });
    expect(found.gradient[1]).toBeClose(byY, { rel: 1e-15, abs: 0 });
    expect(found.fault).toBeNull();
    expect(binary(operation, [constant(u), constant(v)])).toEqual(constant(found.value));
  });

  it('a diode: I_S (exp(u/V_T) - 1)', () => {
    const exponential = unary('exp', binary('divide', [x, constant(0.025)]));
    const diode = binary('multiply', [
      constant(1e-14),
      binary('subtract', [exponential, constant(1)]),
    ]);
    const found = at(diode, 0.6);
    expect(found.value).toBeClose(1e-14 * Math.expm1(24), { rel: 4e-15, abs: 0 });
    expect(found.gradient[0]).toBeClose((1e-14 * Math.exp(24)) / 0.025, { rel: 4e-15, abs: 0 });
  });

  it('x^20 as repeated squares shares its parts, and the gradient counts each use', () => {
    const square = (f: Formula): Formula => binary('multiply', [f, f]);
    const fourth = square(square(x));
    const power = binary('multiply', [square(square(fourth)), fourth]);
    expect(partsOf(power).length).toBe(6);
    expect(at(power, 1.5).gradient[0]).toBeClose(20 * 1.5 ** 19, { rel: 1e-15, abs: 0 });
  });

  it('a branch that is not taken has no part in value, slope or fault', () => {
    const formula = conditional(binary('greater', [x, constant(0)]), [unary('ln', x), y]);
    expect(at(formula, -1, 3)).toEqual({ value: 3, gradient: [0, 1], fault: null });
    expect(at(formula, 2, 3)).toEqual({ value: Math.log(2), gradient: [0.5, 0], fault: null });
  });
});

describe('a table', () => {
  const points = [
    [0, 0],
    [1, 10],
    [1, 20],
    [2, 25],
  ] as const;
  it.each([
    // u, level value and slope, extended value and slope
    [-1, 0, 0, -10, 10],
    [0.5, 5, 10, 5, 10],
    [1, 10, 10, 10, 10],
    [1.5, 22.5, 5, 22.5, 5],
    [2, 25, 5, 25, 5],
    [3, 25, 0, 30, 5],
  ])('at %d', (u, level, levelSlope, extended, extendedSlope) => {
    const inside = at(table(x, { points, outside: 'level' }), u);
    expect(inside).toEqual({ value: level, gradient: [levelSlope], fault: null });
    const beyond = at(table(x, { points, outside: 'extended' }), u);
    expect(beyond).toEqual({ value: extended, gradient: [extendedSlope], fault: null });
  });

  it('of one point is that value', () => {
    const one = table(x, { points: [[3, 7]], outside: 'level' });
    expect([-9, 3, 9].map((u) => at(one, u).value)).toEqual([7, 7, 7]);
  });
});

describe('where there is no value', () => {
  it.each([
    ['ln', -1, 'a logarithm of a number that is not positive'],
    ['sqrt', -4, 'the square root of a negative number'],
    ['asin', 1.5, 'asin of a number outside -1 .. 1'],
    ['exp', 1000, 'exp of a number above 228'],
  ] as const)('%s(%d) has a tangent and a fault', (operation, u, fault) => {
    const found = at(unary(operation, x), u);
    expect(found.fault).toBe(fault);
    expect(found.gradient[0]).toBeGreaterThan(0);
  });

  it('exp goes on with the tangent at ln 1e99', () => {
    const found = at(unary('exp', x), LARGEST_EXPONENT + 2);
    expect(found.value).toBeClose(3e99, { rel: 1e-13, abs: 0 });
    expect(found.gradient[0]).toBeClose(1e99, { rel: 1e-13, abs: 0 });
    expect(at(unary('exp', x), 200).fault).toBeNull();
  });

  it('1/0 is 1e32, as in ngspice, with a fault', () => {
    const quotient = binary('divide', [constant(1), x]);
    expect(at(quotient, 0).value).toBeClose(1e32, { rel: 2e-16, abs: 0 });
    expect(at(quotient, 0).fault).toBe('a division by zero');
    expect(at(quotient, 1e-30).value).toBeClose(1e30, { rel: 2e-16, abs: 0 });
    expect(at(quotient, 1e-30).fault).toBeNull();
  });

  it('Newton on ln(u) = -3 comes back from a negative start', () => {
    const law = formulaLaw(binary('add', [unary('ln', x), constant(3)]));
    const gradient = new Float64Array(1);
    const u = Float64Array.of(-5);
    for (let i = 0; i < 40; i++) u[0]! -= law.evaluate(u, gradient) / gradient[0]!;
    expect(u[0]).toBeClose(Math.exp(-3), { rel: 1e-15, abs: 0 });
  });

  it.each(['sqrt', 'abs', 'cbrt', 'acos', 'asin'] as const)(
    '%s has a finite slope at its kink',
    (operation) => {
      for (const u of [-1, 0, 1]) {
        const [slope] = at(unary(operation, x), u).gradient;
        expect(Number.isFinite(slope)).toBe(true);
        if (operation === 'abs' && u === 0) expect(Math.abs(slope!)).toBe(1);
      }
    },
  );
});

const unaries = UNARY.map(([operation]) => operation);
const binaries = BINARY.map(([operation]) => operation);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, -1, 0.5, 1e-40, 1e300, -1e300),
);
const { tree } = fc.letrec<{ tree: Formula }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(x, y),
    number.map(constant),
    fc.tuple(fc.constantFrom(...unaries), tie('tree')).map(([f, a]) => unary(f, a)),
    fc
      .tuple(fc.constantFrom(...binaries), tie('tree'), tie('tree'))
      .map(([f, a, b]) => binary(f, [a, b])),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([a, b, c]) => conditional(a, [b, c])),
  ),
}));
const isSound = (part: Formula) => part.kind !== 'constant' || Number.isFinite(part.value);

it('values and gradients are finite for every finite u', () => {
  const formulas = tree.filter((formula) => partsOf(formula).every(isSound));
  fc.assert(
    fc.property(formulas, number, number, (formula, u, v) => {
      const found = at(formula, u, v);
      for (const figure of [found.value, ...found.gradient]) {
        expect(Number.isFinite(figure)).toBe(true);
      }
    }),
    { seed: SEED, numRuns: 3000 },
  );
});
