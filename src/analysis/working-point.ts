/**
 * The operating point at which non-linear elements are linearised, with the known errors of the op amps in
 * it: first without errors, which gives the supplies at which they are specified, then with them.
 */

import {
  type Circuit,
  type Element,
  isLinear,
  isNonlinear,
  type LinearCircuit,
  nodeName,
  type OpAmp,
  opAmpsOf,
  terminals,
} from '../circuit/circuit.ts';
import { deadNetworkFaults, type Fault, feedbackFault } from '../mna/diagnosis.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import type { PointAid } from '../mna/gain-stepping.ts';
import { instancesOf } from '../mna/instance.ts';
import { genericTangents } from '../mna/linearisation.ts';
import {
  isFound,
  type NoOperatingPoint,
  type OperatingPoint,
  operatingPoint,
} from '../mna/operating-point.ts';
import { assemble } from '../mna/system.ts';
import { type DeviceBias, deviceBiases } from './device-bias.ts';
import { biasPoints } from './operating-point.ts';

export interface WorkingPoint {
  readonly linear: LinearCircuit;
  readonly devices: readonly DeviceBias[];
  readonly aids: readonly PointAid[];
  /** Without the errors of the op amps, and with them; absent in a linear circuit. */
  readonly points?: WorkingPoints;
  /** Why there is no operating point; then `linear` is of no use. */
  readonly faults: readonly Fault[];
}

export interface WorkingPoints {
  readonly nominal: OperatingPoint;
  readonly total: OperatingPoint;
  readonly errors: ReadonlyMap<OpAmp, BiasPoint>;
}

export function workingPoint(circuit: Circuit): WorkingPoint {
  if (isLinear(circuit)) return { linear: circuit, devices: [], aids: [], faults: [] };
  const linear = genericTangents(circuit, instancesOf(circuit));
  const nothing = { linear, devices: [], aids: [] };
  const faults = deadNetworkFaults(assemble(linear, 'dead'));
  if (faults.length > 0) return { ...nothing, faults };
  const points = found(circuit, linear);
  if (!('nominal' in points)) return { ...nothing, faults: [noConvergence(circuit, points)] };
  const { nominal, total } = points;
  const undefinedValues = valueFaults(total);
  if (undefinedValues.length > 0) return { ...nothing, faults: undefinedValues };
  return {
    linear: total.circuit,
    devices: deviceBiases(total),
    aids: [...new Set([...nominal.aids, ...total.aids])],
    points,
    faults: [],
  };
}

/** An op amp without DC feedback has no nullor solution; its outputs at 0 V then stand for the nominal point. */
function found(circuit: Circuit, linear: LinearCircuit): WorkingPoints | NoOperatingPoint {
  const opAmps = opAmpsOf(circuit);
  const open = opAmps.length > 0 && feedbackFault(assemble(linear, 'ideal')) !== undefined;
  const nominal = operatingPoint(circuit, { network: open ? 'dead' : 'ideal' });
  if (!isFound(nominal)) return nominal;
  const errors = biasPoints(linear, { opAmps, nominal: nominal.solution });
  if (opAmps.length === 0) return { nominal, total: nominal, errors };
  const from = open ? {} : { from: nominal };
  const total = operatingPoint(circuit, { network: 'finite', errors, ...from });
  return isFound(total) ? { nominal, total, errors } : total;
}

export function noConvergence(circuit: Circuit, { restless }: NoOperatingPoint): Fault {
  const { elements } = circuit;
  const devices = elements.filter(isNonlinear);
  const hasOpAmps = elements.some(({ kind }) => kind === 'opAmp');
  const atRestless = (element: Element) =>
    restless !== undefined && terminals(element).includes(restless);
  const moves =
    restless === undefined
      ? ''
      : ` Newton's method leaves the voltage of "${nodeName(circuit, restless)}" most at large.`;
  return {
    status: 'no_convergence',
    message: `No operating point was found for the ${devices.length} non-linear elements of the circuit, neither by Newton's method nor with gmin stepping, source stepping, pseudo-transient and damped steps.${moves}`,
    hint: hasOpAmps
      ? 'An op amp that saturates has no error analysis; "nullor op" solves macromodels as they are written. Else state voltages near the solution with .nodeset V(node)=value.'
      : 'State voltages near the solution with .nodeset V(node)=value.',
    element: devices.find(atRestless) ?? elements.find(atRestless) ?? devices[0],
  };
}

/** Elements whose formula has no value at an operating point: Newton went on along a stand-in. */
export function valueFaults({ instances, tangents }: OperatingPoint): readonly Fault[] {
  return instances.flatMap(({ element, fault }, i) => {
    const reason = fault(tangents[i]?.u ?? new Float64Array());
    if (reason === null) return [];
    return [
      {
        status: 'no_convergence' as const,
        message: `"${element.name}" has no value at the operating point that was found: ${reason}`,
        hint: 'Keep its argument in the domain, for instance with max(x, 1e-12).',
        element,
      },
    ];
  });
}
