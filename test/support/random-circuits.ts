// Random connected op amp networks for property tests: every node hangs on a tree of resistors, every forced voltage has
// a node of its own, except in the few "wild" circuits that show the faults.

import fc from 'fast-check';
import type { ExactElement, ExactOpAmp } from './exact-circuit.ts';

export interface RandomCircuit {
  readonly elements: readonly ExactElement[];
  /** Nodes of the output voltage. */
  readonly output: readonly [string, string];
}

export interface RandomCircuitOptions {
  readonly maximumOpAmps?: number;
  /** Exponents of ten of the resistances. */
  readonly resistance?: { readonly low: number; readonly high: number };
  /** Controlled sources as well. */
  readonly controlled?: boolean;
  /** Now and then a node without a path or two forced voltages in conflict. */
  readonly wild?: boolean;
}

const gains = fc.constantFrom(-3, -1, -0.5, 0.25, 0.5, 1, 2, 10);
const conductances = fc.constantFrom(-1e-4, -3e-6, 1e-6, 2e-5, 1e-3);
/** No product with a conductance is 1: loops that cancel but for a rounding are another question. */
const resistanceGains = fc.constantFrom(-1300, -21, 53, 4700, 1.1e5);

const signed = (low: number, high: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.boolean(), uniform(low, high))
    .map(([negative, exponent]) => (negative ? -1 : 1) * rounded(10 ** exponent));

/** Without the preference for the ends and for 0. */
function uniform(low: number, high: number): fc.Arbitrary<number> {
  return fc
    .noBias(fc.integer({ min: Math.round(low * 1e6), max: Math.round(high * 1e6) }))
    .map((n) => n / 1e6);
}

/** Four digits, as people write them. */
const rounded = (x: number): number => Number(x.toPrecision(4));

const specification = fc
  .record(
    {
      vos: signed(-6, -2),
      ibn: signed(-13, -6),
      ibi: signed(-13, -6),
      aol: fc.constantFrom(200, 1e3, 31622.7, 1e5, 2.5e6),
      cmrr: fc.constantFrom(-500, 400, 5623.4, -1e5, 1e6),
      psrrp: fc.constantFrom(250, -1e4, 3e5),
      psrrn: fc.constantFrom(-250, 2e4, -3e5),
      vcm0: signed(-1, 1),
      vout0: signed(-1, 1),
      vdd0: signed(-1, 1),
      vss0: signed(-1, 1),
      tcvos: signed(-7, -5),
      dt: signed(0, 2),
    },
    { requiredKeys: ['vdd0', 'vss0', 'dt'] },
  )
  .map((keys): ExactOpAmp['specification'] => keys);

