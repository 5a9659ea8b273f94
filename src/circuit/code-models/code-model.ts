/** An A card of ngspice -> elements: one source per port that the code model drives. */

import type { OtherCard } from '../../../grammar/spice/tree.ts';
import { didYouMean } from '../../../grammar/suggest.ts';
import type { Formula } from '../../devices/formula.ts';
import { type Element, GROUND, type Port } from '../circuit.ts';
import { sourceOf } from '../controlled-sources.ts';
import { Inputs } from '../formula.ts';
import type { PlacedModel } from '../level.ts';
import { base, type Place } from '../place.ts';
import { EvaluationFault } from '../scope.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { CONDUCTION } from './conduction.ts';
import { type Connection, type Connections, connectionsOf } from './connections.ts';
import type { CodeModelKind } from './kinds.ts';
import { MEMORY } from './memory.ts';
import { CodeModelParameters } from './parameters.ts';

const KINDS: ReadonlyMap<string, CodeModelKind> = new Map(
  Object.entries({ ...ARITHMETIC, ...MEMORY, ...CONDUCTION }),
);

/** @throws {EvaluationFault} when the card, its model or one of their values cannot be used. */
export function codeModel(card: OtherCard, place: Place): readonly Element[] {
  const { codeModel: words } = card;
  if (words === undefined) throw unreadable(card);
  const model = place.model(words.model.text);
  if (model === undefined) {
    throw new EvaluationFault(
      'undefined_model',
      words.model.span,
      `Model "${words.model.text}" of "${card.name.text}" is not defined.`,
      'Add its .model card, or include the library that has it.',
    );
  }
  const kind = kindOf(model, card);
  const connections = connectionsOf(words, { owner: card.name, ports: kind.ports });
  const parameters = new CodeModelParameters(model, {
    specification: kind.parameters,
    diagnostics: place.diagnostics,
  });
  const part = new CodeModelPorts(card, { place, connections });
  const driven = Object.entries(kind.laws).map(([port, law]) =>
    part.source(port, (inputs) => law(parameters, (name) => part.read(name, inputs))),
  );
  return [...driven, ...part.probes];
}

/** The ports of one card as sources and as what formulas read. */
class CodeModelPorts {
  /** 0 V sources through which currents are read. */
  readonly probes: Element[] = [];
  readonly #card: OtherCard;
  readonly #place: Place;
  readonly #connections: Connections;

  constructor(
    card: OtherCard,
    { place, connections }: { readonly place: Place; readonly connections: Connections },
  ) {
    this.#card = card;
    this.#place = place;
    this.#connections = connections;
  }

  read(port: string, inputs: Inputs): readonly Formula[] {
    const connections = this.#connections.get(port) ?? [];
    return connections.map((connection, index) =>
      this.#reading(connection, { port, index, inputs }),
    );
  }

  source(port: string, law: (inputs: Inputs) => Formula): Element {
    const [connection] = this.#connections.get(port) ?? [];
    if (connection === undefined) throw unreadable(this.#card);
    const inputs = new Inputs(this.#place);
    const formula = law(inputs);
    const { name, span } = base(this.#card, this.#place);
    const voltage = /^[vh]/.test(connection.type);
    const shape = { name: this.#sourceName(name, port), span, port: this.#port(connection) };
    return sourceOf(shape, voltage ? 'V' : 'I', { formula, inputs: inputs.controls });
  }

  /** That of the card where it drives one port: the first that reads or drives in both directions, or `out`. */
  #sourceName(name: string, port: string): string {
    return port === 'out' || port === 'z' ? name : `${name}#${port}`;
  }

  #reading(
    connection: Connection,
    { port, index, inputs }: { port: string; index: number; inputs: Inputs },
  ): Formula {
    const { type, names } = connection;
    const { text: name } = this.#card.name;
    switch (type) {
      case 'vnam':
        return inputs.current(names[0]?.text ?? '');
      case 'i':
      case 'id': {
        const probe = `${name}#${port}${index}`;
        this.#probe(probe, connection);
        return inputs.current(probe);
      }
      case 'h':
      case 'hd':
        return inputs.current(this.#sourceName(name, port));
      default:
        return inputs.voltage(this.#port(connection));
    }
  }

  #probe(name: string, connection: Connection): void {
    const full = this.#place.prefix + name;
    if (this.probes.some((probe) => probe.name === full)) return;
    const port = this.#port(connection);
    this.probes.push({
      kind: 'voltageSource',
      name: full,
      span: this.#card.span,
      port,
      voltage: 0,
    });
  }

  #port({ names: [plus, minus] }: Connection): Port {
    return {
      plus: plus === undefined ? GROUND : this.#place.node(plus),
      minus: minus === undefined ? GROUND : this.#place.node(minus),
    };
  }
}

function kindOf({ card: model }: PlacedModel, card: OtherCard): CodeModelKind {
  const kind = KINDS.get(model.type.text.toLowerCase());
  if (kind !== undefined) return kind;
  throw new EvaluationFault(
    'unsupported_model',
    card.codeModel?.model.span ?? card.span,
    `"${card.name.text}" is a code model of type ${model.type.text}, which this version cannot solve${didYouMean(model.type.text, KINDS.keys())}.`,
    `These can be: ${[...KINDS.keys()].join(', ')}.`,
  );
}

function unreadable(card: OtherCard): EvaluationFault {
  return new EvaluationFault(
    'unsupported_element',
    card.name.span,
    `The words of "${card.name.text}" do not read as the card of a code model.`,
    'Write its ports in order, vectors in brackets, then the name of a model.',
  );
}
