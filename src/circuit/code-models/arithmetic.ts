/**
 * Code models that compute: gain, sum, product, quotient, limits, tables (ngspice manual, "Analog Models").
 * Values on the way are called as the manual calls them.
 */

import {
  binary,
  conditional,
  constant,
  type Formula,
  joined,
  type Point,
  unary,
} from '../../devices/formula.ts';
import { EvaluationFault } from '../scope.ts';
import { DRIVE, type PortSpecification, READ } from './connections.ts';
import { atLeast, limited, minus, over, plus, rounded, times } from './corner.ts';
import type { CodeModelKind, Reader } from './kinds.ts';
import type { CodeModelParameters } from './parameters.ts';

const IN: PortSpecification = { name: 'in', types: READ };
const OUT: PortSpecification = { name: 'out', types: DRIVE };

export function first(read: Reader, port: string): Formula {
  return read(port)[0] ?? constant(0);
}

/** gain (in + in_offset) */
export function amplified(parameters: CodeModelParameters, read: Reader): Formula {
  const offset = constant(parameters.number('in_offset'));
  return times(constant(parameters.number('gain')), plus(first(read, 'in'), offset));
}

/** in_gain_i (in_i + in_offset_i) of every element of the vector. */
function scaledInputs(parameters: CodeModelParameters, read: Reader): readonly Formula[] {
  const [offsets, gains] = [parameters.list('in_offset'), parameters.list('in_gain')];
  return read('in').map((input, i) =>
    times(constant(gains[i] ?? 1), plus(input, constant(offsets[i] ?? 0))),
  );
}

/** out_gain x + out_offset */
function scaledOutput(x: Formula, parameters: CodeModelParameters): Formula {
  return plus(
    times(constant(parameters.number('out_gain')), x),
    constant(parameters.number('out_offset')),
  );
}

const joining = (operation: 'add' | 'multiply'): CodeModelKind => ({
  ports: [{ ...IN, vector: true }, OUT],
  parameters: { numbers: { out_gain: 1, out_offset: 0 }, lists: ['in_offset', 'in_gain'] },
  laws: {
    out: (parameters, read) =>
      scaledOutput(joined(operation, scaledInputs(parameters, read)), parameters),
  },
});

/** The range of a smooth transition: a length, or with `fraction` a part of `whole`. */
const share = (parameters: CodeModelParameters, key: string, whole: number): number =>
  parameters.number(key) * (parameters.flag('fraction') ? whole : 1);

/** The denominator kept away from 0, on its side of it. */
function denominator(parameters: CodeModelParameters, read: Reader): Formula {
  const gain = constant(parameters.number('den_gain'));
  const raw = times(gain, plus(first(read, 'den'), constant(parameters.number('den_offset'))));
  const low = parameters.number('den_lower_limit');
  const size = atLeast(unary('abs', raw), low, share(parameters, 'den_domain', low));
  const negative = binary('less', [raw, constant(0)]);
  return conditional(negative, [unary('negate', size), size]);
}

/** The points of `x_array` and `y_array`. @throws {EvaluationFault} */
function pointsOf(parameters: CodeModelParameters): readonly Point[] {
  const [xs, ys] = [parameters.list('x_array'), parameters.list('y_array')];
  const points = xs.map((x, i): Point => [x, ys[i] ?? Number.NaN]);
  const ascending = xs.every((x, i) => i === 0 || x > (xs[i - 1] ?? x));
  if (points.length >= 2 && xs.length === ys.length && ascending) return points;
  throw new EvaluationFault(
    'bad_table',
    parameters.span,
    'x_array and y_array are not two lists of the same length with ascending x.',
    'Write x_array=[x1 x2 ...] y_array=[y1 y2 ...].',
  );
}

/** By lower-case name. */
export const ARITHMETIC: Readonly<Record<string, CodeModelKind>> = {
  gain: {
    ports: [IN, OUT],
    parameters: { numbers: { in_offset: 0, gain: 1, out_offset: 0 } },
    laws: {
      out: (parameters, read) =>
        plus(amplified(parameters, read), constant(parameters.number('out_offset'))),
    },
  },
  summer: joining('add'),
  mult: joining('multiply'),
  divide: {
    ports: [{ ...IN, name: 'num' }, { ...IN, name: 'den' }, OUT],
    parameters: {
      numbers: {
        num_offset: 0,
        num_gain: 1,
        den_offset: 0,
        den_gain: 1,
        den_lower_limit: 1e-10,
        den_domain: 1e-16,
        out_gain: 1,
        out_offset: 0,
      },
      flags: { fraction: false },
    },
    laws: {
      out: (parameters, read) => {
        const offset = constant(parameters.number('num_offset'));
        const gain = constant(parameters.number('num_gain'));
        const numerator = times(gain, plus(first(read, 'num'), offset));
        return scaledOutput(over(numerator, denominator(parameters, read)), parameters);
      },
    },
  },
  limit: {
    ports: [IN, OUT],
    parameters: {
      numbers: { in_offset: 0, gain: 1, out_lower_limit: 0, out_upper_limit: 1, limit_range: 1e-6 },
      flags: { fraction: false },
    },
    laws: {
      out: (parameters, read) => {
        const low = parameters.number('out_lower_limit');
        const high = parameters.number('out_upper_limit');
        return limited(amplified(parameters, read), {
          low: constant(low),
          high: constant(high),
          domain: constant(share(parameters, 'limit_range', high - low)),
        });
      },
    },
  },
  climit: {
    ports: [IN, { ...IN, name: 'cntl_upper' }, { ...IN, name: 'cntl_lower' }, OUT],
    parameters: {
      numbers: { in_offset: 0, gain: 1, upper_delta: 0, lower_delta: 0, limit_range: 1e-6 },
      flags: { fraction: false },
    },
    laws: {
      out: (parameters, read) => {
        const delta = (key: string) => constant(parameters.number(key));
        const high = minus(first(read, 'cntl_upper'), delta('upper_delta'));
        const low = plus(first(read, 'cntl_lower'), delta('lower_delta'));
        const range = constant(parameters.number('limit_range'));
        const domain = parameters.flag('fraction') ? times(range, minus(high, low)) : range;
        return limited(amplified(parameters, read), { low, high, domain });
      },
    },
  },
  pwl: {
    ports: [IN, OUT],
    parameters: {
      numbers: { input_domain: 0.01 },
      flags: { fraction: true, limit: false },
      lists: ['x_array', 'y_array'],
    },
    laws: {
      out: (parameters, read) => {
        const points = pointsOf(parameters);
        const width = (i: number) =>
          (points[i + 1]?.[0] ?? Infinity) - (points[i]?.[0] ?? -Infinity);
        return rounded(first(read, 'in'), {
          points,
          outside: parameters.flag('limit') ? 'level' : 'extended',
          domain: (i) => share(parameters, 'input_domain', Math.min(width(i - 1), width(i))),
        });
      },
    },
  },
};
