/** The ports of one code model card: what formulas read there, and the sources that drive them. */

import type { OtherCard } from '../../../grammar/spice/tree.ts';
import { constant, type Formula } from '../../devices/formula.ts';
import { type Element, GROUND, type Port } from '../circuit.ts';
import { sourceOf } from '../controlled-sources.ts';
import { Inputs } from '../formula.ts';
import { base, type Place } from '../place.ts';
import type { Connection, Connections } from './connections.ts';
import { minus } from './corner.ts';
import type { EventType } from './event-nodes.ts';

/** What a connection carries when it is no voltage or current. */
export function eventTypeOf({ type }: Connection): EventType | undefined {
  return type === 'd' || type === 'real' ? type : undefined;
}

/** One element of a port. */
export interface Terminal {
  readonly port: string;
  readonly index: number;
  readonly connection: Connection;
}

export class CodeModelPorts {
  readonly #card: OtherCard;
  readonly #place: Place;
  readonly #connections: Connections;
  /** 0 V sources through which currents are read, by name. */
  readonly #probes = new Map<string, Element>();

  constructor(
    card: OtherCard,
    { place, connections }: { readonly place: Place; readonly connections: Connections },
  ) {
    this.#card = card;
    this.#place = place;
    this.#connections = connections;
  }

  /** True when the voltages and currents here may depend on events. */
  get hasEvents(): boolean {
    return [...this.#connections.values()]
      .flat()
      .some((connection) => eventTypeOf(connection) !== undefined);
  }

  /** The elements of a port; none when it is left open. */
  terminals(port: string): readonly Terminal[] {
    const connections = this.#connections.get(port) ?? [];
    return connections.map((connection, index) => ({ port, index, connection }));
  }

  read(port: string, inputs: Inputs): readonly Formula[] {
    return this.terminals(port).map((terminal) => this.#reading(terminal, inputs));
  }

  /** Lets an output say what its event node carries. */
  drive({ connection }: Terminal, type: EventType, value: (inputs: Inputs) => Formula): void {
    const [word] = connection.names;
    if (word === undefined) return;
    const { events, node } = this.#place;
    const carried = (inputs: Inputs) => inverted(connection, value(inputs));
    events.note(node(word), word);
    events.drive(node(word), { type, word, value: carried });
  }

  /** The source of an output, and the probes that its formula has needed. */
  source(terminal: Terminal, law: (inputs: Inputs) => Formula): readonly Element[] {
    const inputs = new Inputs(this.#place);
    const known = new Set(this.#probes.keys());
    const formula = law(inputs);
    const { name, span } = base(this.#card, this.#place);
    const port = this.#port(terminal.connection);
    const shape = { name: this.#sourceName(name, terminal), span, port };
    const quantity = /^[vh]/.test(terminal.connection.type) ? 'V' : 'I';
    const source = sourceOf(shape, quantity, { formula, inputs: inputs.controls });
    const probes = [...this.#probes].flatMap(([key, probe]) => (known.has(key) ? [] : [probe]));
    return [source, ...probes];
  }

  /** That of the card where it drives one port. */
  #sourceName(name: string, { port, index }: Terminal): string {
    const single = (this.#connections.get(port)?.length ?? 0) === 1;
    if (!single) return `${name}#${port}${index}`;
    return port === 'out' || port === 'z' ? name : `${name}#${port}`;
  }

  #reading(terminal: Terminal, inputs: Inputs): Formula {
    const { connection, port, index } = terminal;
    const { type, names } = connection;
    const { text: name } = this.#card.name;
    const [word] = names;
    switch (type) {
      case 'd':
      case 'real': {
        if (word === undefined) return constant(0);
        const { events, node } = this.#place;
        events.note(node(word), word);
        return inverted(connection, events.value(node(word), { type, inputs }));
      }
      case 'vnam':
        return inputs.current(word?.text ?? '');
      case 'i':
      case 'id': {
        const probe = `${name}#${port}${index}`;
        this.#probe(probe, connection);
        return inputs.current(probe);
      }
      case 'h':
      case 'hd':
        return inputs.current(this.#sourceName(name, terminal));
      default:
        return inputs.voltage(this.#port(connection));
    }
  }

  #probe(name: string, connection: Connection): void {
    if (this.#probes.has(name)) return;
    const [full, span] = [this.#place.prefix + name, this.#card.span];
    const port = this.#port(connection);
    this.#probes.set(name, { kind: 'voltageSource', name: full, span, port, voltage: 0 });
  }

  #port({ names: [plus, negative] }: Connection): Port {
    return {
      plus: plus === undefined ? GROUND : this.#place.node(plus),
      minus: negative === undefined ? GROUND : this.#place.node(negative),
    };
  }
}

function inverted(connection: Connection, value: Formula): Formula {
  return connection.inverted && connection.type === 'd' ? minus(constant(1), value) : value;
}
