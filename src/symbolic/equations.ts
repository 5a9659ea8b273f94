/**
 * The equations of a reduced network, as a matrix of polynomials bordered by cause and reading:
 *
 *     [ M  b ]          d reading / d cause = c' M^-1 b = -det [ M b; c' 0 ] / det M
 *     [ c' 0 ]
 *
 * Rows and columns are the node voltages (KCL, currents leaving) and the branch currents. Entries that are
 * 1 or -1 are eliminated first, which needs no division and leaves the small part with the resistors.
 */

import {
  type Control,
  type ControlledCurrent,
  type ControlledVoltage,
  GROUND,
  type LinearElement,
  type NodeIndex,
  type Port,
} from '../circuit/circuit.ts';
import { commonDenominator, type DecimalRatio, decimalRatio } from './decimal-ratio.ts';
import type { Row } from './determinant.ts';
import type { Question, ReducedNetwork } from './network.ts';
import {
  add,
  constant,
  multiply,
  ONE,
  type Polynomial,
  scale,
  subtract,
  variable,
} from './polynomial.ts';
import { hasValue, type Symbols } from './symbols.ts';

/** Index of the border among rows and columns. */
export const BORDER = -2;

export interface Equations {
  readonly rows: ReadonlyMap<number, Row>;
  /** Unknowns that are left, as many as rows besides the border unless the equations are singular. */
  readonly columns: readonly number[];
  /** Variables that stand for 1/R in the matrix; the others stand for themselves. */
  readonly conductances: ReadonlySet<number>;
}

const MINUS_ONE = constant(-1n);

class Matrix {
  readonly rows = new Map<number, Map<number, Polynomial>>();

  add(row: number, column: number, entry: Polynomial): void {
    if (row === GROUND || column === GROUND) return;
    const entries = this.rows.get(row) ?? new Map<number, Polynomial>();
    this.rows.set(row, entries);
    const total = add(entries.get(column) ?? new Map(), entry);
    if (total.size === 0) entries.delete(column);
    else entries.set(column, total);
  }

  /** With an equation for every unknown, though it be 0 = 0: then the equations are singular. */
  complete(): Map<number, Map<number, Polynomial>> {
    const unknowns = new Set([...this.rows.values()].flatMap((entries) => [...entries.keys()]));
    for (const unknown of unknowns) {
      if (unknown !== BORDER && !this.rows.has(unknown)) this.rows.set(unknown, new Map());
    }
    return this.rows;
  }
}

export function equationsOf(
  network: ReducedNetwork,
  { question, symbols, nodes }: { question: Question; symbols: Symbols; nodes: number },
): Equations {
  const matrix = new Matrix();
  const conductances = new Set<number>();
  const branches = new Map<string, number>();
  for (const element of network.elements) {
    if (needsBranch(element)) branches.set(element.name.toLowerCase(), nodes + branches.size);
  }
  for (const branch of branches.values()) matrix.rows.set(branch, new Map());
  const at: Stamping = { matrix, network, branches, symbols, question };
  for (const { plus, minus, variable: index } of network.resistances) {
    conductances.add(index);
    const g = variable(index);
    const minusG = scale(g, -1n);
    matrix.add(plus, plus, g);
    matrix.add(minus, minus, g);
    matrix.add(plus, minus, minusG);
    matrix.add(minus, plus, minusG);
  }
  for (const element of network.elements) stamp(element, at);
  addCause(at);
  addReading(at);
  return { ...withoutUnits(matrix.complete()), conductances };
}

interface Stamping {
  readonly matrix: Matrix;
  readonly network: ReducedNetwork;
  readonly branches: ReadonlyMap<string, number>;
  readonly symbols: Symbols;
  readonly question: Question;
}

/** A source with several gains has its current as an unknown, so that its equation alone has fractions to clear. */
function needsBranch(element: LinearElement): boolean {
  return element.kind !== 'controlledCurrent' || !hasValue(element);
}

function branchOf({ branches }: Stamping, name: string): number {
  const branch = branches.get(name.toLowerCase());
  if (branch === undefined) throw new RangeError(`Element "${name}" has no branch current.`);
  return branch;
}

function addVoltage(
  { matrix, network }: Stamping,
  { row, port, factor }: { row: number; port: Port; factor: Polynomial },
): void {
  matrix.add(row, network.nodeOf(port.plus), factor);
  matrix.add(row, network.nodeOf(port.minus), scale(factor, -1n));
}

/** A branch current leaves its plus node and enters its minus node. */
function addCurrent({ matrix, network }: Stamping, port: Port, column: number): void {
  matrix.add(network.nodeOf(port.plus), column, ONE);
  matrix.add(network.nodeOf(port.minus), column, MINUS_ONE);
}

function stamp(element: LinearElement, at: Stamping): void {
  const { matrix, symbols } = at;
  switch (element.kind) {
    case 'capacitor':
    case 'currentSource':
      return;
    case 'controlledCurrent':
      stampControlledCurrent(element, at);
      return;
    case 'opAmp': {
      const row = branchOf(at, element.name);
      addCurrent(at, element.output, row);
      if (at.question.network === 'dead')
        addVoltage(at, { row, port: element.output, factor: ONE });
      else addVoltage(at, { row, port: element, factor: ONE });
      return;
    }
    default: {
      const row = branchOf(at, element.name);
      addCurrent(at, element.port, row);
      if (element.kind === 'controlledVoltage') {
        stampGains(element, { row, own: element.port, at });
        return;
      }
      addVoltage(at, { row, port: element.port, factor: ONE });
      if (element.kind === 'resistor') {
        matrix.add(row, row, scale(variable(symbols.of(element) ?? 0), -1n));
      }
    }
  }
}

