/**
 * Everything that may deviate from its nominal value, each as one rank-one term d of the finite network,
 * (M + d u v') x = b + d u w: resistors and gains in the matrix, sources, V_OS and bias currents on the right
 * side alone (v = 0), and 1/A_OL, 1/CMRR, 1/PSRR on both (theory D2, 3.2).
 */

import {
  type Control,
  type ControlledCurrent,
  type ControlledVoltage,
  type CurrentSource,
  GROUND,
  type LinearCircuit,
  type LinearElement,
  type OpAmp,
  type VoltageSource,
} from '../circuit/circuit.ts';
import type { Range } from '../circuit/ranges.ts';
import type { Spread } from '../circuit/specification.ts';
import type { Tolerance } from '../circuit/tolerance.ts';
import { type BiasPoint, type Column, opAmpColumns, sourceColumn } from '../mna/excitation.ts';
import { branchOf, type Unknowns } from '../mna/system.ts';

/** One rank-one term. */
export interface Term {
  readonly u: Column;
  readonly v: Column;
  readonly w: number;
}

export interface ElementVariation extends Term {
  readonly kind: 'element';
  readonly element: LinearElement;
  readonly tolerance: Tolerance;
  /** d when the value is `factor` times the nominal one. */
  readonly step: (factor: number) => number;
  /** The nominal value; of several gains, and of a gain with a constant, their common factor 1. */
  readonly value: number;
  /** dd per unit of the value at the nominal one. */
  readonly slope: number;
}

/** The causes of theory D2 and AN1177 Eq. 4; `drift` is TC dT as a voltage. */
export type OpAmpCause =
  | 'Vos'
  | 'drift'
  | 'Aol'
  | 'Cmrr'
  | 'Psrr'
  | 'PsrrPlus'
  | 'PsrrMinus'
  | 'Ib'
  | 'Ios'
  | 'Ibn'
  | 'Ibi';

export interface OpAmpVariation extends Term {
  readonly kind: 'opAmp';
  readonly opAmp: OpAmp;
  readonly cause: OpAmpCause;
  readonly spread: Spread;
}

export type Variation = ElementVariation | OpAmpVariation;

/** A source that moves over its range: a condition, no error, so that the ideal output moves with it. */
export interface SourceVariation extends Term {
  readonly kind: 'source';
  readonly source: VoltageSource | CurrentSource;
  /** [V or A] */
  readonly range: Range;
}

/** What a corner has a value of. */
export type CornerVariation = Variation | SourceVariation;

export function variations(
  circuit: LinearCircuit,
  {
    unknowns,
    biasPoints,
  }: { readonly unknowns: Unknowns; readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint> },
): readonly Variation[] {
  const elements = new Map(circuit.elements.map((element) => [element.name, element]));
  const found: Variation[] = [];
  const { temperature } = circuit;
  const isWarmed = temperature !== null && temperature.low !== temperature.high;
  for (const tolerance of circuit.tolerances) {
    if (!varies(tolerance, isWarmed)) continue;
    const element = elements.get(tolerance.element);
    const term = element === undefined ? undefined : elementTerm(element, unknowns);
    if (element === undefined || term === undefined) continue;
    found.push({ kind: 'element', element, tolerance, ...term });
  }
  for (const [opAmp, biasPoint] of biasPoints) {
    const all = opAmpTerms(opAmp, { biasPoint, unknowns });
    // A known drift is another voltage at every temperature.
    const isDrift = ({ cause, spread }: OpAmpVariation) =>
      cause === 'drift' && spread.nominal !== 0;
    found.push(
      ...all.filter((at) => at.spread.low !== at.spread.high || (isWarmed && isDrift(at))),
    );
  }
  return found;
}

function varies({ deviation, coefficient, ageing, match }: Tolerance, isWarmed: boolean): boolean {
  const parts = [
    deviation,
    ageing,
    ...(match === undefined ? [] : [match.common]),
    ...(isWarmed ? [coefficient] : []),
  ];
  return parts.some(({ low, high }) => low !== 0 || high !== 0);
}

