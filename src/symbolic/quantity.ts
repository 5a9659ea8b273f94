/** The quantities that have closed forms, what they are called, and the question that each asks (theory D3-D6). */

import type { Element, LinearCircuit, LinearElement, OpAmp } from '../circuit/circuit.ts';
import { GROUND, opAmpsOf } from '../circuit/circuit.ts';
import type { Question } from './network.ts';

/** Quantities of an op amp. */
export const OP_AMP_QUANTITIES = ['GN', 'GNO', 'RNEQ', 'RIEQ', 'ZN', 'ZI', 'BETA'] as const;

export type Quantity =
  | { readonly kind: (typeof OP_AMP_QUANTITIES)[number]; readonly opAmp: OpAmp }
  | { readonly kind: 'gain'; readonly source: Element }
  | { readonly kind: 'VOE' };

export function quantityName(quantity: Quantity): string {
  switch (quantity.kind) {
    case 'VOE':
      return 'VOE';
    case 'gain':
      return `gain(${quantity.source.name})`;
    default:
      return `${quantity.kind}(${quantity.opAmp.name})`;
  }
}

/** Every quantity of a circuit; those at the output only where there is one. */
export function quantitiesOf(circuit: LinearCircuit): readonly Quantity[] {
  const opAmps = opAmpsOf(circuit);
  const hasOutput = circuit.output !== null;
  const sources = circuit.elements.filter(
    ({ kind }) => kind === 'voltageSource' || kind === 'currentSource',
  );
  return [
    ...opAmps.flatMap((opAmp) =>
      OP_AMP_QUANTITIES.filter((kind) => hasOutput || !AT_THE_OUTPUT.has(kind)).map((kind) => ({
        kind,
        opAmp,
      })),
    ),
    ...(hasOutput ? sources.map((source) => ({ kind: 'gain', source }) as const) : []),
    ...(hasOutput && opAmps.length > 0 ? [{ kind: 'VOE' } as const] : []),
  ];
}

export const AT_THE_OUTPUT: ReadonlySet<Quantity['kind']> = new Set([
  'GNO',
  'ZN',
  'ZI',
  'gain',
  'VOE',
]);

/** The question of every quantity but V_OE, which is a sum of several; undefined without an output to ask it of. */
export function questionOf(
  quantity: Exclude<Quantity, { kind: 'VOE' }>,
  { output }: Pick<LinearCircuit, 'output'>,
): Question | undefined {
  const reading = readingOf(output);
  if (quantity.kind === 'gain') {
    const element = quantity.source as LinearElement;
    return reading && { network: 'ideal', cause: { kind: 'source', element }, reading };
  }
  const { opAmp } = quantity;
  const pins = { kind: 'voltage', plus: opAmp.plus, minus: opAmp.minus } as const;
  const exchanged = { kind: 'voltage', plus: opAmp.minus, minus: opAmp.plus } as const;
  const offset = { kind: 'offset', opAmp } as const;
  switch (quantity.kind) {
    case 'GN':
      return { network: 'ideal', cause: offset, reading: { kind: 'voltage', ...opAmp.output } };
    case 'GNO':
      return reading && { network: 'ideal', cause: offset, reading };
    case 'ZN':
      return reading && { network: 'ideal', cause: current(opAmp.plus), reading };
    case 'ZI':
      return reading && { network: 'ideal', cause: current(opAmp.minus), reading };
    // The drop of V_P - V_M, or of V_M - V_P, per ampere drawn (theory D4).
    case 'RNEQ':
      return { network: 'dead', cause: current(opAmp.plus), reading: exchanged };
    case 'RIEQ':
      return { network: 'dead', cause: current(opAmp.minus), reading: pins };
    case 'BETA':
      return { network: 'dead', cause: { kind: 'output', opAmp }, reading: exchanged };
  }
}

function current(node: number) {
  return { kind: 'pinCurrent', node } as const;
}

function readingOf(output: LinearCircuit['output']): Question['reading'] | undefined {
  if (output === null) return undefined;
  return output.quantity === 'V'
    ? { kind: 'voltage', plus: output.port.plus ?? GROUND, minus: output.port.minus ?? GROUND }
    : { kind: 'current', element: output.element };
}
