/** One corner of the tolerances: the circuit with these values, and its output from a solution of its own. */

import type { LinearCircuit, LinearElement, OpAmp, Output } from '../circuit/circuit.ts';
import { known, type OpAmpSpecification } from '../circuit/specification.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import { Solver } from '../mna/solver.ts';
import { assemble } from '../mna/system.ts';
import { totalSolution } from './operating-point.ts';
import { outputValue } from './output.ts';
import type { CornerVariation, OpAmpCause } from './variation.ts';

/** A variation and where it is: the factor of an element's value, the specification of an op amp, the value of a source. */
export type Corner = ReadonlyMap<CornerVariation, number>;

export interface CornerInput {
  readonly circuit: LinearCircuit;
  readonly output: Output;
  readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
}

/** The output at a corner [V or A] @throws {UnsolvableError} {SingularMatrixError} at a pole. */
export function outputAt(corner: Corner, { circuit, output, biasPoints }: CornerInput): number {
  const { elements, points } = elementsAt(corner, { elements: circuit.elements, biasPoints });
  const solver = new Solver(assemble({ ...circuit, elements }, 'finite'));
  return outputValue(output, totalSolution(solver, points), solver.system);
}

/** The sign of F = det M / det M_dead at a corner: negative where the circuit latches (theory D11, Th. 4). */
export function feedbackSignAt(
  corner: Corner,
  { circuit, biasPoints }: Omit<CornerInput, 'output'>,
): number {
  const { elements } = elementsAt(corner, { elements: circuit.elements, biasPoints });
  const [finite, dead] = (['finite', 'dead'] as const).map(
    (network) => new Solver(assemble({ ...circuit, elements }, network)).determinant.sign,
  );
  return (finite ?? 0) * (dead ?? 0);
}

/** The elements with the values of the corner, all of them known. */
export function elementsAt(
  corner: Corner,
  {
    elements,
    biasPoints,
  }: {
    readonly elements: readonly LinearElement[];
    readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
  },
): { readonly elements: readonly LinearElement[]; readonly points: Map<OpAmp, BiasPoint> } {
  const factors = new Map<LinearElement, number>();
  const sources = new Map<LinearElement, number>();
  const specifications = new Map<LinearElement, OpAmpSpecification>();
  const drifting = new Set<LinearElement>();
  for (const [variation, value] of corner) {
    if (variation.kind === 'element') {
      factors.set(variation.element, value);
      continue;
    }
    if (variation.kind === 'source') {
      sources.set(variation.source, value);
      continue;
    }
    const { opAmp, cause } = variation;
    const before = specifications.get(opAmp) ?? opAmp.specification;
    specifications.set(opAmp, withValue(before, cause, value));
    if (cause === 'drift') drifting.add(opAmp);
  }
  const points = new Map<OpAmp, BiasPoint>();
  const moved = elements.map((element): LinearElement => {
    if (element.kind !== 'opAmp') {
      return scaled(withSource(element, sources.get(element)), factors.get(element) ?? 1);
    }
    const specification = specifications.get(element) ?? element.specification;
    const opAmp = { ...element, specification };
    const point = biasPoints.get(element);
    // A drift voltage stands in the place of a coefficient: it is that of a step of 1 K.
    const step = drifting.has(element) ? { temperatureStep: 1 } : {};
    if (point !== undefined) points.set(opAmp, { ...point, ...step });
    return opAmp;
  });
  return { elements: moved, points };
}

/** The element, a source with another value [V or A]. */
function withSource(element: LinearElement, value: number | undefined): LinearElement {
  if (value === undefined) return element;
  if (element.kind === 'voltageSource') return { ...element, voltage: value };
  return element.kind === 'currentSource' ? { ...element, current: value } : element;
}

/** The element with its value times `factor`. */
export function scaled(element: LinearElement, factor: number): LinearElement {
  switch (element.kind) {
    case 'resistor':
      return { ...element, resistance: element.resistance * factor };
    case 'voltageSource':
      return { ...element, voltage: element.voltage * factor };
    case 'currentSource':
      return { ...element, current: element.current * factor };
    case 'controlledVoltage':
    case 'controlledCurrent':
      return {
        ...element,
        controls: element.controls.map((control) => ({ ...control, gain: control.gain * factor })),
        offset: element.offset * factor,
      };
    default:
      return element;
  }
}

function withValue(
  specification: OpAmpSpecification,
  cause: OpAmpCause,
  value: number,
): OpAmpSpecification {
  const at = known(value);
  const { inversePsrr, bias } = specification;
  switch (cause) {
    case 'Vos':
      return { ...specification, offsetVoltage: at };
    case 'drift':
      return { ...specification, drift: at };
    case 'Aol':
      return { ...specification, inverseGain: at };
    case 'Cmrr':
      return { ...specification, inverseCmrr: at };
    case 'Psrr':
      return { ...specification, inversePsrr: { kind: 'lumped', both: at } };
    case 'PsrrPlus':
    case 'PsrrMinus': {
      if (inversePsrr.kind === 'lumped') return specification;
      const side = cause === 'PsrrPlus' ? { plus: at } : { minus: at };
      return { ...specification, inversePsrr: { ...inversePsrr, ...side } };
    }
    case 'Ib':
    case 'Ios': {
      if (bias.kind !== 'average') return specification;
      const part = cause === 'Ib' ? { average: at } : { offset: at };
      return { ...specification, bias: { ...bias, ...part } };
    }
    case 'Ibn':
    case 'Ibi': {
      if (bias.kind !== 'pins') return specification;
      const pin = cause === 'Ibn' ? { nonInverting: at } : { inverting: at };
      return { ...specification, bias: { ...bias, ...pin } };
    }
  }
}
