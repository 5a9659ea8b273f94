/**
 * What the names of a calculation stand for: `R_3` and `R_{3}` for R3, `G_N` for GN(XU1) when there is one op amp
 * and `G_{N1}` for that of XU1 when there are several, `V_OUT` for V(out), `\beta` for BETA.
 */

import type { Expression, Word } from '../../../grammar/expression.ts';
import type { Span } from '../../../grammar/source.ts';
import type { SymbolNode } from '../../../grammar/walk.ts';
import type { Circuit, OpAmp } from '../../circuit/circuit.ts';
import { opAmpsOf } from '../../circuit/circuit.ts';
import { CIRCUIT_QUANTITIES, OP_AMP_QUANTITIES } from '../quantities.ts';

/** Names that differ in their typesetting only have the same key. */
export function keyOf(name: string): string {
  return name
    .replace(/\\(?:text|mathrm|mathit|operatorname)/g, '')
    .replace(/\\?(?:beta|\u03b2)/g, 'BETA')
    .replace(/\\?(?:Delta|\u0394)\s*/g, 'D')
    .replace(/[\\{}_\s#]/g, '')
    .toUpperCase();
}

export class Vocabulary {
  readonly #circuit: Circuit;
  readonly #opAmps: readonly OpAmp[];

  constructor(circuit: Circuit) {
    this.#circuit = circuit;
    this.#opAmps = opAmpsOf(circuit);
  }

  /** What a plain name is in the circuit; undefined when it is nothing there. */
  name(name: string, span: Span): SymbolNode | undefined {
    const key = keyOf(name);
    const element = this.#circuit.elements.find(
      (at) => keyOf(at.name) === key && at.kind !== 'opAmp',
    );
    if (element !== undefined) return { kind: 'name', name: element.name, span };
    const ofOpAmp = this.#ofOpAmp(key, span);
    const node = this.#node(key, span);
    // The output of the circuit comes before that of the op amp.
    if (key === 'VOUT' && node !== undefined) return node;
    if (ofOpAmp !== undefined) return ofOpAmp;
    if (CIRCUIT_QUANTITIES.includes(key)) return { kind: 'name', name: key, span };
    return node;
  }

  /** `V_OUT` for a node `out` or `vout`. */
  #node(key: string, span: Span): SymbolNode | undefined {
    if (!key.startsWith('V')) return undefined;
    const node = this.#circuit.nodes.find(
      (name) => keyOf(name) === key.slice(1) || keyOf(name) === key,
    );
    return node === undefined ? undefined : probe('V', [node], span);
  }

  #ofOpAmp(key: string, span: Span): SymbolNode | undefined {
    const quantity = OP_AMP_QUANTITIES.find(
      (name) => key.startsWith(name) && this.#owner(key.slice(name.length)) !== undefined,
    );
    const longest = OP_AMP_QUANTITIES.filter(
      (name) => key.startsWith(name) && this.#owner(key.slice(name.length)) !== undefined,
    ).sort((a, b) => b.length - a.length)[0];
    const found = longest ?? quantity;
    if (found === undefined) return undefined;
    const owner = this.#owner(key.slice(found.length));
    return owner === undefined ? undefined : probe(found, [owner.name], span);
  }

  /** The op amp that an index means: none for the only one, `1` for XU1, `XU1` itself. */
  #owner(index: string): OpAmp | undefined {
    const [first, second] = this.#opAmps;
    if (index === '') return second === undefined ? first : undefined;
    const named = this.#opAmps.filter(
      ({ name }) =>
        keyOf(name) === index || (/^\d+$/.test(index) && /\d+$/.exec(name)?.[0] === index),
    );
    return named.length === 1 ? named[0] : undefined;
  }

  /** `V(out)`, `GN(XU1)`, `gain(VIN)` with the names as the circuit spells them; undefined when the head is no quantity. */
  application(
    head: string,
    { names, span }: { names: readonly Word[]; span: Span },
  ): SymbolNode | undefined {
    const key = keyOf(head);
    const isQuantity =
      OP_AMP_QUANTITIES.includes(key) || ['V', 'I', 'R', 'GAIN', 'RTI'].includes(key);
    if (!isQuantity) return undefined;
    const known = [...this.#circuit.elements.map(({ name }) => name), ...this.#circuit.nodes, '0'];
    const spelled = names.map(({ text }) => known.find((name) => keyOf(name) === keyOf(text)));
    if (spelled.some((name) => name === undefined)) return undefined;
    const plain = spelled.flatMap((name) => (name === undefined ? [] : [name]));
    if (OP_AMP_QUANTITIES.includes(key) && !this.#opAmps.some(({ name }) => name === plain[0])) {
      return undefined;
    }
    return probe(key, plain, span);
  }

  /** The op amp that a probe speaks of. */
  opAmp(symbol: SymbolNode): OpAmp | undefined {
    if (symbol.kind !== 'probe' || !OP_AMP_QUANTITIES.includes(symbol.quantity)) return undefined;
    return this.#opAmps.find(({ name }) => name === symbol.names[0]?.text);
  }
}

function probe(quantity: string, names: readonly string[], span: Span): SymbolNode {
  return { kind: 'probe', quantity, names: names.map((text) => ({ text, span })), span };
}

/** A product of the head and the content of what looked like a call: `G_N(V_OST)`. */
export function productOf(
  head: string,
  { names, span }: { names: readonly Word[]; span: Span },
): Expression | undefined {
  const [content, second] = names;
  if (content === undefined || second !== undefined) return undefined;
  const open = { source: span.source, start: span.start, end: span.start + head.length };
  return {
    kind: 'binary',
    operator: '*',
    left: { kind: 'name', name: head, span: open },
    right: { kind: 'name', name: content.text, span: content.span },
    span,
  };
}
