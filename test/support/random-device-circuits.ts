/**
 * Random networks of diodes, transistors, resistors and sources: a ring of resistors joins all nodes and every node has
 * a resistor to ground, so that there is a DC path whatever the devices do.
 */

import fc from 'fast-check';

export interface DeviceCircuit {
  /** Cards in the order of the netlist; a name is its first word, nodes are `in`, `n1`, `n2` ... and `0`. */
  readonly cards: readonly string[];
  readonly nodes: readonly string[];
}

export const MODELS = [
  '.model DX D(IS=1e-14 N=1.2 RS=5)',
  '.model DZ D(IS=1e-13 BV=6.2 IBV=1m)',
  '.model QN NPN(IS=1e-15 BF=150 BR=3 VAF=70 IKF=50m RB=100 RC=10 RE=1 ISE=1e-14)',
  '.model QP PNP(IS=2e-15 BF=60 BR=2 VAF=40)',
  '.model JN NJF(VTO=-2 BETA=1m LAMBDA=0.01 RD=20 RS=20)',
  '.model MN NMOS(VTO=1 KP=200u LAMBDA=0.02 GAMMA=0.4 PHI=0.65)',
  '.model MP PMOS(VTO=-1 KP=80u LAMBDA=0.03)',
];

const size = (low: number, high: number) =>
  fc
    .double({ min: Math.log10(low), max: Math.log10(high), noNaN: true })
    .map((x) => Number((10 ** x).toPrecision(3)));

const kinds = ['DX', 'DZ', 'QN', 'QP', 'JN', 'MN', 'MP'] as const;

/** Networks of 3 to 7 nodes with 2 to 8 devices. */
export const deviceCircuits: fc.Arbitrary<DeviceCircuit> = fc
  .integer({ min: 3, max: 7 })
  .chain((count) => {
    const nodes = Array.from({ length: count }, (_, i) => `n${i + 1}`);
    const node = fc.constantFrom('0', ...nodes);
    const resistors = fc.array(size(200, 2e5), { minLength: 2 * count, maxLength: 2 * count });
    const device = fc.tuple(fc.constantFrom(...kinds), node, node, node, node);
    const current = fc.tuple(
      node,
      node,
      fc.integer({ min: -2000, max: 2000 }).map((microamperes) => microamperes / 1e6),
    );
    return fc
      .tuple(
        resistors,
        fc.array(device, { minLength: 2, maxLength: 8 }),
        fc.array(current, { maxLength: 2 }),
        fc.integer({ min: -15_000, max: 15_000 }).map((millivolts) => millivolts / 1e3),
      )
      .map(([values, devices, currents, volts]) => ({
        nodes: ['in', ...nodes],
        cards: [
          `V1 in 0 ${volts}`,
          'RS in n1 100',
          ...values.map((ohms, i) =>
            i < count
              ? `R${i} ${nodes[i]} ${nodes[(i + 1) % count]} ${ohms}`
              : `R${i} ${nodes[i - count]} 0 ${ohms}`,
          ),
          ...devices.flatMap((parts, i) => deviceCard(parts, i)),
          ...currents.map(([a, b, amperes], i) => `I${i} ${a} ${b} ${amperes}`),
        ],
      }));
  });

function deviceCard(
  [kind, a, b, c, d]: readonly [(typeof kinds)[number], string, string, string, string],
  index: number,
): string[] {
  switch (kind[0]) {
    case 'D':
      return a === b ? [] : [`D${index} ${a} ${b} ${kind}`];
    case 'M':
      return a === c ? [] : [`M${index} ${a} ${b} ${c} ${d} ${kind} W=20u L=2u`];
    default:
      return new Set([a, b, c]).size < 3 ? [] : [`${kind[0]}${index} ${a} ${b} ${c} ${kind}`];
  }
}

export function deviceNetlist({ cards }: Pick<DeviceCircuit, 'cards'>): string {
  return ['random', ...cards, ...MODELS, '.end', ''].join('\n');
}
