/**
 * XSPICE code models at the operating point: closed forms of the ngspice manual, and what ngspice 39 with its
 * code models prints for the same cards.
 */

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { operate } from '../../src/operate.ts';

const result = (body: string) => {
  const { result: found, diagnostics } = operate(`title\n.control\n.endc\n${body}\n`);
  if (found === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return found;
};

const voltage = (body: string, node = 'o') => result(body).nodes[node] ?? Number.NaN;

const faults = (body: string) =>
  operate(`title\n.control\n.endc\n${body}\n`).diagnostics.map(
    ({ severity, code }) => `${severity} ${code}`,
  );

const SOURCES = 'V1 a 0 0.3\nV2 b 0 2\nVM m 0 1\nRM m 0 2\nRO o 0 1\n';

describe('models that compute', () => {
  it.each([
    [
      'a1 %vd(a b) o g\n.model g gain(in_offset=0.5 gain=2 out_offset=0.25)',
      2 * (0.3 - 2 + 0.5) + 0.25,
    ],
    ['a1 %vnam VM o g\n.model g gain', -0.5],
    ['a1 a %i o g\n.model g gain', -0.3],
    ['a1 a %id(0 o) g\n.model g gain', 0.3],
    ['I9 0 n 2\na1 %i n o g\n.model g gain', 2],
    ['I9 0 n 2\nR9 k 0 1\na1 %id(n k) o g\n.model g gain', 2],
    [
      'a1 [a b] o s\n.model s summer(in_gain=[1 2] in_offset=[0.1 0.2] out_gain=3 out_offset=5)',
      3 * (0.4 + 2 * 2.2) + 5,
    ],
    ['a1 [%v a %vd(a b)] o s\n.model s summer', 0.3 + (0.3 - 2)],
    [
      'a1 [a b] o s\n.model s mult(in_gain=[1 2] in_offset=[0.1 0.2] out_gain=3 out_offset=5)',
      3 * (0.4 * 2 * 2.2) + 5,
    ],
    ['a1 [ a ] o s\n.param k=4\n.model s summer(in_gain=[ {k} ])', 1.2],
    [
      'a1 a b o s\n.model s divide(num_offset=0.1 den_offset=0.2 num_gain=2 den_gain=3 out_gain=3 out_offset=5 den_lower_limit=0.1)',
      3 * ((2 * 0.4) / (3 * 2.2)) + 5,
    ],
    ['a1 a b o s\n.model s divide(den_lower_limit=4)', 0.3 / 4],
    ['a1 a b o s\n.model s divide(den_offset=-2.5 den_lower_limit=4)', -0.3 / 4],
  ])('%j', (card, expected) => {
    expect(voltage(SOURCES + card)).toBeClose(expected, { rel: 1e-12, abs: 0 });
  });
});

describe('rounded corners', () => {
  const at = (x: number, card: string) => voltage(`V1 a 0 ${x}\nVU u 0 1.2\nVL l 0 -0.8\n${card}`);
  const limit =
    'a1 a o m\n.model m limit(gain=1 out_lower_limit=-1 out_upper_limit=1 limit_range=0.2)';
  const part = limit.replace('0.2)', '0.1 fraction=true)');
  const climit =
    'a1 a u l o m\n.model m climit(gain=1 upper_delta=0.2 lower_delta=0.1 limit_range=0.2)';
  const points = 'x_array=[-1 0 1 3] input_domain=0.1';
  const pwl = `a1 a o m\n.model m pwl(${points} y_array=[0 0 1 2] fraction=true)`;
  const level = `a1 a o m\n.model m pwl(${points} y_array=[0.5 0 1 2] fraction=FALSE limit=TRUE)`;
  const hyst =
    'a1 a o m\n.model m hyst(in_low=0 in_high=1 hyst=0.1 out_lower_limit=0 out_upper_limit=2 input_domain=0.01 fraction=true)';
  // All as ngspice 39 prints them.
  it.each([
    [limit, -2, -1],
    [limit, -1.15, -0.996875],
    [limit, -1, -0.95],
    [limit, -0.9, -0.8875],
    [limit, -0.5, -0.5],
    [limit, 0.95, 0.921875],
    [limit, 1.2, 1],
    [part, 0.95, 0.921875],
    [climit, -0.9, -0.7],
    [climit, -0.5, -0.5],
    [climit, 1.05, 0.971875],
    [pwl, -2, 0],
    [pwl, -0.05, 0.00625],
    [pwl, 0, 0.025],
    [pwl, 1, 0.9875],
    [pwl, 3.5, 2.25],
    [level, -2, 0.5],
    [level, -1.05, 0.496875],
    [level, -1, 0.4875],
    [level, 0, 0.0375],
    [level, 3.5, 2],
    [hyst, 0.05, 0],
    [hyst, 0.1, 0.005],
    [hyst, 0.3, 0.4],
    [hyst, 1.1, 1.995],
    [hyst, 2, 2],
  ])('%j at %d V', (card, x, expected) => {
    expect(at(x, card)).toBeClose(expected, { rel: 1e-12, abs: 1e-15 });
  });
});

describe('models with a memory stand where they start', () => {
  it.each([
    ['.model m slew(rise_slope=1 fall_slope=1)', 0.3],
    ['.model m int(in_offset=0.1 gain=2 out_ic=3)', 3],
    ['.model m d_dt(gain=2 out_offset=0.7)', 0],
    ['.model m s_xfer(in_offset=0.1 gain=2 num_coeff=[5 3] den_coeff=[1 2] int_ic=[0])', 4],
    ['.model m s_xfer(in_offset=0.1 gain=2 num_coeff=[5 3] den_coeff=[1 2] int_ic=[0.25])', 2.25],
    ['.model m s_xfer(num_coeff=[3] den_coeff=[1 2] int_ic=[0])', 0],
    ['.model m s_xfer(num_coeff=[100 1 10] den_coeff=[1 3 5] int_ic=[0.1 0.2])', -97.9],
    ['.model m sine(cntl_array=[0 1] freq_array=[10 100] out_low=-1 out_high=2)', 0.5],
    ['.model m triangle(cntl_array=[0 1] freq_array=[10 100] out_low=-1 out_high=2)', -1],
  ])('%s', (model, expected) => {
    const body = `V1 a 0 0.3\na1 a o m\n${model}`;
    expect(voltage(body)).toBeClose(expected, { rel: 1e-12, abs: 1e-15 });
  });
});

describe('models that conduct', () => {
  const current = (body: string) => -(result(body).branches['V1'] ?? Number.NaN);
  const zener =
    'a1 a 0 z\n.model z zener(v_breakdown=5.6 i_breakdown=2e-2 i_sat=1e-12 n_forward=1 limit_switch=FALSE)';
  const soft =
    'a1 a 0 z\n.model z zener(v_breakdown=10 i_breakdown=1e-3 r_breakdown=5 i_sat=1e-10 n_forward=2)';
  // As ngspice 39 prints them.
  it.each([
    [zener, -5.7, -2.96826419991],
    [zener, -5.5, -1.357410843189e-4],
    [zener, -4, -7.142870962099e-7],
    [zener, -0.1, -1.78581214954e-8],
    [zener, 0.1, 1.7902955525e-8],
    [zener, 0.7, 4.92656087756e-1],
    [soft, -9, -9.001867452697e-7],
    [soft, 1, 2.2481168957e-2],
  ])('%j at %d V', (card, v, expected) => {
    expect(current(`V1 a 0 ${v}\n${card}`)).toBeClose(expected, { rel: 1e-9, abs: 0 });
  });

  const log = '.model s aswitch(cntl_off=0 cntl_on=1 r_off=1meg r_on=1 log=true)';
  const linear = '.model s aswitch(cntl_off=0 cntl_on=1 r_off=10 r_on=1 log=false)';
  it.each([
    [log, 0, 1e-6],
    [log, 0.25, 3.16227766017e-5],
    [log, 1, 1],
    [log, 1.1, 3.98107170553],
    [linear, -0.5, 6.89655172414e-2],
    [linear, 0.25, 1.29032258065e-1],
    [linear, 1.1, 10],
  ])('%s at %d V', (model, control, expected) => {
    const body = `V1 a 0 1\nVC c 0 ${control}\na1 c %gd(a 0) s\n${model}`;
    expect(current(body)).toBeClose(expected, { rel: 1e-10, abs: 0 });
  });

  it('a potentiometer divides', () => {
    const body = 'V1 a 0 0.3\na1 a o 0 p\n.model p potentiometer(position=0.25 r=1k log=false)';
    expect(voltage(body)).toBeClose(0.225, { rel: 1e-12, abs: 0 });
    expect(current(body)).toBeClose(0.3e-3, { rel: 1e-12, abs: 0 });
  });

  it('a winding is a short and has its magnetomotive force', () => {
    const body =
      'V1 a 0 1\nR1 a w 2\na1 (w 0) (o n) l\nR2 o n 1k\nR3 n 0 1k\n.model l lcouple(num_turns=10)';
    const { nodes } = result(body);
    expect([nodes['w'], nodes['o']]).toEqual([0, 5]);
  });
});

describe('what is refused or told', () => {
  it.each([
    ['a1 a o g', 'error undefined_model'],
    ['a1 a o g\n.model g gian', 'error unsupported_model'],
    ['a1 a o g\n.model g oneshot', 'error unsupported_model'],
    ['a1 a g\n.model g gain', 'error missing_node'],
    ['a1 a o n g\n.model g gain', 'error extra_argument'],
    ['a1 null o g\n.model g gain', 'error missing_node'],
    ['a1 %gd(a 0) o g\n.model g gain', 'error wrong_port_type'],
    ['a1 [a o g\n.model g summer', 'error missing_node'],
    ['a1 a 0 z\n.model z zener', 'error missing_parameter'],
    ['a1 a o p\n.model p pwl(x_array=[0 1] y_array=[0])', 'error bad_table'],
    ['a1 a o p\n.model p pwl(x_array=[1 0] y_array=[0 1])', 'error bad_table'],
    ['a1 a o p\n.model p s_xfer(num_coeff=[1 2] den_coeff=[1])', 'error bad_transfer_function'],
    ['a1 a o h\n.model h hyst(in_low=1)', 'error bad_table'],
    ['a1 a (o 0) s\n.model s aswitch(cntl_on=0)', 'error value_out_of_range'],
    ['a1 a o 0 p\n.model p potentiometer(position=1)', 'error unsupported_model'],
    ['a1', 'error unsupported_element'],
    ['a1 a o g\n.model g gain(gian=2)', 'warning unknown_parameter'],
  ])('%j', (card, fault) => {
    expect(faults(`V1 a 0 1\nR1 o 0 1\n${card}`)).toContain(fault);
  });
});
