/**
 * Digital and real code models at the operating point (measured on ngspice 39): gates have settled, flip-flops
 * hold their `ic` unless set or reset, latches are transparent, and what delays real values stands at its `ic`.
 */

import { binary, conditional, constant, type Formula, joined } from '../../devices/formula.ts';
import { first } from './arithmetic.ts';
import type { PortSpecification } from './connections.ts';
import { minus, plus, times } from './corner.ts';
import type { CodeModelKind, PortLaw, Reader } from './kinds.ts';
import type { CodeModelParameters } from './parameters.ts';

const ONE = constant(1);
const ZERO = constant(0);
const HALF = constant(0.5);

const digital = (name: string): PortSpecification => ({ name, types: ['d'] });
const open = (name: string): PortSpecification => ({ ...digital(name), optional: true });
const real = (name: string): PortSpecification => ({ name, types: ['real'] });

const DELAYS = ['rise_delay', 'fall_delay', 'input_load', 'family', 'inertial_delay'];

const isHigh = (x: Formula): Formula => binary('greater', [x, constant(0.75)]);
const isLow = (x: Formula): Formula => binary('less', [x, constant(0.25)]);
const not = (x: Formula): Formula => minus(ONE, x);
const either = (x: Formula, y: Formula): Formula =>
  minus(plus(x, y), times(constant(2), times(x, y)));

/** high, low or what lies between them, by the value of x. */
const chosen = (x: Formula, [low, unknown, high]: readonly [Formula, Formula, Formula]): Formula =>
  conditional(isHigh(x), [high, conditional(isLow(x), [low, unknown])]);

const gate = (law: (inputs: readonly Formula[]) => Formula): CodeModelKind => ({
  ports: [{ ...digital('in'), vector: true }, digital('out')],
  parameters: { inert: DELAYS },
  laws: { out: (_, read) => law(read('in')) },
});
const all = (inputs: readonly Formula[]): Formula => joined('min', inputs);
const any = (inputs: readonly Formula[]): Formula => joined('max', inputs);
const odd = (inputs: readonly Formula[]): Formula => inputs.reduce(either);

const constantOutput = (value: Formula): CodeModelKind => ({
  ports: [digital('out')],
  parameters: { inert: ['load'] },
  laws: { out: () => value },
});

/** `ic`: 0, 1, or 2 for unknown. */
function initial(parameters: CodeModelParameters): Formula {
  const state = parameters.number('ic');
  return state === 0 ? ZERO : state === 1 ? ONE : HALF;
}

/** Set and reset act at once; an unknown one does not act. */
function held(read: Reader, state: Formula): Formula {
  const active = (port: string): Formula => isHigh(read(port)[0] ?? ZERO);
  return conditional(active('set'), [ONE, conditional(active('reset'), [ZERO, state])]);
}

/** A part with two complementary outputs, set, reset and an initial state. */
function bistable(inputs: readonly string[], state: PortLaw): CodeModelKind {
  const out: PortLaw = (parameters, read, index) => held(read, state(parameters, read, index));
  return {
    ports: [...inputs.map(digital), ...['set', 'reset', 'out', 'nout'].map(open)],
    parameters: {
      numbers: { ic: 0 },
      inert: [
        ...['clk_delay', 'data_delay', 'enable_delay', 'set_delay', 'reset_delay'],
        ...['data_load', 'clk_load', 'enable_load', 'set_load', 'reset_load'],
        ...['jk_load', 't_load', 'sr_load', ...DELAYS],
      ],
    },
    laws: { out, nout: (...at) => not(out(...at)) },
  };
}

const flipFlop = (...inputs: string[]): CodeModelKind => bistable([...inputs, 'clk'], initial);

/** By lower-case name. */
export const EVENTS: Readonly<Record<string, CodeModelKind>> = {
  adc_bridge: {
    ports: [
      { name: 'in', types: ['v', 'vd'], vector: true },
      { ...digital('out'), vector: true },
    ],
    parameters: { numbers: { in_low: 1, in_high: 2 }, inert: DELAYS },
    laws: {
      out: (parameters, read, index) => {
        const x = read('in')[index] ?? ZERO;
        const low = binary('lessOrEqual', [x, constant(parameters.number('in_low'))]);
        const high = binary('greaterOrEqual', [x, constant(parameters.number('in_high'))]);
        return conditional(low, [ZERO, conditional(high, [ONE, HALF])]);
      },
    },
  },
  dac_bridge: {
    ports: [
      { ...digital('in'), vector: true },
      { name: 'out', types: ['v', 'vd', 'i', 'id'], vector: true },
    ],
    parameters: {
      numbers: { out_low: 0, out_high: 1, out_undef: 0.5 },
      inert: ['t_rise', 't_fall', 'input_load'],
    },
    laws: {
      out: (parameters, read, index) => {
        const level = (key: string) => constant(parameters.number(key));
        const levels = [level('out_low'), level('out_undef'), level('out_high')] as const;
        return chosen(read('in')[index] ?? HALF, levels);
      },
    },
  },
  d_and: gate(all),
  d_nand: gate((inputs) => not(all(inputs))),
  d_or: gate(any),
  d_nor: gate((inputs) => not(any(inputs))),
  d_xor: gate(odd),
  d_xnor: gate((inputs) => not(odd(inputs))),
  d_buffer: gate(all),
  d_inverter: gate((inputs) => not(all(inputs))),
  d_pullup: constantOutput(ONE),
  d_pulldown: constantOutput(ZERO),
  d_dff: flipFlop('data'),
  d_jkff: flipFlop('j', 'k'),
  d_tff: flipFlop('t'),
  d_srff: flipFlop('s', 'r'),
  d_dlatch: bistable(['data', 'enable'], (parameters, read) =>
    chosen(first(read, 'enable'), [initial(parameters), HALF, first(read, 'data')]),
  ),
  d_to_real: {
    ports: [digital('in'), open('enable'), real('out')],
    parameters: { numbers: { zero: 0, one: 1 }, inert: ['delay'] },
    laws: {
      out: (parameters, read) => {
        const [zero, one] = [parameters.number('zero'), parameters.number('one')];
        const levels = [constant(zero), constant((zero + one) / 2), constant(one)] as const;
        const enable = read('enable')[0] ?? ONE;
        return conditional(isLow(enable), [ZERO, chosen(first(read, 'in'), levels)]);
      },
    },
  },
  real_gain: {
    ports: [real('in'), real('out')],
    parameters: { numbers: { ic: 0 }, inert: ['in_offset', 'gain', 'out_offset', 'delay'] },
    laws: { out: (parameters) => constant(parameters.number('ic')) },
  },
  real_delay: {
    ports: [real('in'), digital('clk'), real('out')],
    parameters: { inert: ['delay'] },
    laws: { out: () => ZERO },
  },
  real_to_v: {
    ports: [real('in'), { name: 'out', types: ['v', 'vd', 'i', 'id'] }],
    parameters: { numbers: { gain: 1 }, inert: ['transition_time'] },
    laws: {
      out: (parameters, read) => times(constant(parameters.number('gain')), first(read, 'in')),
    },
  },
};
