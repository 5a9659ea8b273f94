/**
 * LinearCircuit -> System: the MNA matrix M of the unknowns x = (node voltages, branch currents), M x = b.
 * Rows 0 .. N-1 are KCL, currents leaving the node; row N+j is the equation of branch j, whose
 * current is unknown N+j. A node that nothing depends on has the row v = 0.
 */

import {
  type Control,
  GROUND,
  type LinearCircuit,
  type LinearElement,
  type NodeIndex,
  type OpAmp,
  opAmpsOf,
  type Port,
  type Resistor,
} from '../circuit/circuit.ts';
import { psrrPair } from '../circuit/specification.ts';
import { reciprocal } from '../numeric/double-double.ts';
import { samePattern } from '../numeric/lu.ts';
import { analyse, type Symbolic } from '../numeric/symbolic.ts';
import { compress, type SparseMatrix, type Terms, TermsBuilder } from '../numeric/terms.ts';

/**
 * Which op amps stand in the matrix (theory D3, D10): nullors; with their known finite gains and
 * rejections; or none at all, every output driven to a given voltage.
 */
export type Network = 'ideal' | 'finite' | 'dead';

export interface System {
  readonly circuit: LinearCircuit;
  readonly network: Network;
  readonly terms: Terms;
  readonly unknowns: Unknowns;
  /** Sum of the terms (count x count), and its elimination order. */
  readonly matrix: SparseMatrix;
  readonly symbolic: Symbolic;
}

export interface Unknowns {
  /** N + number of branches. */
  readonly count: number;
  readonly nodes: number;
  /** Lower-case element name -> index of its current among the unknowns, which is also its row. */
  readonly branches: ReadonlyMap<string, number>;
  readonly opAmps: readonly OpAmp[];
}

/** How a resistance enters the matrix: values as high + low, so that 1/R is exact to 106 bits. */
export interface ResistorValues {
  conductance(resistor: Resistor): readonly [high: number, low: number];
  resistance(resistor: Resistor): number;
}

const EXACT_VALUES: ResistorValues = {
  conductance: ({ resistance }) => reciprocal(resistance),
  resistance: ({ resistance }) => resistance,
};

/**
 * A resistor this many times smaller than the largest one has its current as an unknown: as a
 * conductance it would hide the small ones in the sums of the elimination and of the residual. So has the
 * resistor whose current is the output, which is then linear in the unknowns whatever its value is.
 */
const WIDE_RANGE = 1e8;

/** Row (and unknown) of an element's branch; the element must have one. */
export function branchOf({ branches }: Unknowns, name: string): number {
  const index = branches.get(name.toLowerCase());
  if (index === undefined) throw new RangeError(`LinearElement "${name}" has no branch current.`);
  return index;
}

export function numberUnknowns(circuit: LinearCircuit): Unknowns {
  const nodes = circuit.nodes.length;
  const branches = new Map<string, number>();
  const smallest = largestResistance(circuit) / WIDE_RANGE;
  const { output } = circuit;
  const read = output?.quantity === 'I' ? output.element : undefined;
  for (const element of circuit.elements) {
    if (hasBranch(element, smallest) || element.name === read)
      branches.set(element.name.toLowerCase(), nodes + branches.size);
  }
  return { count: nodes + branches.size, nodes, branches, opAmps: opAmpsOf(circuit) };
}

function largestResistance({ elements }: LinearCircuit): number {
  let largest = 0;
  for (const element of elements) {
    if (element.kind === 'resistor') largest = Math.max(largest, Math.abs(element.resistance));
  }
  return largest;
}

function hasBranch(element: LinearElement, smallest: number): boolean {
  switch (element.kind) {
    case 'resistor':
      return element.resistance === 0 || Math.abs(element.resistance) < smallest;
    case 'inductor':
    case 'voltageSource':
    case 'controlledVoltage':
    case 'opAmp':
      return true;
    default:
      return false;
  }
}

export function assemble(
  circuit: LinearCircuit,
  network: Network,
  unknowns: Unknowns = numberUnknowns(circuit),
): System {
  return summed({ circuit, network, unknowns }, analyse);
}

/** The system of `like` for a circuit of the same nodes and branches, analysed again only for another pattern. */
export function assembleLike(like: System, circuit: LinearCircuit): System {
  const { network, unknowns } = like;
  return summed({ circuit, network, unknowns }, (matrix) =>
    samePattern(matrix, like.matrix) ? like.symbolic : analyse(matrix),
  );
}

/** Sum and order are worked out when they are asked for: not every system is solved. */
function summed(
  { circuit, network, unknowns }: Pick<System, 'circuit' | 'network' | 'unknowns'>,
  order: (matrix: SparseMatrix) => Symbolic,
): System {
  const terms = stampAll(circuit, { network, unknowns, values: EXACT_VALUES });
  let matrix: SparseMatrix | undefined;
  let symbolic: Symbolic | undefined;
  return {
    circuit,
    network,
    terms,
    unknowns,
    get matrix() {
      matrix ??= compress(terms);
      return matrix;
    },
    get symbolic() {
      symbolic ??= order(this.matrix);
      return symbolic;
    },
  };
}

