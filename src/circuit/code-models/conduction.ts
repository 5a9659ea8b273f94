/** Code models whose ports conduct: Zener diode, switch, potentiometer, winding. */

import { binary, conditional, constant, type Formula, unary } from '../../devices/formula.ts';
import { EvaluationFault } from '../scope.ts';
import { first } from './arithmetic.ts';
import { READ } from './connections.ts';
import { minus, over, plus, times } from './corner.ts';
import type { CodeModelKind } from './kinds.ts';
import type { CodeModelParameters } from './parameters.ts';

/** kT/q of the code model whatever the temperature [V]. */
const THERMAL_VOLTAGE = 0.026;
/** Of the leak between the terminals, at the breakdown voltage [A]. */
const LEAK = 1e-6;

/**
 * I_SAT (exp(v / n 0.026) - 1), below the voltage where its slope is I_SAT / 10 its tangent; breakdown as
 * I_BREAKDOWN exp(-(v + V_BREAKDOWN) / (I_BREAKDOWN R_BREAKDOWN)); a leak. Measured on ngspice 39.
 */
function zenerCurrent(parameters: CodeModelParameters, v: Formula): Formula {
  const saturation = parameters.number('i_sat');
  const emission = parameters.number('n_forward') * THERMAL_VOLTAGE;
  const breakdown = parameters.number('v_breakdown');
  const current = parameters.number('i_breakdown');
  const steepness = current * parameters.number('r_breakdown');
  const tangent = emission * Math.log(emission / 10);
  const forward = times(
    constant(saturation),
    minus(unary('exp', over(v, constant(emission))), constant(1)),
  );
  const reverse = times(
    constant(saturation),
    plus(constant(emission / 10 - 1), times(constant(0.1), minus(v, constant(tangent)))),
  );
  const broken = times(
    constant(current),
    unary('exp', over(unary('negate', plus(v, constant(breakdown))), constant(steepness))),
  );
  const conducting = conditional(binary('less', [v, constant(tangent)]), [reverse, forward]);
  const leak = times(v, constant(LEAK / breakdown));
  return plus(minus(conducting, broken), leak);
}

/** The least resistance of a switch [ohm], and the logarithm of the largest. */
const LEAST = 1e-9;
const LARGEST = Math.log(1e30);

/** Log-linear or linear between r_off and r_on, and on beyond cntl_off and cntl_on, as in ngspice 39. */
function switchResistance(parameters: CodeModelParameters, control: Formula): Formula {
  const [off, on] = [parameters.number('cntl_off'), parameters.number('cntl_on')];
  const [open, closed] = [parameters.number('r_off'), parameters.number('r_on')];
  if (off === on || open <= 0 || closed <= 0) {
    throw new EvaluationFault(
      'value_out_of_range',
      parameters.span,
      'A switch needs two different control values and positive resistances.',
    );
  }
  const way = over(minus(control, constant(off)), constant(on - off));
  const between = (from: number, to: number) =>
    plus(constant(from), times(constant(to - from), way));
  if (!parameters.flag('log')) return binary('max', [between(open, closed), constant(LEAST)]);
  const logarithm = binary('max', [
    between(Math.log(open), Math.log(closed)),
    constant(Math.log(LEAST)),
  ]);
  return unary('exp', binary('min', [logarithm, constant(LARGEST)]));
}

/** (v_port - v_wiper) / R on one side of a wiper. */
function side(
  parameters: CodeModelParameters,
  end: Formula,
  wiper: Formula,
  part: number,
): Formula {
  if (parameters.flag('log') || !(part > 0)) {
    throw new EvaluationFault(
      'unsupported_model',
      parameters.span,
      'A potentiometer must be linear, its position between 0 and 1.',
    );
  }
  return over(minus(end, wiper), constant(part * parameters.number('r')));
}

/** By lower-case name. */
export const CONDUCTION: Readonly<Record<string, CodeModelKind>> = {
  zener: {
    ports: [{ name: 'z', types: ['gd', 'g'] }],
    parameters: {
      numbers: { v_breakdown: null, i_breakdown: 2e-2, r_breakdown: 1, i_sat: 1e-12, n_forward: 1 },
      inert: ['limit_switch'],
    },
    laws: { z: (parameters, read) => zenerCurrent(parameters, first(read, 'z')) },
  },
  aswitch: {
    ports: [
      { name: 'cntl_in', types: READ },
      { name: 'out', types: ['gd', 'g'] },
    ],
    parameters: {
      numbers: { cntl_off: 0, cntl_on: 1, r_off: 1e12, r_on: 1 },
      flags: { log: true },
    },
    laws: {
      out: (parameters, read) =>
        over(first(read, 'out'), switchResistance(parameters, first(read, 'cntl_in'))),
    },
  },
  potentiometer: {
    ports: [
      { name: 'r0', types: ['g'] },
      { name: 'wiper', types: ['g'] },
      { name: 'r1', types: ['g'] },
    ],
    parameters: {
      numbers: { position: 0.5, r: 1e5 },
      flags: { log: false },
      inert: ['log_multiplier'],
    },
    laws: {
      r0: (parameters, read) =>
        side(parameters, first(read, 'r0'), first(read, 'wiper'), parameters.number('position')),
      r1: (parameters, read) =>
        side(
          parameters,
          first(read, 'r1'),
          first(read, 'wiper'),
          1 - parameters.number('position'),
        ),
      wiper: (parameters, read) => {
        const position = parameters.number('position');
        const [lower, upper] = [first(read, 'r0'), first(read, 'r1')];
        return plus(
          side(parameters, first(read, 'wiper'), lower, position),
          side(parameters, first(read, 'wiper'), upper, 1 - position),
        );
      },
    },
  },
  /** A winding: no voltage at DC, and the magnetomotive force num_turns I as a voltage. */
  lcouple: {
    ports: [
      { name: 'l', types: ['hd', 'h'] },
      { name: 'mmf_out', types: ['hd'] },
    ],
    parameters: { numbers: { num_turns: 1 } },
    laws: {
      l: () => constant(0),
      mmf_out: (parameters, read) =>
        times(constant(parameters.number('num_turns')), first(read, 'l')),
    },
  },
};