function stampControlledCurrent(element: ControlledCurrent, at: Stamping): void {
  const { network, symbols } = at;
  const [control] = element.controls;
  if (control === undefined || !hasValue(element)) {
    const row = branchOf(at, element.name);
    addCurrent(at, element.port, row);
    stampGains(element, { row, own: row, at });
    return;
  }
  const gain = variable(symbols.of(element) ?? 0);
  addControl(control, { row: network.nodeOf(element.port.plus), factor: gain, at });
  addControl(control, { row: network.nodeOf(element.port.minus), factor: scale(gain, -1n), at });
}

/** own quantity - sum gain control = 0, multiplied by the common denominator of gains that are numbers. */
function stampGains(
  element: ControlledVoltage | ControlledCurrent,
  { row, own, at }: { row: number; own: Port | number; at: Stamping },
): void {
  const symbolic = at.symbols.of(element);
  const ratios = element.controls.map(({ gain }): DecimalRatio => decimalRatio(gain));
  const common = symbolic === undefined ? commonDenominator(ratios) : 1n;
  const factor = constant(common);
  if (typeof own === 'number') at.matrix.add(row, own, factor);
  else addVoltage(at, { row, port: own, factor });
  for (const [i, control] of element.controls.entries()) {
    const { numerator, denominator } = ratios[i] ?? { numerator: 0n, denominator: 1n };
    const gain =
      symbolic === undefined ? constant((numerator * common) / denominator) : variable(symbolic);
    addControl(control, { row, factor: scale(gain, -1n), at });
  }
}

function addControl(
  control: Control,
  { row, factor, at }: { row: number; factor: Polynomial; at: Stamping },
): void {
  if (control.quantity === 'V') addVoltage(at, { row, port: control.port, factor });
  else at.matrix.add(row, branchOf(at, control.element), factor);
}

/** b: what a unit of the cause puts on the right-hand side. */
function addCause(at: Stamping): void {
  const { matrix, network } = at;
  const { cause } = at.question;
  const draw = (node: NodeIndex, sign: Polynomial) =>
    matrix.add(network.nodeOf(node), BORDER, sign);
  switch (cause.kind) {
    case 'offset':
      matrix.add(branchOf(at, cause.opAmp.name), BORDER, MINUS_ONE); // theory D2
      return;
    case 'output':
      matrix.add(branchOf(at, cause.opAmp.name), BORDER, ONE);
      return;
    case 'pinCurrent':
      draw(cause.node, MINUS_ONE);
      return;
    case 'source':
      if (cause.element.kind === 'currentSource') {
        draw(cause.element.port.plus, MINUS_ONE);
        draw(cause.element.port.minus, ONE);
      } else matrix.add(branchOf(at, cause.element.name), BORDER, ONE);
  }
}

/** c': the reading as a sum of unknowns. */
function addReading(at: Stamping): void {
  const { reading } = at.question;
  if (reading.kind === 'voltage') addVoltage(at, { row: BORDER, port: reading, factor: ONE });
  else at.matrix.add(BORDER, branchOf(at, reading.element), ONE);
}

/**
 * Eliminates entries 1 and -1 of M, those with the fewest other entries in their row and column first. Both
 * determinants lose the same factor.
 */
function withoutUnits(
  rows: Map<number, Map<number, Polynomial>>,
): Pick<Equations, 'rows' | 'columns'> {
  const columns = new Set([...rows.keys()].filter((row) => row !== BORDER));
  for (;;) {
    const pivot = unitPivot(rows);
    if (pivot === undefined) return { rows, columns: [...columns] };
    columns.delete(pivot.column);
    const { row, column, sign } = pivot;
    const pivotRow = rows.get(row) ?? new Map<number, Polynomial>();
    rows.delete(row);
    pivotRow.delete(column);
    for (const entries of rows.values()) {
      const factor = entries.get(column);
      if (factor === undefined) continue;
      entries.delete(column);
      for (const [other, entry] of pivotRow) {
        const change = multiply(factor, sign < 0n ? scale(entry, -1n) : entry);
        const total = subtract(entries.get(other) ?? new Map(), change);
        if (total.size === 0) entries.delete(other);
        else entries.set(other, total);
      }
    }
  }
}

function unitPivot(
  rows: ReadonlyMap<number, Row>,
): { row: number; column: number; sign: bigint } | undefined {
  const columnCounts = new Map<number, number>();
  for (const entries of rows.values()) {
    for (const column of entries.keys()) {
      columnCounts.set(column, (columnCounts.get(column) ?? 0) + 1);
    }
  }
  let best: { row: number; column: number; sign: bigint } | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [row, entries] of rows) {
    if (row === BORDER) continue;
    for (const [column, entry] of entries) {
      if (column === BORDER || entry.size !== 1) continue;
      const sign = entry.get(0n);
      if (sign !== 1n && sign !== -1n) continue;
      const fill = (entries.size - 1) * ((columnCounts.get(column) ?? 1) - 1);
      if (fill === 0) return { row, column, sign };
      if (fill < least) [best, least] = [{ row, column, sign }, fill];
    }
  }
  return best;
}