/** The same matrix with other values for the resistors, term by term in the same places. */
export function termsWith(
  { circuit, network, unknowns }: Pick<System, 'circuit' | 'network' | 'unknowns'>,
  values: ResistorValues,
): Terms {
  return stampAll(circuit, { network, unknowns, values });
}

function stampAll(
  circuit: LinearCircuit,
  { network, unknowns, values }: Omit<Stamping, 'matrix'>,
): Terms {
  const matrix = new TermsBuilder(unknowns.count);
  for (const node of circuit.floating) matrix.add(node, node, 1);
  for (const element of circuit.elements) stamp(element, { matrix, unknowns, network, values });
  return matrix.build();
}

interface Stamping {
  readonly matrix: TermsBuilder;
  readonly unknowns: Unknowns;
  readonly network: Network;
  readonly values: ResistorValues;
}

/** Adds what an element contributes to M. Excitations are not here but in excitation.ts. */
function stamp(element: LinearElement, at: Stamping): void {
  switch (element.kind) {
    case 'resistor':
      stampResistor(element, at);
      return;
    case 'capacitor':
    case 'currentSource':
      return;
    case 'inductor':
    case 'voltageSource':
      stampVoltageBranch(element, at);
      return;
    case 'controlledVoltage': {
      const row = stampVoltageBranch(element, at);
      for (const control of element.controls) addControl(control, { row, factor: -1, at });
      return;
    }
    case 'controlledCurrent':
      for (const control of element.controls) {
        addControl(control, { row: element.port.plus, factor: 1, at });
        addControl(control, { row: element.port.minus, factor: -1, at });
      }
      return;
    case 'opAmp':
      stampOpAmp(element, at);
  }
}

/** M[row] += factor gain (controlling voltage or current) */
function addControl(
  control: Control,
  { row, factor, at }: { row: NodeIndex; factor: 1 | -1; at: Stamping },
): void {
  const { matrix, unknowns } = at;
  const gain = factor * control.gain;
  if (control.quantity === 'V') addVoltage(matrix, { row, port: control.port, factor: gain });
  else matrix.add(row, branchOf(unknowns, control.element), gain);
}

/** M[row] += factor (V(plus) - V(minus)) */
function addVoltage(
  matrix: TermsBuilder,
  { row, port, factor }: { row: NodeIndex; port: Port; factor: number },
): void {
  matrix.add(row, port.plus, factor);
  matrix.add(row, port.minus, -factor);
}

/** The branch current leaves its plus node and enters its minus node. */
function stampCurrent(matrix: TermsBuilder, port: Port, branch: number): void {
  matrix.add(port.plus, branch, 1);
  matrix.add(port.minus, branch, -1);
}

/** KCL and V(plus) - V(minus) - ... = ...; returns the row for what stands behind. */
function stampVoltageBranch(
  element: { name: string; port: Port },
  { matrix, unknowns }: Stamping,
): number {
  const row = branchOf(unknowns, element.name);
  stampCurrent(matrix, element.port, row);
  addVoltage(matrix, { row, port: element.port, factor: 1 });
  return row;
}

function stampResistor(resistor: Resistor, at: Stamping): void {
  const { matrix, unknowns, values } = at;
  if (unknowns.branches.has(resistor.name.toLowerCase())) {
    const row = stampVoltageBranch(resistor, at); // V(plus) - V(minus) - R i = 0
    matrix.add(row, row, -values.resistance(resistor));
    return;
  }
  const [high, low] = values.conductance(resistor);
  const { plus, minus } = resistor.port;
  if (plus !== GROUND) matrix.add(plus, plus, high, low);
  if (minus !== GROUND) matrix.add(minus, minus, high, low);
  matrix.add(plus, minus, -high, -low);
  matrix.add(minus, plus, -high, -low);
}

/** Theory D2; in the dead network the row is -V_o = -(driven voltage), so that D11 is det M / det M_dead. */
function stampOpAmp(opAmp: OpAmp, { matrix, unknowns, network }: Stamping): void {
  const row = branchOf(unknowns, opAmp.name);
  stampCurrent(matrix, opAmp.output, row);
  if (network === 'dead') {
    addVoltage(matrix, { row, port: opAmp.output, factor: -1 });
    return;
  }
  matrix.add(row, opAmp.plus, 1);
  matrix.add(row, opAmp.minus, -1);
  if (network === 'ideal') return;
  const { specification } = opAmp;
  const a = specification.inverseGain.nominal;
  const c = specification.inverseCmrr.nominal;
  const p = psrrPair(specification);
  matrix.add(row, opAmp.plus, c / 2);
  matrix.add(row, opAmp.minus, c / 2);
  addVoltage(matrix, { row, port: opAmp.output, factor: -a });
  matrix.add(row, opAmp.positiveSupply ?? GROUND, p.plus);
  matrix.add(row, opAmp.negativeSupply ?? GROUND, p.minus);
}
