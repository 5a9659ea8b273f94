/** How a figure is read off the vectors of a step: which vectors it needs, and their combination. */

import type { Circuit, OpAmp, Output } from '../circuit/circuit.ts';
import type { DeckNames } from './deck.ts';

export function pinReader(opAmp: OpAmp, names: DeckNames) {
  const plus = names.node(opAmp.plus);
  const minus = names.node(opAmp.minus);
  const vectors = [...(plus === undefined ? [] : [plus]), ...(minus === undefined ? [] : [minus])];
  return {
    vectors,
    plus: (values: readonly number[]) => (plus === undefined ? 0 : (values[0] ?? Number.NaN)),
    minus: (values: readonly number[]) =>
      minus === undefined ? 0 : (values[plus === undefined ? 0 : 1] ?? Number.NaN),
  };
}

/** The output as a combination of vectors. */
export function outputReader(
  circuit: Circuit,
  { output, names }: { output: Output; names: DeckNames },
) {
  if (output.quantity === 'V') return portReader(output.port, { names, factor: 1 });
  const element = circuit.elements.find(({ name }) => name === output.element);
  if (element === undefined) throw new RangeError(`There is no element "${output.element}".`);
  if (element.kind === 'resistor' && element.resistance !== 0) {
    return portReader(element.port, { names, factor: 1 / element.resistance });
  }
  return {
    vectors: [`i(${names.element(element)})`],
    read: (values: readonly number[]) => values[0] ?? Number.NaN,
  };
}

function portReader(
  port: { readonly plus: number; readonly minus: number },
  { names, factor }: { names: DeckNames; factor: number },
) {
  const plus = names.node(port.plus);
  const minus = names.node(port.minus);
  const vectors = [...(plus === undefined ? [] : [plus]), ...(minus === undefined ? [] : [minus])];
  return {
    vectors,
    read: (values: readonly number[]) => {
      const first = plus === undefined ? 0 : (values[0] ?? Number.NaN);
      const second = minus === undefined ? 0 : (values[plus === undefined ? 0 : 1] ?? Number.NaN);
      return factor * (first - second);
    },
  };
}
