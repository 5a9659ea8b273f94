/** Values of `.param` expressions as ngspice 45 gives them (measured), where a slip would go unnoticed. */

import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import '../support/close.ts';

function value(expression: string): number | undefined {
  const text = `title\n.param a=2*b b=3\nR1 n 0 1\nV1 n 0 {${expression}}\n.end\n`;
  const { elements } = elaborate(parseNetlist({ name: 'a.cir', text }, { dialect: 'ngspice' }));
  const source = elements.find((element) => element.kind === 'voltageSource');
  return source?.voltage;
}

describe('an expression has the value that ngspice gives it', () => {
  it.each([
    ['2**3**2', 64],
    ['-2**2', -4],
    ['(-2)**3', 8],
    ['pwr(-2,3)', 8],
    ['pow(-2,3)', -8],
    ['2^-1', 0.5],
    ['7%4', 3],
    ['-7%4', -3],
    ['7\\2', 3],
    ['(-7)\\2', 3],
    ['7\\(-2)', 3],
    ['3-2-1', 0],
    ['2*3%4', 2],
    ['1<2<3', 1],
    ['1>2==0', 1],
    ['5!=2>=7', 0],
    ['1==1<1', 0],
    ['0&&0==0', 0],
    ['1&&0||1', 1],
    ['!3', 0],
    ['2<>3', 1],
    ['1?2?3:4:5', 3],
    ['nint(2.5)', 2],
    ['nint(0.5)', 0],
    ['nint(-2.5)', -2],
    ['nint(3.5)', 4],
    ['int(-2.7)', -2],
    ['sgn(-3)', -1],
    ['log(10)', Math.LN10],
    ['a', 6],
    ['1e3k', 1e6],
    ['1.5ohm', 1.5],
    ['100F', 1e-13],
    ['4.7mil', 4.7e-3],
    ['1a', 1e-18],
  ])('%s', (expression, expected) => {
    expect(value(expression)).toBeClose(expected, { rel: 1e-15, abs: 0 });
  });
});
