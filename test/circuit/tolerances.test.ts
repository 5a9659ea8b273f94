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
    ['*@ tol R1 age=0.1', 'error wrong_unit 6'],
    ['*@ tol R1 age>=0.1%', 'error wrong_form 6'],
    ['*@ tol R1 age=0..100%', 'error bad_tolerance 6'],
    ['*@ tol R1 age=1% age=2%', 'error unknown_key 6'],
  ])('%s', (line, fault) => {
    expect(faultsOf(`${DIVIDER}${line}`)).toEqual([fault]);
  });

  it('ageing is a part to either side, or a range that holds the new part, too', () => {
    const ageing = (line: string) =>
      circuitOf(`${DIVIDER}*@ tol R1 ${line}`).tolerances.map(({ ageing: { low, high } }) => [
        low,
        high,
      ]);
    expect(ageing('age=0.05%')).toEqual([[-0.05 * 0.01, 0.05 * 0.01]]);
    expect(ageing('1% tc=5ppm age=+-100ppm')).toEqual([[-100 * 1e-6, 100 * 1e-6]]);
    expect(ageing('age=0..2%')).toEqual([[0, 0.02]]);
    expect(ageing('age=1%..2%')).toEqual([[0, 0.02]]);
  });

  it('a letter alone is no pattern, and the hint says how to write one', () => {
    const [fault] = circuitOf(`${DIVIDER}*@ tol R 1%`).diagnostics;
    expect(fault).toMatchObject({ code: 'unknown_element' });
    expect(fault?.hint).toContain('R*');
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
    ['*@ tol R* 0.1%\n*@ match R1 R2 0.3%', 'warning loose_match 7'],
    ['*@ match R1 R2 0.1', 'error wrong_unit 6'],
  ])('%s', (lines, fault) => {
    expect(faultsOf(DIVIDER + lines)).toEqual([fault]);
  });
});

describe('the spellings of the simulators', () => {
  it.each([
    ['R1 a 0 1k tol=1', ['R1 -1..1']],
    ['R1 a 0 1k tol=0.1%', ['R1 -0.1..0.1']],
    ['R1 a 0 1k DEV=5%', ['R1 -5..5']],
    ['R1 a 0 RM 2\n.model RM RES (R=1 DEV=5%)', ['R1 -5..5']],
    // PSpice: DEV of each, LOT common; GAUSS is one sigma, and a limit three
    [
      'R1 a 0 RM 2\nR2 a 0 RM 3\n.model RM RES (R=1 DEV 0.5% LOT/GAUSS 1% TC1=0 DEV 9%)',
      ['R1 -0.5..0.5 in model RM: 3', 'R2 -0.5..0.5 in model RM: 3'],
    ],
    ['R1 a 0 {mc(10k,0.02)}', ['R1 -2..2']],
    ['R1 a 0 {10k+flat(100)}', ['R1 -1..1']],
    ['R1 a 0 {10k+gauss(100)}', ['R1 -3..3']],
    ['R1 a 0 {gauss(10k,0.01,3)}', ['R1 -1..1']],
    ['R1 a 0 {agauss(10k,200,3)}', ['R1 -2..2']],
    ['R1 a 0 {unif(10k,0.03)}', ['R1 -3..3']],
    ['R1 a 0 {aunif(10k,50)}', ['R1 -0.5..0.5']],
    // (1 - 0.1)/(1 + 0.1) - 1 and (1 + 0.1)/(1 - 0.1) - 1
    ['R1 a 0 {1k*mc(1,0.1)/mc(1,0.1)}', ['R1 -18.1818181818..22.2222222222']],
    ['R1 a 0 {mc(1k,0.1)} tol=10', ['R1 -19..21']],
    ['V1 a 0 {mc(5,0.02)}\nR1 a 0 1k', ['V1 -2..2']],
    ['I1 a 0 DC {5m+flat(1m)}\nR1 a 0 1k', ['I1 -20..20']],
    [
      `R1 a 0 {wc(10k,0.05,0)}
.func wc(nom,tol,index) if(run==numruns,nom,if(binary(run,index),nom*(1+tol),nom*(1-tol)))
.func binary(run,index) floor(run/(2**index))-2*floor(run/(2**(index+1)))`,
      ['R1 -5..5'],
    ],
    ['R1 a 0 1k tol=1\n*@ tol R* 5%', ['R1 -5..5']],
    ['R1 a 0 1k tc1=100u\n.temp 27\n*@ temp 27 0..70', ['R1 0..0 100..100']],
    // R doubles from 27 to 1027 deg C, where its coefficient is half as large
    ['R1 a 0 1k tc1=1m\n*@ temp 1027 1000..1050', ['R1 0..0 500..500']],
  ])('%s', (body, found) => {
    expect(tolerances(body)).toEqual(found);
  });

  it.each([
    ['R1 a 0 1k DEV=10', 'warning absolute_tolerance 2'],
    ['R1 a 0 1k tol=100', 'error bad_tolerance 2'],
    ['V1 a 0 {flat(1m)}', 'warning tolerance_not_evaluated 2'],
    ['R1 a 0 {mc(1k,1)}', 'warning tolerance_not_evaluated 2'],
    ['.param x={mc(1k,0.1)}\nR1 a 0 {x}', 'info nominal_value_used 2'],
    ['V1 a 0 1\nE1 b 0 a 0 {mc(2,0.1)}', 'info nominal_value_used 3'],
  ])('%s', (body, fault) => {
    expect(faultsOf(body).filter((text) => !text.includes('floating'))).toEqual([fault]);
  });
});
