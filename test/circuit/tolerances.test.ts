import { describe, expect, it } from 'vitest';
import { circuitOf, errorsOf, faultsOf } from '../support/circuit.ts';

/** Names with low and high of the deviation [%], and the coefficient [ppm/K]. */
const tolerances = (body: string) => {
  const circuit = circuitOf(body);
  expect(errorsOf(circuit)).toEqual([]);
  return circuit.tolerances.map(({ element, deviation, coefficient, match }) => {
    const part = (x: number, unit: number) => Number((x / unit).toPrecision(12)) + 0;
    const tc = coefficient.low === 0 && coefficient.high === 0 ? [] : [coefficient];
    return [
      element,
      `${part(deviation.low, 0.01)}..${part(deviation.high, 0.01)}`,
      ...tc.map(({ low, high }) => `${part(low, 1e-6)}..${part(high, 1e-6)}`),
      ...(match === undefined ? [] : [`in ${match.label}: ${part(match.common.high, 0.01)}`]),
    ].join(' ');
  });
};

const DIVIDER = `V1 a 0 1
R1 a b 1k
R2 b 0 1k
C1 b 0 1u
`;

describe('*@ tol', () => {
  it('of a pattern, of a name, in % and ppm', () => {
    expect(tolerances(`${DIVIDER}*@ tol R* 1%\n*@ tol V1 500ppm`)).toEqual([
      'V1 -0.05..0.05',
      'R1 -1..1',
      'R2 -1..1',
    ]);
  });

  it('an exact name beats a pattern, a later line an earlier one, key by key', () => {
    const body = `${DIVIDER}*@ tol R2 0.1% tc=+-10ppm\n*@ tol R* 1% tc=+-100ppm\n*@ tol R* 2%\n*@ tol R2 tc=+-5ppm`;
    expect(tolerances(`${body}\n*@ temp 25 0..70`)).toEqual([
      'R1 -2..2 -100..100',
      'R2 -0.1..0.1 -5..5',
    ]);
  });

  it('inside a subcircuit names are relative; a bare pattern reaches every level', () => {
    const body = `V1 a 0 1
X1 a CELL
X2 a CELL
R0 a 0 1k
.subckt CELL p
R1 p 0 1k
R2 p 0 2k
*@ tol R1 5%
.ends`;
    expect(tolerances(body)).toEqual(['X1.R1 -5..5', 'X2.R1 -5..5']);
    expect(tolerances(`${body}\n*@ tol R* 1%\n*@ tol X2.R2 3%`)).toEqual([
      'X1.R1 -5..5',
      'X1.R2 -1..1',
      'X2.R1 -5..5',
      'X2.R2 -3..3',
      'R0 -1..1',
    ]);
  });

  it('a pattern does not mean the series resistance of a source', () => {
    expect(tolerances('V1 a 0 1 Rser=5\nR1 a 0 1k\n*@ tol R* 1%')).toEqual(['R1 -1..1']);
  });

  it.each([
    ['*@ tol R3 1%', 'error unknown_element 6'],
    ['*@ tol X* 1%', 'error unknown_element 6'],
    ['*@ tol R1 0.1', 'error wrong_unit 6'],
    ['*@ tol R1 5V', 'error wrong_unit 6'],
    ['*@ tol R1 100%', 'error bad_tolerance 6'],
    ['*@ tol R1 -1%', 'error bad_tolerance 6'],
    ['*@ tol R1 tc=+-5', 'error wrong_unit 6'],
    ['*@ tol R1 tc>=5ppm', 'error wrong_form 6'],
    ['*@ tol R1 tc=5ppm..1ppm', 'error bad_specification 6'],
    ['*@ tol C1 5%', 'info no_effect_at_dc 6'],
    ['*@ tol R1 tc=+-5ppm', 'warning coefficient_without_range 6'],
  ])('%s', (line, fault) => {
    expect(faultsOf(`${DIVIDER}${line}`)).toEqual([fault]);
  });

  it('a coefficient that turns the value over within the range is refused', () => {
    expect(faultsOf(`${DIVIDER}*@ tol R1 tc=+-2%/K\n*@ temp 25 -40..125`)).toEqual([
      'error bad_tolerance 6',
    ]);
  });
});

describe('*@ match', () => {
  it('the tolerance becomes that of the lot, half the mismatch that of each', () => {
    expect(tolerances(`${DIVIDER}*@ tol R* 1%\n*@ match R1 R2 0.02%`)).toEqual([
      'R1 -0.01..0.01 in R1 R2: 1',
      'R2 -0.01..0.01 in R1 R2: 1',
    ]);
  });

  it.each([
    ['*@ tol R1 1%\n*@ tol R2 2%\n*@ match R1 R2 0.1%', 'error unequal_tolerances 8'],
    ['*@ match R1 R2 0.1%\n*@ match R2 V1 0.1%', 'error matched_twice 7'],
    ['*@ match R1 R9 0.1%', 'error unknown_element 6'],
    ['*@ match R1 R2 0.1', 'error wrong_unit 6'],
  ])('%s', (lines, fault) => {
    expect(faultsOf(DIVIDER + lines)).toEqual([fault]);
  });
});
