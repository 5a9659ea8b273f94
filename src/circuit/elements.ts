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
import { codeModel } from './code-models/code-model.ts';
import { behavioural, currentControlled, voltageControlled } from './controlled-sources.ts';
import { device } from './device-cards.ts';
import { coupledLines, losslessLine, lossyLine, rcLine, singleLine } from './lines.ts';
import { specialFunction } from './ltspice-special.ts';
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
        return losslessLine(card as OtherCard, place);
      case 'O':
        return lossyLine(card as OtherCard, place);
      case 'P':
        // HSPICE's is a port.
        if ('device' in card) return coupledLines(card as OtherCard, place);
        throw unsupported(card);
      case 'Y':
        if ('device' in card) return singleLine(card as OtherCard, place);
        throw unsupported(card);
      case 'U':
        // PSpice's and Xyce's is a digital device.
        if ('device' in card) return rcLine(card as OtherCard, place);
        throw unsupported(card);
      case 'A':
        if ('codeModel' in card) return codeModel(card, place);
        if ('device' in card) return specialFunction(card as OtherCard, place);
        throw unsupported(card);
      case 'D':
      case 'J':
      case 'M':
      case 'Q':
      case 'S':
      case 'W':
      case 'Z':
        return device(card as OtherCard, place);
      default:
        throw unsupported(card);
    }
  } catch (fault) {
    if (!(fault instanceof EvaluationFault)) throw fault;
    place.diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
    return [];
  }
}

/** What a card letter stands for, and what `analyze` makes of it. */
export const CARDS: Readonly<
  Record<string, { readonly element: string; readonly solved: string }>
> = {
  R: { element: 'resistor', solved: 'value, expression, model, `tc1` `tc2` `m`' },
  C: { element: 'capacitor', solved: 'open; `Rpar`' },
  L: { element: 'inductor', solved: 'a short; `Rser`' },
  V: { element: 'voltage source', solved: 'DC value, else what the waveform starts from; `Rser`' },
  I: { element: 'current source', solved: 'DC value, else what the waveform starts from' },
  E: {
    element: 'voltage-controlled voltage',
    solved: 'linear, `POLY`, `VALUE`, `TABLE`, `PWL`, `LAPLACE`, `FREQ`, `OPAMP`; any expression',
  },
  F: { element: 'current-controlled current', solved: 'linear, `POLY`, `VALUE`' },
  G: {
    element: 'voltage-controlled current',
    solved: 'linear, `POLY`, `VALUE`, `TABLE`, `PWL`, `LAPLACE`, `FREQ`; any expression',
  },
  H: { element: 'current-controlled voltage', solved: 'linear, `POLY`, `VALUE`' },
  B: { element: 'behavioural source', solved: '`V=`, `I=`, `R=` of any expression' },
  K: { element: 'coupled inductors', solved: 'no effect at DC' },
  T: { element: 'transmission line', solved: 'joins its ports at DC' },
  X: { element: 'subcircuit', solved: 'expanded, or an op amp; `m`' },
  A: {
    element: 'code model',
    solved: 'analog code models; LTspice `OTA`; digital ones at their start',
  },
  D: { element: 'diode', solved: 'levels 1 and 3; idealised (`Ron`, `Vfwd` ...)' },
  J: { element: 'JFET', solved: 'level 1' },
  M: { element: 'MOSFET', solved: 'levels 1-3, BSIM3, BSIM4, `VDMOS`' },
  N: { element: 'compiled model', solved: '' },
  O: { element: 'lossy line', solved: '`LTRA`: R times its length' },
  P: { element: 'coupled lines', solved: '`CPL`: R times its length, line by line' },
  Q: { element: 'bipolar transistor', solved: 'Gummel-Poon, VBIC' },
  S: { element: 'voltage-controlled switch', solved: 'with hysteresis, or smooth' },
  U: { element: 'distributed RC line or digital device', solved: '`URC`: its resistance' },
  W: { element: 'current-controlled switch', solved: 'with hysteresis, or smooth' },
  Y: { element: 'lossy line', solved: '`TXL`: R times its length' },
  Z: { element: 'MESFET', solved: 'level 1 (Statz)' },
};

const SOLVED = Object.keys(CARDS).filter((letter) => CARDS[letter]?.solved !== '');

function unsupported(card: ElementCard): EvaluationFault {
  const what = CARDS[card.letter.toUpperCase()]?.element ?? 'unknown type';
  return new EvaluationFault(
    'unsupported_element',
    card.name.span,
    `Element "${card.name.text}" (${what}) cannot be solved by this version.`,
    `Elements with the letters ${SOLVED.join(' ')} can be, and op amps.`,
  );
}
