// Circuits whose resistors all have a tolerance, as code of their samples, and the exact output of a sample.

import type { Distribution } from '../../grammar/directive/tree.ts';
import { outputSampler } from '../../src/analysis/monte-carlo/output-sampler.ts';
import type { SampledCircuit } from '../../src/analysis/monte-carlo/sampled-circuit.ts';
import type { Variation } from '../../src/analysis/variation.ts';
import { isLinear } from '../../src/circuit/circuit.ts';
import { interpretedKernel } from '../../src/numeric/kernel/interpreter.ts';
import { BLOCK } from '../../src/numeric/kernel/kernel.ts';
import { circuitOf, errorsOf } from './circuit.ts';
import { type ExactElement, ExactSystem, netlistOf } from './exact-circuit.ts';
import { add, type Rational } from './rational.ts';

export interface Specimen {
  readonly name: string;
  readonly elements: readonly ExactElement[];
}

const resistor = (name: string, a: string, b: string, value: number): ExactElement => ({
  name,
  kind: 'R',
  nodes: [a, b],
  value,
});
const source = (name: string, node: string, value: number): ExactElement => ({
  name,
  kind: 'V',
  nodes: [node, '0'],
  value,
});
const opAmp = (name: string, [plus, minus, output]: [string, string, string]): ExactElement => ({
  name,
  kind: 'opAmp',
  plus,
  minus,
  output,
  positiveSupply: '0',
  negativeSupply: '0',
  specification: { aol: 1e6, vos: 1e-4 },
});

const DIFFERENCE_AMPLIFIER: Specimen = {
  name: 'difference amplifier, 4 resistors',
  elements: [
    source('VP', 'p', 1.05),
    source('VM', 'm', 0.95),
    resistor('R1', 'm', 'n', 1e3),
    resistor('R2', 'n', 'out', 1e4),
    resistor('R3', 'p', 'q', 1e3),
    resistor('R4', 'q', '0', 1e4),
    opAmp('XU1', ['q', 'n', 'out']),
  ],
};

const INSTRUMENTATION_AMPLIFIER: Specimen = {
  name: 'instrumentation amplifier, 7 resistors',
  elements: [
    source('VP', 'p', 2.505),
    source('VM', 'm', 2.495),
    opAmp('XU1', ['p', 'a', 'x']),
    opAmp('XU2', ['m', 'b', 'y']),
    resistor('RG', 'a', 'b', 499),
    resistor('RF1', 'a', 'x', 12400),
    resistor('RF2', 'b', 'y', 12400),
    resistor('R1', 'y', 'n', 1e4),
    resistor('R2', 'n', 'out', 1e4),
    resistor('R3', 'x', 'q', 1e4),
    resistor('R4', 'q', '0', 1e4),
    opAmp('XU3', ['q', 'n', 'out']),
  ],
};

/** Eight stages, inverting and not, coupled by dividers. */
const CHAIN: Specimen = {
  name: 'chain, 32 resistors and 8 op amps',
  elements: [
    source('VIN', 's0', 0.5),
    ...Array.from({ length: 8 }, (_, k): ExactElement[] => {
      const [before, after] = [`s${k}`, k === 7 ? 'out' : `s${k + 1}`];
      const [n, q] = [`n${k}`, `q${k}`];
      const divider = [resistor(`RA${k}`, before, q, 1e3), resistor(`RB${k}`, q, '0', 3e3)];
      return k % 2 === 0
        ? [
            ...divider,
            resistor(`RC${k}`, n, '0', 1e4),
            resistor(`RD${k}`, n, after, 3.3e3),
            opAmp(`XU${k}`, [q, n, after]),
          ]
        : [
            ...divider,
            resistor(`RC${k}`, q, n, 2e3),
            resistor(`RD${k}`, n, after, 3.6e3),
            opAmp(`XU${k}`, ['0', n, after]),
          ];
    }).flat(),
  ],
};

/** A T-network from 1 kΩ to 10 GΩ around a current of 1 pA. */
const ELECTROMETER: Specimen = {
  name: 'electrometer amplifier, 3 resistors over seven decades',
  elements: [
    { name: 'I1', kind: 'I', nodes: ['n', '0'], value: 1e-12 },
    resistor('R1', 'n', 't', 1e10),
    resistor('R2', 't', '0', 1e3),
    resistor('R3', 't', 'out', 9e3),
    opAmp('XU1', ['0', 'n', 'out']),
  ],
};

/** Both inputs are fed back; beta_M - beta_P = 1/2 - 97/197 changes its sign within tolerances of about 1 % (of 0.8 %, at their corners). */
export const BALANCED_FEEDBACK: Specimen = {
  name: 'balanced feedback',
  elements: [
    source('VIN', 'in', 1),
    resistor('R1', 'm', '0', 1e3),
    resistor('R2', 'm', 'out', 1e3),
    resistor('R3', 'p', 'in', 970),
    resistor('R4', 'p', 'out', 1e3),
    { ...opAmp('XU1', ['p', 'm', 'out']), specification: { aol: 1e6 } } as ExactElement,
  ],
};

export const SPECIMENS = [DIFFERENCE_AMPLIFIER, INSTRUMENTATION_AMPLIFIER, CHAIN, ELECTROMETER];

export interface Sampled extends SampledCircuit {
  readonly variations: readonly Variation[];
}

/** The netlist of a circuit, its lines of directives behind it, as code. */
export function sampledFrom(text: string, distribution: Distribution): Sampled {
  const circuit = circuitOf(text);
  const errors = errorsOf(circuit);
  if (errors.length > 0 || !isLinear(circuit) || circuit.output === null) {
    throw new Error(errors.join('\n') || 'no linear circuit with an output');
  }
  const sampler = outputSampler(circuit, { distribution });
  if (sampler === undefined) throw new Error('no code');
  return { ...sampler.circuit, variations: sampler.variations };
}

export function textOf({ elements }: Specimen, part: string): string {
  return `${netlistOf(elements, { output: 'V(out)' }).split('\n').slice(1).join('\n')}*@ tol R* ${part}\n`;
}

/** The factor of every element in a sample of a block of deviates. */
export function factorsOf(
  { valueCode, variations: varying }: Sampled,
  inputs: Float64Array,
): ReadonlyMap<string, number>[] {
  const values = new Float64Array(valueCode.outputs.length * BLOCK);
  interpretedKernel(valueCode)(inputs, values);
  return Array.from(
    { length: BLOCK },
    (_, i) =>
      new Map(
        varying.map((variation, k) => {
          if (variation.kind !== 'element') throw new Error('only elements vary here');
          return [variation.element.name, values[k * BLOCK + i]!];
        }),
      ),
  );
}

/** V(out) with the resistances times these factors. */
export function exactOutput(
  { elements }: Specimen,
  factors: ReadonlyMap<string, number>,
): Rational {
  const moved = elements.map(
    (element): ExactElement =>
      element.kind === 'R'
        ? { ...element, value: element.value * (factors.get(element.name) ?? 1) }
        : element,
  );
  const system = new ExactSystem(moved, 'finite');
  const errors = system.errors();
  const b = system.sources().map((value, i) => add(value, errors[i]!));
  const [x] = system.solve([b]) ?? [];
  if (x === undefined) throw new Error('a singular sample');
  return x.at(system.node('out'));
}