/** The term of the value of an element; of a source with several gains of their common factor. */
export function elementTerm(
  element: LinearElement,
  unknowns: Unknowns,
): Omit<ElementVariation, 'kind' | 'element' | 'tolerance'> | undefined {
  switch (element.kind) {
    case 'resistor': {
      const { resistance, port } = element;
      const row = unknowns.branches.get(element.name.toLowerCase());
      if (row !== undefined) {
        // V - R i = 0
        const step = (factor: number) => resistance * (factor - 1);
        return { u: [[row, 1]], v: [[row, -1]], w: 0, step, value: resistance, slope: 1 };
      }
      const across: Column = [
        [port.plus, 1],
        [port.minus, -1],
      ];
      const step = (factor: number) => (1 / factor - 1) / resistance;
      const slope = -1 / resistance ** 2;
      return { u: across, v: across, w: 0, step, value: resistance, slope };
    }
    case 'voltageSource':
    case 'currentSource': {
      const nominal = sourceValue(element);
      const step = (factor: number) => nominal * (factor - 1);
      const u = sourceColumn(element, unknowns) ?? [];
      return { u, v: [], w: 1, step, value: nominal, slope: 1 };
    }
    case 'controlledVoltage': {
      const u: Column = [[branchOf(unknowns, element.name), 1]];
      const v = sensed(element.controls, { sign: -1, unknowns });
      return { u, v, w: element.offset, ...factorOf(element) };
    }
    case 'controlledCurrent': {
      const u: Column = [
        [element.port.plus, 1],
        [element.port.minus, -1],
      ];
      const v = sensed(element.controls, { sign: 1, unknowns });
      return { u, v, w: -element.offset, ...factorOf(element) };
    }
    default:
      return undefined;
  }
}

/** All gains of a source have one tolerance. */
function factorOf({
  controls: [first, second],
  offset,
}: ControlledVoltage | ControlledCurrent): Pick<ElementVariation, 'step' | 'slope' | 'value'> {
  const isSingle = first !== undefined && second === undefined && offset === 0;
  const value = isSingle && first.gain !== 0 ? first.gain : 1;
  return { step: (factor) => factor - 1, value, slope: 1 / value };
}

/** sum gain * control */
function sensed(
  controls: readonly Control[],
  { sign, unknowns }: { sign: 1 | -1; unknowns: Unknowns },
): Column {
  return controls.flatMap((control): Column => {
    const gain = sign * control.gain;
    if (control.quantity === 'I') return [[branchOf(unknowns, control.element), gain]];
    return [
      [control.port.plus, gain],
      [control.port.minus, -gain],
    ];
  });
}

/** The terms of all specifications of an op amp, also of those that are known. */
export function opAmpTerms(
  opAmp: OpAmp,
  { biasPoint, unknowns }: { readonly biasPoint: BiasPoint; readonly unknowns: Unknowns },
): readonly OpAmpVariation[] {
  const { specification, plus, minus, output } = opAmp;
  const vdd = opAmp.positiveSupply ?? GROUND;
  const vss = opAmp.negativeSupply ?? GROUND;
  const row = branchOf(unknowns, opAmp.name);
  const found: OpAmpVariation[] = [];
  const add = (cause: OpAmpCause, spread: Spread, term: Term): void => {
    found.push({ kind: 'opAmp', opAmp, cause, spread, ...term });
  };
  const inRow = (v: Column, w: number): Term => ({ u: [[row, 1]], v, w });
  add('Vos', specification.offsetVoltage, inRow([], -1));
  add('drift', specification.drift, inRow([], -1));
  const out: Column = [
    [output.plus, -1],
    [output.minus, 1],
  ];
  add('Aol', specification.inverseGain, inRow(out, -biasPoint.output));
  const commonMode: Column = [
    [plus, 0.5],
    [minus, 0.5],
  ];
  add('Cmrr', specification.inverseCmrr, inRow(commonMode, biasPoint.commonMode));
  const { inversePsrr } = specification;
  if (inversePsrr.kind === 'lumped') {
    const supply: Column = [
      [vdd, 1],
      [vss, -1],
    ];
    const specified = biasPoint.positiveSupply - biasPoint.negativeSupply;
    add('Psrr', inversePsrr.both, inRow(supply, specified)); // erratum E4
  } else {
    add('PsrrPlus', inversePsrr.plus, inRow([[vdd, 1]], biasPoint.positiveSupply));
    add('PsrrMinus', inversePsrr.minus, inRow([[vss, 1]], biasPoint.negativeSupply));
  }
  const { nonInverting, inverting } = opAmpColumns(opAmp, unknowns);
  const half = (column: Column, sign: 1 | -1): Column =>
    column.map(([at, coefficient]) => [at, (sign * coefficient) / 2]);
  const { bias } = specification;
  if (bias.kind === 'average') {
    add('Ib', bias.average, { u: [...nonInverting, ...inverting], v: [], w: 1 });
    const difference = [...half(nonInverting, 1), ...half(inverting, -1)];
    add('Ios', bias.offset, { u: difference, v: [], w: 1 }); // AN1177 Eq. 4
  } else {
    add('Ibn', bias.nonInverting, { u: nonInverting, v: [], w: 1 });
    add('Ibi', bias.inverting, { u: inverting, v: [], w: 1 });
  }
  return found;
}

/** In the netlist [V or A]. */
export function sourceValue(source: VoltageSource | CurrentSource): number {
  return source.kind === 'voltageSource' ? source.voltage : source.current;
}
