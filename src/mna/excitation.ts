/**
 * Every independent cause is an excitation: a column of the right-hand side b of M x = b. No analysis
 * edits the circuit; it combines columns. Columns are sparse: the few rows a cause acts on.
 */

import { GROUND, type LinearCircuit, type LinearElement, type OpAmp } from '../circuit/circuit.ts';
import { psrrPair } from '../circuit/specification.ts';
import { addProductTo, type DoubleVector } from '../numeric/double-double.ts';
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
export function sourceColumn(element: LinearElement, unknowns: Unknowns): Column | undefined {
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
function offsetColumn(element: LinearElement, unknowns: Unknowns): Column {
  switch (element.kind) {
    case 'controlledVoltage':
      return [[branchOf(unknowns, element.name), element.offset]];
    case 'controlledCurrent':
      return [
        [element.port.plus, -element.offset],
        [element.port.minus, element.offset],
      ];
    default:
      return [];
  }
}

/** b (count) as high + low: sums of products of doubles, exact to 106 bits. */
export type RightHandSide = DoubleVector;

export function rightHandSide({ count }: Unknowns): RightHandSide {
  return { high: new Float64Array(count), low: new Float64Array(count) };
}

/** b += column * factor * times; ground rows do not exist. */
export function addColumn(
  b: RightHandSide,
  column: Column,
  { factor, times = 1 }: { factor: number; times?: number },
): void {
  for (const [row, coefficient] of column) {
    if (row !== GROUND) addProductTo(b, row, coefficient * factor, 0, times, 0);
  }
}

/** b of all sources and POLY constants at their DC values, no op amp errors. */
export function sourceExcitation(circuit: LinearCircuit, unknowns: Unknowns): RightHandSide {
  const b = rightHandSide(unknowns);
  for (const element of circuit.elements) {
    const column = sourceColumn(element, unknowns);
    if (column === undefined) addColumn(b, offsetColumn(element, unknowns), { factor: 1 });
    else if (element.kind === 'voltageSource') addColumn(b, column, { factor: element.voltage });
    else if (element.kind === 'currentSource') addColumn(b, column, { factor: element.current });
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

/** b += the known errors of all op amps: the right side of theory D2, and the bias currents. */
export function addErrors(
  b: RightHandSide,
  unknowns: Unknowns,
  biasPoints: ReadonlyMap<OpAmp, BiasPoint>,
): void {
  for (const [opAmp, point] of biasPoints) {
    const { specification } = opAmp;
    const p = psrrPair(specification);
    const columns = opAmpColumns(opAmp, unknowns);
    // theory D2: V_OS + TC dT - c V_CM0 + a V_O0 - p+ V_DD0 - p- V_SS0, product by product
    const drive: readonly (readonly [factor: number, times: number])[] = [
      [specification.offsetVoltage.nominal, 1],
      [specification.drift.nominal, point.temperatureStep],
      [-specification.inverseCmrr.nominal, point.commonMode],
      [specification.inverseGain.nominal, point.output],
      [-p.plus, point.positiveSupply],
      [-p.minus, point.negativeSupply],
    ];
    for (const [factor, times] of drive) addColumn(b, columns.offset, { factor, times });
    const { bias } = specification;
    if (bias.kind === 'pins') {
      addColumn(b, columns.nonInverting, { factor: bias.nonInverting.nominal });
      addColumn(b, columns.inverting, { factor: bias.inverting.nominal });
    } else {
      for (const [column, sign] of [
        [columns.nonInverting, 1],
        [columns.inverting, -1],
      ] as const) {
        addColumn(b, column, { factor: bias.average.nominal });
        addColumn(b, column, { factor: bias.offset.nominal, times: sign / 2 }); // AN1177 Eq. 4
      }
    }
  }
}
