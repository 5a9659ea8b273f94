/**
 * Whether the equations can be solved at all, decided by structure and not by rounding: the generic
 * rank of the matrix over a prime field, with a random residue for every resistor and the exact
 * images of all gains. The supports of the null vectors name what is at fault (theory D12).
 */

import {
  type Element,
  GROUND,
  type LinearCircuit,
  type LinearElement,
  nodeName,
  type OpAmp,
  terminals,
} from '../circuit/circuit.ts';
import { DisjointSets } from '../circuit/topology.ts';
import {
  modularNullVectors,
  type NullVectors,
  randomResidues,
  residueOf,
} from '../numeric/modular-rank.ts';
import { branchOf, type System, termsWith, type Unknowns } from './system.ts';

/** One way in which the equations fail. */
export interface Fault {
  readonly status: 'no_dc_path' | 'voltage_conflict' | 'no_dc_feedback' | 'no_convergence';
  readonly message: string;
  readonly hint: string;
  /** The element whose card shows the fault. */
  readonly element: Element | undefined;
}

/** A residue is zero by chance with probability 1/p; a second draw must confirm a deficiency. */
const SEEDS = [1, 2] as const;

/** The null vectors of a network's generic matrix, as supports. */
function nullVectors(system: System): NullVectors {
  const [first, second] = SEEDS;
  const found = drawnNullVectors(system, first);
  if (found.rank === system.unknowns.count) return found;
  const again = drawnNullVectors(system, second);
  return again.rank > found.rank ? again : found;
}

function drawnNullVectors(system: System, seed: number): NullVectors {
  const random = randomResidues(seed);
  const residues = new Map<LinearElement, number>();
  const residue = (resistor: LinearElement): number => {
    const drawn = residues.get(resistor) ?? random();
    residues.set(resistor, drawn);
    return drawn;
  };
  const terms = termsWith(system, {
    conductance: (resistor) => [residue(resistor), 0],
    resistance: (resistor) => (resistor.resistance === 0 ? 0 : residue(resistor)),
  });
  return modularNullVectors({ ...terms, residues: terms.high.map(residueOf) }, system.symbolic);
}

/** What is wrong with the network without its op amps (all outputs driven): D12, tested first. */
export function deadNetworkFaults(dead: System): Fault[] {
  const { circuit, unknowns } = dead;
  if (isPlainAndSound(circuit)) return [];
  const { leftNullVectors, rightNullVectors } = nullVectors(dead);
  // Nodes whose currents sum to nothing whatever the voltages are; what they control may not be at fault.
  if (leftNullVectors.every((support) => support.every((row) => row < unknowns.nodes))) {
    return leftNullVectors.map((support) => noPath(circuit, support));
  }
  return rightNullVectors.map((support) => {
    const nodes = support.filter((index) => index < unknowns.nodes);
    return nodes.length > 0 ? noPath(circuit, nodes) : conflict(circuit, { support, unknowns });
  });
}

/**
 * For two-terminal elements alone the graph decides: regular when voltage branches form no loop and
 * every node has a path of resistors and voltage branches to ground. Much faster than the rank.
 */
function isPlainAndSound({ nodes, elements, floating }: LinearCircuit): boolean {
  const voltages = new DisjointSets(nodes.length);
  const paths = new DisjointSets(nodes.length);
  for (const node of floating) paths.join(node, GROUND);
  for (const element of elements) {
    switch (element.kind) {
      case 'resistor':
        if (element.resistance === 0 || element.resistance < 0) return false;
        paths.join(element.port.plus, element.port.minus);
        break;
      case 'inductor':
      case 'voltageSource':
        if (!voltages.join(element.port.plus, element.port.minus)) return false;
        paths.join(element.port.plus, element.port.minus);
        break;
      case 'capacitor':
      case 'currentSource':
        break;
      default:
        return false;
    }
  }
  const ground = paths.find(GROUND);
  return nodes.every((_, node) => paths.find(node) === ground);
}

/** Whether the equations have a solution for almost all values of the resistors. */
export function isGenericallyRegular(system: System): boolean {
  return nullVectors(system).rank === system.unknowns.count;
}

/** Op amps whose output cannot act on their own input difference in any way that counts (F_ideal = 0). */
export function feedbackFault(ideal: System): Fault | undefined {
  const { unknowns } = ideal;
  const { leftNullVectors } = nullVectors(ideal);
  if (leftNullVectors.length === 0) return undefined;
  const rows = new Set(leftNullVectors.flat());
  const open = unknowns.opAmps.filter((opAmp) => rows.has(branchOf(unknowns, opAmp.name)));
  return noFeedback(open);
}

export function noFeedback(open: readonly OpAmp[]): Fault {
  const names = list(open.map(({ name }) => `"${name}"`));
  return {
    status: 'no_dc_feedback',
    message: `${open.length === 1 ? `The output of ${names} has` : `The outputs of ${names} have`} no DC feedback that holds the inputs equal; the output saturates.`,
    hint: 'Give each op amp a DC path from its output to its inverting input, for instance a resistor across the integrating capacitor.',
    element: open[0],
  };
}

function noPath(circuit: LinearCircuit, nodes: readonly number[]): Fault {
  const names = list(nodes.map((node) => `"${nodeName(circuit, node)}"`));
  const floating = new Set(nodes);
  const at = circuit.elements.filter((element) =>
    terminals(element).some((node) => floating.has(node)),
  );
  const opAmp = at.find((element) => element.kind === 'opAmp');
  const pin =
    opAmp?.kind !== 'opAmp'
      ? undefined
      : floating.has(opAmp.plus)
        ? '+'
        : floating.has(opAmp.minus)
          ? '-'
          : undefined;
  const victim =
    opAmp === undefined || pin === undefined
      ? ''
      : `; the bias current of the ${pin} input of "${opAmp.name}" has nowhere to flow`;
  return {
    status: 'no_dc_path',
    message: `${nodes.length === 1 ? `Node ${names} has` : `Nodes ${names} have`} no DC path to ground${victim}.`,
    hint: 'Capacitors are open and current sources fix no voltage at DC; add a resistor to a node with a defined voltage.',
    element: opAmp ?? at[0],
  };
}

function conflict(
  circuit: LinearCircuit,
  { support, unknowns }: { support: readonly number[]; unknowns: Unknowns },
): Fault {
  const involved = new Set(support);
  const elements = circuit.elements.filter((element) => {
    const branch = unknowns.branches.get(element.name.toLowerCase());
    return branch !== undefined && involved.has(branch);
  });
  const names = list(elements.map(({ name }) => `"${name}"`));
  const opAmps = elements.filter(({ kind }) => kind === 'opAmp');
  return {
    status: 'voltage_conflict',
    message:
      opAmps.length > 1 && opAmps.length === elements.length
        ? `The outputs of ${names} are tied together and force the same voltage.`
        : elements.length === 1
          ? `${names} is shorted: both its ends are the same node.`
          : `${names} form a loop of forced voltages.`,
    hint: 'Put a resistor between them.',
    element: elements.at(-1),
  };
}

/** `a`, `a and b`, `a, b and c`; long lists are cut. */
function list(names: readonly string[]): string {
  const shown = names.length > 8 ? [...names.slice(0, 7), `${names.length - 7} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
