/**
 * Every independent cause is an excitation: a column of the right-hand side b of M x = b. No analysis
 * edits the circuit; it combines columns. Columns are sparse: the few rows a cause acts on.
 */

import { type Circuit, type Element, GROUND, type OpAmp } from '../circuit/circuit.ts';
import { biasCurrents, psrrPair } from '../circuit/specification.ts';
import { branchOf, type Unknowns } from './system.ts';

/** Rows and what one unit of the cause puts there. */
export type Column = readonly (readonly [row: number, coefficient: number])[];

/** The right-hand side of a unit of each cause at an op amp (theory D2). */
export interface OpAmpColumns {
  /** Per volt of V_OST. */
  readonly offset: Column;
  /** Per ampere of I_BN and I_BI, into the pins. */
  readonly nonInverting: Column;
  readonly inverting: Column;
}

export function opAmpColumns(opAmp: OpAmp, unknowns: Unknowns): OpAmpColumns {
  return {
    offset: [[branchOf(unknowns, opAmp.name), -1]],
    nonInverting: [[opAmp.plus, -1]],
    inverting: [[opAmp.minus, -1]],
  };
}

/** Per volt or ampere of an independent source; undefined for other elements. */
export function sourceColumn(element: Element, unknowns: Unknowns): Column | undefined {
  switch (element.kind) {
    case 'voltageSource':
      return [[branchOf(unknowns, element.name), 1]];
    case 'currentSource':
      return [
        [element.port.plus, -1],
        [element.port.minus, 1],
      ];
    default:
      return undefined;
  }
}

/** The constant term of a POLY source: it acts like an independent source in its place. */
function offsetColumn(element: Element, unknowns: Unknowns): Column {
  switch (element.kind) {
    case 'vcvs':
    case 'ccvs':
      return [[branchOf(unknowns, element.name), element.offset]];
    case 'vccs':
    case 'cccs':
      return [
        [element.port.plus, -element.offset],
        [element.port.minus, element.offset],
      ];
    default:
      return [];
  }
}

/** b (count) with `factor` times a column added; ground rows do not exist. */
export function addColumn(b: Float64Array, column: Column, factor: number): void {
  for (const [row, coefficient] of column) {
    if (row !== GROUND) b[row] = (b[row] ?? 0) + coefficient * factor;
  }
}

/** b of all sources and POLY constants at their DC values, no op amp errors. */
export function sourceExcitation(circuit: Circuit, unknowns: Unknowns): Float64Array {
  const b = new Float64Array(unknowns.count);
  for (const element of circuit.elements) {
    if (element.kind === 'voltageSource')
      addColumn(b, sourceColumn(element, unknowns) ?? [], element.voltage);
    else if (element.kind === 'currentSource')
      addColumn(b, sourceColumn(element, unknowns) ?? [], element.current);
    else addColumn(b, offsetColumn(element, unknowns), 1);
  }
  return b;
}

/** The bias point of an op amp with its supplies filled in [V], and its temperature step [K]. */
export interface BiasPoint {
  readonly commonMode: number;
  readonly output: number;
  readonly positiveSupply: number;
  readonly negativeSupply: number;
  readonly temperatureStep: number;
}

/** b of the known errors of all op amps: the right side of theory D2, and the bias currents. */
export function errorExcitation(
  unknowns: Unknowns,
  biasPoints: ReadonlyMap<OpAmp, BiasPoint>,
): Float64Array {
  const b = new Float64Array(unknowns.count);
  for (const [opAmp, point] of biasPoints) {
    const { specification } = opAmp;
    const p = psrrPair(specification);
    // theory D2; the drive V_OS + TC dT - c V_CM0 + a V_O0 - p+ V_DD0 - p- V_SS0
    const drive =
      specification.offsetVoltage.nominal +
      specification.drift.nominal * point.temperatureStep -
      specification.inverseCmrr.nominal * point.commonMode +
      specification.inverseGain.nominal * point.output -
      p.plus * point.positiveSupply -
      p.minus * point.negativeSupply;
    const columns = opAmpColumns(opAmp, unknowns);
    const currents = biasCurrents(specification);
    addColumn(b, columns.offset, drive);
    addColumn(b, columns.nonInverting, currents.nonInverting);
    addColumn(b, columns.inverting, currents.inverting);
  }
  return b;
}
