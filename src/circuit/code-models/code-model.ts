/** An A card of ngspice -> elements, one source per port that the code model drives, and values of event nodes. */

import type { OtherCard } from '../../../grammar/spice/tree.ts';
import { didYouMean } from '../../../grammar/suggest.ts';
import type { Formula } from '../../devices/formula.ts';
import type { Element } from '../circuit.ts';
import type { Inputs } from '../formula.ts';
import type { PlacedModel } from '../level.ts';
import type { Place } from '../place.ts';
import { EvaluationFault } from '../scope.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { CONDUCTION } from './conduction.ts';
import { connectionsOf } from './connections.ts';
import { EVENTS } from './events.ts';
import type { CodeModelKind } from './kinds.ts';
import { MEMORY } from './memory.ts';
import { CodeModelParameters } from './parameters.ts';
import { CodeModelPorts, eventTypeOf } from './ports.ts';

const KINDS: ReadonlyMap<string, CodeModelKind> = new Map(
  Object.entries({ ...ARITHMETIC, ...MEMORY, ...CONDUCTION, ...EVENTS }),
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
  const ports = new CodeModelPorts(card, { place, connections });
  return Object.entries(kind.laws).flatMap(([port, law]) =>
    ports.terminals(port).flatMap((terminal) => {
      const value = (inputs: Inputs): Formula =>
        law(parameters, (name) => ports.read(name, inputs), terminal.index);
      const type = eventTypeOf(terminal.connection);
      if (type !== undefined) {
        ports.drive(terminal, type, value);
        return [];
      }
      if (!ports.hasEvents) return ports.source(terminal, value);
      // What reads events waits until every output that drives them is known.
      place.defer(() => ports.source(terminal, value));
      return [];
    }),
  );
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
