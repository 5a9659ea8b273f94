// Every operation of a dual number against the derivative in closed form, in all three directions at once.

import { describe, expect, it } from 'vitest';
import { Dual } from '../../src/numeric/dual.ts';
import '../support/close.ts';

const x = new Dual(0.7, 1, 0, 0);
const y = new Dual(-1.3, 0, 1, 0);
const z = new Dual(2.1, 0, 0, 1);

function expectDual(actual: Dual, value: number, gradient: readonly [number, number, number]) {
  const bounds = { rel: 4e-15, abs: 0 };
  expect(actual.value).toBeClose(value, bounds);
  expect(actual.d0).toBeClose(gradient[0], bounds);
  expect(actual.d1).toBeClose(gradient[1], bounds);
  expect(actual.d2).toBeClose(gradient[2], bounds);
}

describe('arithmetic', () => {
  it('adds and subtracts', () => {
    expectDual(x.plus(y).minus(z).plus(4).minus(1), 0.7 - 1.3 - 2.1 + 3, [1, 1, -1]);
  });

  it('multiplies by the product rule', () => {
    expectDual(x.times(y).times(z), 0.7 * -1.3 * 2.1, [-1.3 * 2.1, 0.7 * 2.1, 0.7 * -1.3]);
    expectDual(x.times(3).negated(), -2.1, [-3, 0, 0]);
  });

  it('divides by the quotient rule', () => {
    const [u, v, w] = [0.7, -1.3, 2.1];
    expectDual(x.times(y).over(z), (u * v) / w, [v / w, u / w, (-u * v) / w ** 2]);
    expectDual(x.over(4), 0.175, [0.25, 0, 0]);
  });
});

describe('functions of one variable', () => {
  it.each([
    ['square', x.squared(), 0.49, 1.4],
    ['power', x.power(2.5), 0.7 ** 2.5, 2.5 * 0.7 ** 1.5],
    ['root', x.squareRoot(), Math.sqrt(0.7), 0.5 / Math.sqrt(0.7)],
    ['exponential', x.times(2).exponential(), Math.exp(1.4), 2 * Math.exp(1.4)],
    ['any other', x.mapped(Math.sin(0.7), Math.cos(0.7)), Math.sin(0.7), Math.cos(0.7)],
  ])('%s', (_, actual, value, slope) => {
    expectDual(actual, value, [slope, 0, 0]);
  });
});

it('takes the gradient of the larger and the smaller', () => {
  expect(x.orAtLeast(y)).toBe(x);
  expect(x.orAtMost(y)).toBe(y);
  expectDual(x.orAtLeast(1), 1, [0, 0, 0]);
  expect(x.orAtLeast(0.7)).toBe(x);
  expect(x.orAtMost(0.7)).toBe(x);
});
