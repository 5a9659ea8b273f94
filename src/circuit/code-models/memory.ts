/** Code models with a memory, which at the operating point stand where they start (measured on ngspice 39). */

import { constant } from '../../devices/formula.ts';
import { EvaluationFault } from '../scope.ts';
import { amplified, first } from './arithmetic.ts';
import { DRIVE, type PortSpecification, READ } from './connections.ts';
import { minus, over, plus, rounded, times } from './corner.ts';
import type { CodeModelKind } from './kinds.ts';

const IN: PortSpecification = { name: 'in', types: READ };
const OUT: PortSpecification = { name: 'out', types: DRIVE };

/** A wave between out_low and out_high: a part of the way up at its start. */
const oscillator = (start: number): CodeModelKind => ({
  ports: [{ ...IN, name: 'cntl_in' }, OUT],
  parameters: {
    numbers: { out_low: -1, out_high: 1 },
    inert: ['cntl_array', 'freq_array', 'duty_cycle', 'rise_time', 'fall_time', 'rise_duty'],
  },
  laws: {
    out: (parameters) => {
      const [low, high] = [parameters.number('out_low'), parameters.number('out_high')];
      return constant(low + start * (high - low));
    },
  },
});

/** By lower-case name. */
export const MEMORY: Readonly<Record<string, CodeModelKind>> = {
  /** The initial state is the rising one. */
  hyst: {
    ports: [IN, OUT],
    parameters: {
      numbers: {
        in_low: 0,
        in_high: 1,
        hyst: 0.1,
        out_lower_limit: 0,
        out_upper_limit: 1,
        input_domain: 0.01,
      },
      flags: { fraction: true },
    },
    laws: {
      out: (parameters, read) => {
        const [low, high] = [parameters.number('in_low'), parameters.number('in_high')];
        const shift = parameters.number('hyst');
        if (high <= low) {
          const message = 'in_high of a hyst model must be larger than in_low.';
          throw new EvaluationFault('bad_table', parameters.span, message);
        }
        const domain = parameters.number('input_domain');
        return rounded(first(read, 'in'), {
          points: [
            [low + shift, parameters.number('out_lower_limit')],
            [high + shift, parameters.number('out_upper_limit')],
          ],
          outside: 'level',
          domain: () => domain * (parameters.flag('fraction') ? high - low : 1),
        });
      },
    },
  },
  slew: {
    ports: [IN, OUT],
    parameters: { inert: ['rise_slope', 'fall_slope', 'range'] },
    laws: { out: (_, read) => first(read, 'in') },
  },
  d_dt: {
    ports: [IN, OUT],
    parameters: {
      inert: ['gain', 'out_offset', 'out_lower_limit', 'out_upper_limit', 'limit_range'],
    },
    laws: { out: () => constant(0) },
  },
  int: {
    ports: [IN, OUT],
    parameters: {
      numbers: { out_ic: 0 },
      inert: ['in_offset', 'gain', 'out_lower_limit', 'out_upper_limit', 'limit_range'],
    },
    laws: { out: (parameters) => constant(parameters.number('out_ic')) },
  },
  /**
   * y = b_n z + sum b_i x_i, z = (u - sum a_i x_i) / a_n, where the integrators x_i hold their int_ic: not the
   * gain b_0 / a_0 that it settles at.
   */
  s_xfer: {
    ports: [IN, OUT],
    parameters: {
      numbers: { in_offset: 0, gain: 1 },
      lists: ['num_coeff', 'den_coeff', 'int_ic'],
      inert: ['denorm_freq', 'denormalized_freq'],
    },
    laws: {
      out: (parameters, read) => {
        const [a = 0, ...lower] = parameters.list('den_coeff');
        const numerator = parameters.list('num_coeff');
        if (a === 0 || numerator.length === 0 || numerator.length > lower.length + 1) {
          throw new EvaluationFault(
            'bad_transfer_function',
            parameters.span,
            'num_coeff and den_coeff are not the coefficients of a proper transfer function.',
            'Write num_coeff=[...] den_coeff=[...], the highest power first.',
          );
        }
        const padding = Array.from({ length: lower.length + 1 - numerator.length }, () => 0);
        const [b = 0, ...rest] = [...padding, ...numerator];
        const state = parameters.list('int_ic');
        const dot = (list: readonly number[]) =>
          list.reduce((sum, value, i) => sum + value * (state[i] ?? 0), 0);
        const highest = over(minus(amplified(parameters, read), constant(dot(lower))), constant(a));
        return plus(times(constant(b), highest), constant(dot(rest)));
      },
    },
  },
  sine: oscillator(0.5),
  square: oscillator(0),
  triangle: oscillator(0),
};
