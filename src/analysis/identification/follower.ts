/**
 * The follower test of an op amp: output on the inverting input, a voltage at the non-inverting one, and
 * symmetric supplies. Its DC solution exists for exchanged inputs, too; the gain of the opened loop, taken
 * from the tangents at that solution, tells the two apart.
 */

import {
  type Circuit,
  type Element,
  GROUND,
  type NodeIndex,
  type Resistor,
  type VoltageSource,
} from '../../circuit/circuit.ts';
import { addColumn, rightHandSide } from '../../mna/excitation.ts';
import { linearised } from '../../mna/linearisation.ts';
import { component, Solver, UnsolvableError } from '../../mna/solver.ts';
import { assemble, branchOf } from '../../mna/system.ts';
import { SingularMatrixError } from '../../numeric/lu.ts';
import { type BenchSolution, benchSolution, type Effort } from './bench-solution.ts';
import type { Fixture } from './fixture.ts';

/** Indices of ports: `driven` has the test voltage, `first` and `second` are connected to each other. */
export interface Connection {
  readonly positive: number;
  readonly negative: number;
  readonly driven: number;
  readonly joined: readonly [first: number, second: number];
}

/** Voltages of a test [V]: the supplies are +-supply. */
export interface Excitation {
  readonly supply: number;
  readonly input: number;
}

/** The solution of a follower. */
export interface Follower {
  readonly connection: Connection;
  readonly excitation: Excitation;
  /** V(joined) - V(driven) [V] */
  readonly error: number;
  /** Into the supply pins; negative out of them [A]. */
  readonly positiveCurrent: number;
  readonly negativeCurrent: number;
  readonly solution: BenchSolution;
}

/** Small against what an output drives, large against what flows into an input [Ω]. */
const LOAD = 100e3;

const [POSITIVE, NEGATIVE, DRIVE, LOOP] = ['positive', 'negative', 'drive', 'loop'].map(
  (name) => `bench ${name}`,
) as [string, string, string, string];

/** The follower with these connections; undefined when it has no solution, or none was found. */
export function follower(
  fixture: Fixture,
  connection: Connection,
  { excitation, effort }: { readonly excitation: Excitation; readonly effort: Effort },
): Follower | undefined {
  const node = (port: number): NodeIndex => fixture.ports[port] ?? GROUND;
  const [first, second] = connection.joined;
  const loop = source(fixture, LOOP, { plus: node(first), minus: node(second), voltage: 0 });
  const circuit = closed(fixture, connection, { excitation, loop });
  const solution = benchSolution(circuit, effort);
  if (solution === undefined) return undefined;
  const { x, unknowns } = solution;
  const current = (name: string) => x[branchOf(unknowns, name)] ?? 0;
  return {
    connection,
    excitation,
    error: (x[node(first)] ?? 0) - excitation.input,
    // A source that delivers has a negative current.
    positiveCurrent: 0 - current(POSITIVE),
    negativeCurrent: 0 - current(NEGATIVE),
    solution,
  };
}

/** Small-signal gains with the loop opened at the solution of a follower [V/V]. */
export interface OpenLoop {
  /** dV(output) / dV(driven) */
  readonly driven: number;
  /** dV(output) / dV(other port of the loop) */
  readonly fedBack: number;
}

/** The gains to `output`, one of the joined ports, when a source holds the other where it was. */
export function openLoop(
  fixture: Fixture,
  { connection, excitation, solution }: Follower,
  { output }: { readonly output: number },
): OpenLoop | undefined {
  const [first, second] = connection.joined;
  const other = output === first ? second : first;
  const node = (port: number): NodeIndex => fixture.ports[port] ?? GROUND;
  const loop = source(fixture, LOOP, { plus: node(other), minus: GROUND, voltage: 0 });
  const circuit = closed(fixture, connection, { excitation, loop });
  const open = linearised(circuit, solution.instances, solution.tangents);
  try {
    const solver = new Solver(assemble(open, 'finite'));
    const { unknowns } = solver.system;
    const c = rightHandSide(unknowns);
    addColumn(c, [[node(output), 1]], { factor: 1 });
    const adjoint = solver.solveTransposed(c);
    return {
      driven: component(adjoint, branchOf(unknowns, DRIVE)),
      fedBack: component(adjoint, branchOf(unknowns, LOOP)),
    };
  } catch (fault) {
    if (fault instanceof SingularMatrixError || fault instanceof UnsolvableError) return undefined;
    throw fault;
  }
}

function closed(
  fixture: Fixture,
  { positive, negative, driven, joined }: Connection,
  { excitation, loop }: { excitation: Excitation; loop: VoltageSource },
): Circuit {
  const node = (port: number): NodeIndex => fixture.ports[port] ?? GROUND;
  const held = (name: string, port: number, voltage: number) =>
    source(fixture, name, { plus: node(port), minus: GROUND, voltage });
  const loads = joined.map(
    (port): Resistor => ({
      kind: 'resistor',
      name: `bench load ${port}`,
      span: fixture.span,
      port: { plus: node(port), minus: GROUND },
      resistance: LOAD,
    }),
  );
  const bench: readonly Element[] = [
    held(POSITIVE, positive, excitation.supply),
    held(NEGATIVE, negative, -excitation.supply),
    held(DRIVE, driven, excitation.input),
    loop,
    ...loads,
  ];
  return { ...fixture.circuit, elements: [...fixture.inside, ...bench] };
}

function source(
  { span }: Fixture,
  name: string,
  { plus, minus, voltage }: { plus: NodeIndex; minus: NodeIndex; voltage: number },
): VoltageSource {
  return { kind: 'voltageSource', name, span, port: { plus, minus }, voltage };
}
