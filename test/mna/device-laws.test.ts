// What holds at the operating point of every network of diodes and transistors: Kirchhoff's laws, Tellegen's theorem,
// and that names, the order of cards, and the unit of impedance do not matter. The networks are random.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Operation, operate } from '../../src/operate.ts';
import {
  type DeviceCircuit,
  deviceCircuits,
  deviceNetlist,
} from '../support/random-device-circuits.ts';
import { SEED } from '../support/seed.ts';
import '../support/close.ts';

vi.setConfig({ testTimeout: 60_000 });

const RUNS = 100;
/** Of the sum of the sizes of what is added. */
const REL = 1e-9;
/** What is left of currents that are differences of voltages [A]. */
const ABS = 1e-14;

function holds(property: (circuit: DeviceCircuit) => void): void {
  fc.assert(fc.property(deviceCircuits, property), {
    seed: SEED,
    numRuns: RUNS,
    interruptAfterTimeLimit: 40_000,
  });
}

type Point = NonNullable<Operation['result']>;

function solved(text: string): Point {
  const { result, diagnostics } = operate(text);
  if (result === null) throw new Error(`${diagnostics.map(({ message }) => message)}\n${text}`);
  return result;
}

interface Flow {
  readonly name: string;
  /** The current into each terminal [A], with the node it comes from. */
  readonly terminals: readonly { readonly node: string; readonly current: number }[];
}

/** The currents of all cards, from the devices' own figures and the branches. */
function flows({ cards }: DeviceCircuit, { branches, devices }: Point): Flow[] {
  const biases = new Map(devices.map((bias) => [bias.name, bias]));
  return cards.map((card) => {
    const [name = '', plus = '', minus = ''] = card.split(' ');
    const bias = biases.get(name);
    if (bias !== undefined) return { name, terminals: bias.terminals };
    const current = branches[name] ?? Number.NaN;
    const terminals = [
      { node: plus, current },
      { node: minus, current: -current },
    ];
    return { name, terminals };
  });
}

const sum = (terms: readonly number[]) => terms.reduce((a, b) => a + b, 0);
const size = (terms: readonly number[]) => terms.reduce((a, b) => a + Math.abs(b), 0);

function expectZero(terms: readonly number[], what: string): void {
  const bound = REL * size(terms) + ABS;
  expect(Math.abs(sum(terms)), `${what}: ${terms.join(' + ')}`).toBeLessThanOrEqual(bound);
}

describe('at every operating point', () => {
  it('the currents into a device add to nothing', () => {
    holds((circuit) => {
      for (const { name, terminals } of solved(deviceNetlist(circuit)).devices) {
        expectZero(
          terminals.map(({ current }) => current),
          name,
        );
      }
    });
  });

  it('the currents that leave a node add to nothing (KCL)', () => {
    holds((circuit) => {
      const all = flows(circuit, solved(deviceNetlist(circuit))).flatMap(
        ({ terminals }) => terminals,
      );
      for (const node of circuit.nodes) {
        expectZero(
          all.filter((terminal) => terminal.node === node).map(({ current }) => current),
          node,
        );
      }
    });
  });

  it('the powers of all elements add to nothing (Tellegen)', () => {
    holds((circuit) => {
      const point = solved(deviceNetlist(circuit));
      const voltage = (node: string) => (node === '0' ? 0 : (point.nodes[node] ?? Number.NaN));
      expectZero(
        flows(circuit, point).map(({ terminals }) =>
          sum(terminals.map(({ node, current }) => voltage(node) * current)),
        ),
        'power',
      );
    });
  });

  it('a device without sources inside takes power, never gives it', () => {
    holds((circuit) => {
      const point = solved(deviceNetlist(circuit));
      for (const { name, terminals } of point.devices) {
        const taken = terminals.map(({ voltage, current }) => voltage * current);
        expect(sum(taken), name).toBeGreaterThanOrEqual(-REL * size(taken) - ABS);
      }
    });
  });
});

describe('a circuit is the same', () => {
  /** Voltages of circuits that may have many solutions are compared where plain iteration found them. */
  const sameVoltages = (a: Point, b: Point, nodes: readonly (readonly [string, string])[]) => {
    fc.pre(a.aids.length === 0 && b.aids.length === 0);
    for (const [here, there] of nodes) {
      expect(a.nodes[here]).toBeClose(b.nodes[there] ?? Number.NaN, { rel: 1e-8, abs: 1e-9 });
    }
  };

  it('with its cards in another order', () => {
    holds((circuit) => {
      const reversed = deviceNetlist({ cards: [...circuit.cards].reverse() });
      const pairs = circuit.nodes.map((node) => [node, node] as const);
      sameVoltages(solved(deviceNetlist(circuit)), solved(reversed), pairs);
    });
  });

  it('with other names of nodes and elements', () => {
    holds((circuit) => {
      const renamed = circuit.cards.map((card) =>
        card.replace(/^([A-Z])(\d+)/, '$1zz$2').replace(/\bn(\d)\b/g, 'Knot$1'),
      );
      const pairs = circuit.nodes.map((node) => [node, node.replace(/^n(?=\d)/, 'Knot')] as const);
      sameVoltages(
        solved(deviceNetlist(circuit)),
        solved(deviceNetlist({ cards: renamed })),
        pairs,
      );
    });
  });
});

describe('scaling', () => {
  /**
   * AREA multiplies currents; with resistances and GMIN to match, no voltage moves. The transistor is not
   * saturated: ngspice takes AREA twice for its collector junction.
   */
  const network = (scale: number) => `scaled
V1 in 0 5
I1 0 c ${1e-3 * scale}
R1 in a ${1e3 / scale}
R2 a b ${2e3 / scale}
R3 c 0 ${4.7e3 / scale}
D1 a c DX ${scale}
D2 0 b DX ${2 * scale}
Q1 in b e QN ${scale}
R4 e 0 ${470 / scale}
J1 in e 0 JN ${scale}
.options gmin=${1e-12 * scale}
.model DX D(IS=1e-14 N=1.2 RS=5)
.model QN NPN(IS=1e-15 BF=150 BR=3 VAF=70 IKF=50m RB=100 RC=10 RE=1)
.model JN NJF(VTO=-2 BETA=1m LAMBDA=0.01 RD=20 RS=20)
.end
`;

  it.each([0.1, 3, 25])('of every current by %s leaves the voltages as they are', (scale) => {
    const [unit, scaled] = [solved(network(1)), solved(network(scale))];
    for (const [node, voltage] of Object.entries(unit.nodes)) {
      expect(scaled.nodes[node]).toBeClose(voltage ?? Number.NaN, { rel: 1e-10, abs: 1e-13 });
    }
    for (const [name, current] of Object.entries(unit.branches)) {
      expect(scaled.branches[name]).toBeClose(current * scale, { rel: 1e-9, abs: 1e-16 });
    }
  });
});
