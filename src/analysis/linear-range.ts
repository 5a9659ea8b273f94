/**
 * Whether tangents are enough: the figures of a linearised circuit hold for small deviations, so the ideal
 * output and the corners of the budget are solved with the devices as they are and compared.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import { formatEngineering } from '../../grammar/number.ts';
import type { Circuit, OpAmp } from '../circuit/circuit.ts';
import type { Instance } from '../mna/instance.ts';
import type { Tangent } from '../mna/linearisation.ts';
import { tangentAt } from '../mna/newton.ts';
import {
  type Disturbance,
  isFound,
  type OperatingPoint,
  operatingPoint,
} from '../mna/operating-point.ts';
import type { BudgetRow } from './budget.ts';
import type { CircuitAnalysis } from './circuit-analysis.ts';
import { outputValue } from './output.ts';
import type { WorkingPoints } from './working-point.ts';

/** Part of an error by which the tangents may be wrong before it is worth a word. */
const TOLERABLE = 0.01;
/** Part of the output below which a difference is rounding. */
const ROUNDING = 1e-10;

/** Warns of devices at a kink, and of errors that leave the range in which the tangents hold. */
export function adviseOnLinearRange(
  result: CircuitAnalysis,
  {
    circuit,
    points,
    diagnostics,
  }: {
    readonly circuit: Circuit;
    readonly points: WorkingPoints;
    readonly diagnostics: Diagnostics;
  },
): void {
  const { total, nominal } = points;
  adviseOnKinks(total, { gmin: circuit.gmin, diagnostics });
  const { operatingPoint: at, error, ideal, budget } = result;
  const { output } = circuit;
  const span = total.instances[0]?.element.span;
  if (output === null || span === undefined || typeof at?.output !== 'number') return;
  const unit = output.quantity === 'I' ? 'A' : 'V';
  const compare = (
    what: string,
    { found, predicted, scale }: { found: number; predicted: number; scale: number },
  ) => {
    const off = Math.abs(found - predicted);
    if (off <= TOLERABLE * scale || off <= ROUNDING * Math.abs(found)) return;
    const text = (value: number) => formatEngineering(value, { digits: 6, unit });
    diagnostics.warning(
      'beyond_linear_range',
      span,
      `${what} is ${text(found)} with the non-linear elements as they are, and ${text(predicted)} with their tangents at the operating point: the error leaves their linear range.`,
      'Take the figures as those of small deviations.',
    );
  };
  if (ideal !== null && typeof ideal.output === 'number' && error !== null && nominal !== total) {
    compare('The ideal output', {
      found: outputValue(output, nominal.solution, nominal.solver.system),
      predicted: ideal.output,
      scale: Math.abs(error.output),
    });
  }
  if (budget === null || budget.rows.length === 0) return;
  for (const side of ['low', 'high'] as const) {
    const corner = operatingPoint(circuit, {
      network: 'finite',
      errors: points.errors,
      disturbances: cornerOf(result, side),
      from: total,
    });
    if (!isFound(corner)) continue;
    compare(`The ${side === 'low' ? 'lowest' : 'highest'} output of the budget`, {
      found: outputValue(output, corner.solution, corner.solver.system),
      predicted: at.output + budget[side],
      scale: budget.worstCase,
    });
  }
}

/** Every spread at the end that gives the row's low or high, as what it does at its op amp. */
function cornerOf(
  { opAmps, budget, finiteGains }: CircuitAnalysis,
  side: 'low' | 'high',
): ReadonlyMap<OpAmp, Disturbance> {
  const disturbances = new Map<OpAmp, Disturbance>();
  for (const { opAmp } of opAmps) {
    const noiseGain = finiteGains?.opAmps.get(opAmp)?.noiseGain ?? 0;
    const rows = budget?.rows.filter((row) => row.opAmp === opAmp.name) ?? [];
    let [offset, nonInverting, inverting] = [0, 0, 0];
    for (const row of rows) {
      const step = row.gain === 0 ? 0 : row[side] / row.gain;
      const [first, second] = pinCurrents(row, step);
      nonInverting += first;
      inverting += second;
      if (!CURRENTS.has(row.cause) && noiseGain !== 0) offset += row[side] / noiseGain;
    }
    disturbances.set(opAmp, { offset, nonInverting, inverting });
  }
  return disturbances;
}

const CURRENTS: ReadonlySet<string> = new Set(['Ib', 'Ios', 'Ibn', 'Ibi']);

/** A step of I_B, I_OS or a pin's own current as I_BN and I_BI [A]. // AN1177 Eq. 4 */
function pinCurrents({ cause }: BudgetRow, step: number): readonly [number, number] {
  switch (cause) {
    case 'Ib':
      return [step, step];
    case 'Ios':
      return [step / 2, -step / 2];
    case 'Ibn':
      return [step, 0];
    case 'Ibi':
      return [0, step];
    default:
      return [0, 0];
  }
}

/** Of the input, and at least of 1 V or 1 A: nothing smooth changes its slope by much over so little. */
const STEP = 1e-7;
/** Part of a slope. */
const CHANGE = 0.01;

function adviseOnKinks(
  { instances, tangents, memory }: OperatingPoint,
  { gmin, diagnostics }: { readonly gmin: number; readonly diagnostics: Diagnostics },
): void {
  for (const [i, instance] of instances.entries()) {
    const tangent = tangents[i];
    const conditions = { gmin, memory: memory[i] ?? 0 };
    if (tangent === undefined || !hasKink(instance, tangent, conditions)) continue;
    const { name, span } = instance.element;
    diagnostics.warning(
      'at_kink',
      span,
      `"${name}" sits at a kink of its characteristic: its gain is another one on the other side, and errors that cross it are not what the tangent says.`,
    );
  }
}

/** Whether some slope jumps within a tiny step to either side. */
function hasKink(
  instance: Instance,
  { u, jacobian }: Tangent,
  conditions: { gmin: number; memory: number },
): boolean {
  const largest = Math.max(0, ...jacobian.map(Math.abs));
  return u.some((value, j) =>
    [-1, 1].some((sign) => {
      const moved = u.slice();
      moved[j] = value + sign * STEP * Math.max(1, Math.abs(value));
      const beside = tangentAt(instance, moved, conditions).jacobian;
      return beside.some(
        (slope, k) => Math.abs(slope - (jacobian[k] ?? 0)) > CHANGE * largest && largest > 0,
      );
    }),
  );
}