/** Circuits of 2 to 30 resistors, sources, controlled sources and op amps. */
export function randomCircuits({
  maximumOpAmps = 4,
  resistance = { low: -3, high: 15 },
  controlled = true,
  wild = true,
}: RandomCircuitOptions = {}): fc.Arbitrary<RandomCircuit> {
  const index = fc.noBias(fc.nat({ max: 10_000 }));
  const ohms = uniform(resistance.low, resistance.high).map((exponent) => rounded(10 ** exponent));
  const pair = fc.tuple(index, index);
  const kinds = controlled ? 4 : 0;
  return fc
    .record({
      tree: fc.array(fc.record({ to: index, ohms }), { minLength: 2, maxLength: 10 }),
      others: fc.array(fc.record({ at: pair, ohms }), { maxLength: 18 }),
      voltages: fc.array(signed(-2, 1), { minLength: 1, maxLength: 3 }),
      currents: fc.array(fc.record({ at: pair, amperes: signed(-9, -2) }), { maxLength: 2 }),
      e: fc.array(fc.record({ controls: pair, gain: gains }), { maxLength: kinds / 4 }),
      h: fc.array(fc.record({ control: index, gain: resistanceGains }), { maxLength: kinds / 4 }),
      g: fc.array(fc.record({ at: pair, controls: pair, gain: conductances }), {
        maxLength: kinds / 2,
      }),
      f: fc.array(fc.record({ at: pair, control: index, gain: gains }), { maxLength: kinds / 4 }),
      opAmps: fc.array(
        fc.record({
          inputs: pair,
          feedback: fc.option(ohms, { freq: 4 }),
          supplies: pair,
          specification: fc.option(specification, { freq: 4 }),
        }),
        { maxLength: maximumOpAmps },
      ),
      output: pair,
      // Anything but 0 is as it should be; 1 and 2 show a fault.
      fault: wild ? fc.noBias(fc.integer({ min: 0, max: 15 })) : fc.constant(0),
    })
    .map((drawn) => build(drawn));

  type Drawn = {
    tree: { to: number; ohms: number }[];
    others: { at: [number, number]; ohms: number }[];
    voltages: number[];
    currents: { at: [number, number]; amperes: number }[];
    e: { controls: [number, number]; gain: number }[];
    h: { control: number; gain: number }[];
    g: { at: [number, number]; controls: [number, number]; gain: number }[];
    f: { at: [number, number]; control: number; gain: number }[];
    opAmps: {
      inputs: [number, number];
      feedback: number | null;
      supplies: [number, number];
      specification: ExactOpAmp['specification'] | null;
    }[];
    output: [number, number];
    fault: number;
  };

  function build(drawn: Drawn): RandomCircuit {
    const nodes = ['0', ...drawn.tree.map((_, i) => `n${i + 1}`)];
    const node = (i: number): string => nodes[i % nodes.length]!;
    /** Two different nodes. */
    const two = ([a, b]: readonly [number, number]): [string, string] => {
      const first = a % nodes.length;
      const second = b % nodes.length;
      return [node(first), node(first === second ? first + 1 : second)];
    };
    const elements: ExactElement[] = [];
    let held = 0;
    /** The next node that nothing holds yet, or none. */
    const free = (): string | undefined => {
      held += 1;
      return held < nodes.length ? nodes[held] : undefined;
    };
    const drive = (make: (output: string) => ExactElement): void => {
      const output = free();
      if (output !== undefined) elements.push(make(output));
    };
    drawn.voltages.forEach((value, i) => {
      drive((at) => ({ kind: 'V', name: `V${i + 1}`, nodes: [at, '0'], value }));
    });
    const sources = elements.length;
    drawn.opAmps.forEach((opAmp, i) => {
      const [plus, minus] = two(opAmp.inputs);
      const name = `XU${i + 1}`;
      drive((output) => ({
        kind: 'opAmp',
        name,
        plus,
        minus,
        output,
        positiveSupply: node(opAmp.supplies[0]),
        negativeSupply: node(opAmp.supplies[1]),
        specification: opAmp.specification ?? {},
      }));
      const output = nodes[held];
      if (opAmp.feedback !== null && output !== undefined && output !== minus) {
        elements.push({
          kind: 'R',
          name: `RF${i + 1}`,
          nodes: [output, minus],
          value: opAmp.feedback,
        });
      }
    });
    drawn.e.forEach(({ controls, gain }, i) => {
      drive((at) => ({
        kind: 'E',
        name: `E${i + 1}`,
        nodes: [at, '0'],
        controls: two(controls),
        gain,
      }));
    });
    drawn.h.forEach(({ control, gain }, i) => {
      drive((at) => ({
        kind: 'H',
        name: `H${i + 1}`,
        nodes: [at, '0'],
        control: `V${1 + (control % sources)}`,
        gain,
      }));
    });
    drawn.g.forEach(({ at, controls, gain }, i) => {
      elements.push({
        kind: 'G',
        name: `G${i + 1}`,
        nodes: two(at),
        controls: two(controls),
        gain,
      });
    });
    drawn.f.forEach(({ at, control, gain }, i) => {
      elements.push({
        kind: 'F',
        name: `F${i + 1}`,
        nodes: two(at),
        control: `V${1 + (control % sources)}`,
        gain,
      });
    });
    drawn.currents.forEach(({ at, amperes }, i) => {
      elements.push({ kind: 'I', name: `I${i + 1}`, nodes: two(at), value: amperes });
    });
    drawn.tree.forEach(({ to, ohms: value }, i) => {
      // The tree leads from node i + 1 to an earlier one; a wild circuit lacks its last branch.
      if (drawn.fault === 1 && i === drawn.tree.length - 1) return;
      elements.push({
        kind: 'R',
        name: `RT${i + 1}`,
        nodes: [node(i + 1), node(to % (i + 1))],
        value,
      });
    });
    drawn.others.forEach(({ at, ohms: value }, i) => {
      if (drawn.fault === 1 && two(at).includes(nodes.at(-1)!)) return;
      elements.push({ kind: 'R', name: `R${i + 1}`, nodes: two(at), value });
    });
    if (drawn.fault === 2)
      elements.push({ kind: 'V', name: 'VWILD', nodes: [nodes[1]!, '0'], value: 1 });
    const touched = new Set(elements.flatMap(touchedNodes));
    const [plus, minus] = two(drawn.output);
    return {
      elements,
      output: [touched.has(plus) ? plus : nodes[1]!, touched.has(minus) ? minus : '0'],
    };
  }
}

/** The nodes at which an element can draw current or senses a voltage, supplies left out. */
function touchedNodes(element: ExactElement): readonly string[] {
  if (element.kind === 'opAmp') return [element.plus, element.minus, element.output];
  return element.kind === 'E' || element.kind === 'G'
    ? [...element.nodes, ...element.controls]
    : element.nodes;
}
