/** One card of the syntax tree -> elements of the circuit, with numbers for expressions. */

import type {
  BehaviouralCard,
  CurrentControlledCard,
  ElementCard,
  OtherCard,
  PassiveCard,
  SourceCard,
  VoltageControlledCard,
} from '../../grammar/spice/tree.ts';
import type { Element } from './circuit.ts';
import { behavioural, currentControlled, voltageControlled } from './controlled-sources.ts';
import { transmissionLine } from './lines.ts';
import { capacitor, inductor, resistor } from './passive.ts';
import type { Place } from './place.ts';
import { EvaluationFault } from './scope.ts';
import { source } from './sources.ts';

/**
 * The elements of a card; none for cards without effect at DC (K), and none for a refused card, whose
 * fault then stands in `place.diagnostics`.
 */
export function elementsOf(card: ElementCard, place: Place): readonly Element[] {
  try {
    switch (card.letter) {
      case 'R':
        return resistor(card as PassiveCard, place);
      case 'C':
        return capacitor(card as PassiveCard, place);
      case 'L':
        return inductor(card as PassiveCard, place);
      case 'V':
      case 'I':
        return source(card as SourceCard, place);
      case 'E':
      case 'G':
        return voltageControlled(card as VoltageControlledCard, place);
      case 'F':
      case 'H':
        return currentControlled(card as CurrentControlledCard, place);
      case 'K':
        return [];
      case 'B':
        if ('expression' in card) return behavioural(card as BehaviouralCard, place);
        throw unsupported(card);
      case 'T':
        return transmissionLine(card as OtherCard, place);
      default:
        throw unsupported(card);
    }
  } catch (fault) {
    if (!(fault instanceof EvaluationFault)) throw fault;
    place.diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
    return [];
  }
}

/** What the letters that are not solved yet stand for. */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'code model',
  B: 'behavioural source',
  D: 'diode',
  J: 'JFET',
  M: 'MOSFET',
  N: 'compiled model',
  O: 'lossy line',
  P: 'coupled lines',
  Q: 'bipolar transistor',
  S: 'voltage-controlled switch',
  U: 'distributed RC line or digital device',
  W: 'current-controlled switch',
  Y: 'transmission line',
  Z: 'MESFET',
};

function unsupported(card: ElementCard): EvaluationFault {
  const what = LETTERS[card.letter.toUpperCase()] ?? 'unknown type';
  return new EvaluationFault(
    'unsupported_element',
    card.name.span,
    `Element "${card.name.text}" (${what}) cannot be solved by this version.`,
    'R, C, L, V, I, E, F, G, H, K, T, X, linear B and op amps can be.',
  );
}
