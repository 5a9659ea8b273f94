/**
 * The ports of a code model card (ngspice manual, XSPICE): each is a node or a pair of nodes, by its type,
 * or a vector of them in brackets.
 */

import type { Word } from '../../../grammar/expression.ts';
import type { CodeModel, CodeModelPart } from '../../../grammar/spice/tree.ts';
import { EvaluationFault } from '../scope.ts';

/** How many names a connection of a type takes: nodes, or for `vnam` a voltage source. */
const NAMES = {
  v: 1,
  i: 1,
  g: 1,
  h: 1,
  vd: 2,
  id: 2,
  gd: 2,
  hd: 2,
  vnam: 1,
  d: 1,
  real: 1,
} as const;

export type PortType = keyof typeof NAMES;

export interface PortSpecification {
  readonly name: string;
  /** Those it may have, the default first. */
  readonly types: readonly PortType[];
  readonly vector?: true;
  /** True when `null` may stand for it. */
  readonly optional?: true;
}

export interface Connection {
  readonly type: PortType;
  readonly names: readonly Word[];
  readonly inverted: boolean;
}

/** Voltages and currents to read, and those to drive. */
export const READ: readonly PortType[] = ['v', 'vd', 'i', 'id', 'vnam'];
export const DRIVE: readonly PortType[] = ['v', 'vd', 'i', 'id'];

export type Connections = ReadonlyMap<string, readonly Connection[]>;

/** The connections of every port. @throws {EvaluationFault} when the card does not fit the ports. */
export function connectionsOf(
  { parts, model }: CodeModel,
  { owner, ports }: { readonly owner: Word; readonly ports: readonly PortSpecification[] },
): Connections {
  const reader = new PartReader(parts, owner);
  const connections = new Map(ports.map((port) => [port.name, reader.port(port)] as const));
  const rest = reader.peek();
  if (rest === undefined) return connections;
  throw new EvaluationFault(
    'extra_argument',
    rest.word.span,
    `"${owner.text}" has more connections than its model "${model.text}" has ports (${ports.map(({ name }) => name).join(', ')}).`,
  );
}

class PartReader {
  readonly #parts: readonly CodeModelPart[];
  readonly #owner: Word;
  #at = 0;

  constructor(parts: readonly CodeModelPart[], owner: Word) {
    this.#parts = parts;
    this.#owner = owner;
  }

  peek(): CodeModelPart | undefined {
    return this.#parts[this.#at];
  }

  port(port: PortSpecification): readonly Connection[] {
    let type = this.#type(port) ?? port.types[0] ?? 'v';
    if (port.vector !== true) {
      const single = this.#connection(type, port);
      return single === undefined ? [] : [single];
    }
    if (this.peek()?.kind !== 'open')
      return [this.#connection(type, port)].flatMap((one) => one ?? []);
    this.#at++;
    const elements: Connection[] = [];
    while (this.peek()?.kind !== 'close') {
      type = this.#type(port) ?? type;
      const element = this.#connection(type, port);
      if (element !== undefined) elements.push(element);
    }
    this.#at++;
    return elements;
  }

  /** `%vd` */
  #type(port: PortSpecification): PortType | undefined {
    const part = this.peek();
    if (part?.kind !== 'type') return undefined;
    this.#at++;
    const found = port.types.find((type) => type === part.word.text.toLowerCase());
    if (found !== undefined) return found;
    throw new EvaluationFault(
      'wrong_port_type',
      part.word.span,
      `Port "${port.name}" of "${this.#owner.text}" cannot be of type %${part.word.text}.`,
      `It can be ${port.types.map((type) => `%${type}`).join(', ')}.`,
    );
  }

  /** Undefined for `null`. */
  #connection(type: PortType, port: PortSpecification): Connection | undefined {
    const first = this.peek();
    if (first?.kind === 'null') {
      this.#at++;
      if (port.optional === true) return undefined;
      throw this.#missing(port, first.word);
    }
    const names: Word[] = [];
    let inverted = false;
    while (names.length < NAMES[type]) {
      const part = this.peek();
      if (part?.kind !== 'name') throw this.#missing(port, part?.word ?? this.#owner);
      inverted ||= part.inverted;
      names.push(part.word);
      this.#at++;
    }
    return { type, names, inverted };
  }

  #missing({ name }: PortSpecification, at: Word): EvaluationFault {
    return new EvaluationFault(
      'missing_node',
      at.span,
      `"${this.#owner.text}" has no connection for its port "${name}".`,
      'Vectors stand in brackets, pairs of nodes behind %vd or %id.',
    );
  }
}
