/** One card of the syntax tree -> one element of the circuit, with numbers for expressions. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Expression, Word } from '../../grammar/expression.ts';
import type {
  Assignment,
  CurrentControlledCard,
  ElementCard,
  PassiveCard,
  SourceCard,
  VoltageControlledCard,
} from '../../grammar/spice/tree.ts';
import type { CurrentControl, Element, Port, VoltageControl } from './circuit.ts';
import { EvaluationFault, type Scope } from './scope.ts';

/** What a card needs to know of the place where it stands. */
export interface Place {
  readonly scope: Scope;
  readonly diagnostics: Diagnostics;
  /** `XA.` in front of names inside the instance XA. */
  readonly prefix: string;
  readonly node: (word: Word) => number;
  /** T_A - T_NOM of resistors [K]. */
  readonly temperatureRise: number;
  /** `.model` parameters by lower-case name. */
  readonly model: (name: string) => readonly Assignment[] | undefined;
}

/**
 * The element of a card; undefined for cards without effect at DC (K), and for a refused card, whose
 * fault then stands in `place.diagnostics`.
 */
export function elementOf(card: ElementCard, place: Place): Element | undefined {
  try {
    switch (card.letter) {
      case 'R':
      case 'C':
      case 'L':
        return passive(card as PassiveCard, place);
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
        return undefined;
      default:
        throw new EvaluationFault(
          'unsupported_element',
          card.name.span,
          `Element "${card.name.text}" (${LETTERS[card.letter.toUpperCase()] ?? 'unknown type'}) cannot be solved by this version.`,
          'R, C, L, V, I, E, F, G, H, K, X and op amps can be.',
        );
    }
  } catch (fault) {
    if (!(fault instanceof EvaluationFault)) throw fault;
    place.diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
    return undefined;
  }
}

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
  T: 'transmission line',
  U: 'distributed RC line or digital device',
  W: 'current-controlled switch',
  Y: 'transmission line',
  Z: 'MESFET',
};

function base(card: ElementCard, place: Place) {
  return { name: place.prefix + card.name.text, span: card.span };
}

function portOf(nodes: readonly [Word, Word], place: Place): Port {
  return { plus: place.node(nodes[0]), minus: place.node(nodes[1]) };
}

function parameter(parameters: readonly Assignment[], key: string): Expression | undefined {
  return parameters.find((assignment) => assignment.key.text.toLowerCase() === key)?.value;
}

function passive(card: PassiveCard, place: Place): Element {
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  if (card.letter === 'C') return { kind: 'capacitor', ...shape };
  if (card.letter === 'L') return { kind: 'inductor', ...shape };
  return { kind: 'resistor', ...shape, resistance: resistance(card, place) };
}

/** R (1 + tc1 dT + tc2 dT^2) / m [Ω]: ngspice's resistor at T_A. */
function resistance(card: PassiveCard, place: Place): number {
  const model = card.model === undefined ? [] : place.model(card.model.text);
  if (card.model !== undefined && model === undefined) {
    throw new EvaluationFault(
      'undefined_model',
      card.model.span,
      `Model "${card.model.text}" of "${card.name.text}" is not defined.`,
    );
  }
  const stated = (key: string, otherwise: number): number => {
    const expression = parameter(card.parameters, key) ?? parameter(model ?? [], key);
    return expression === undefined ? otherwise : place.scope.evaluate(expression);
  };
  if (card.value === undefined) {
    throw new EvaluationFault(
      'missing_value',
      card.span,
      `Resistor "${card.name.text}" has no value.`,
      `Write it behind the nodes: ${card.name.text} ${card.nodes[0].text} ${card.nodes[1].text} 10k`,
    );
  }
  const rise = place.temperatureRise;
  const nominal = place.scope.evaluate(card.value);
  const value =
    (nominal * (1 + stated('tc1', 0) * rise + stated('tc2', 0) * rise ** 2)) / stated('m', 1);
  if (value < 0) {
    place.diagnostics.warning(
      'negative_resistance',
      card.span,
      `Resistor "${card.name.text}" is negative (${value} ohm).`,
    );
  }
  return value;
}

function source(card: SourceCard, place: Place): Element {
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const value = card.dc === undefined ? initialValue(card, place) : place.scope.evaluate(card.dc);
  return card.letter === 'V'
    ? { kind: 'voltageSource', ...shape, voltage: value }
    : { kind: 'currentSource', ...shape, current: value };
}

/** A source without a DC value has at DC the value its waveform starts from; without either it is 0. */
function initialValue({ waveform }: SourceCard, { scope }: Place): number {
  if (waveform === undefined) return 0;
  const argument = (index: number): number => {
    const expression = waveform.arguments[index];
    return expression === undefined ? 0 : scope.evaluate(expression);
  };
  switch (waveform.shape.text.toUpperCase()) {
    case 'SIN':
      // offset + amplitude sin(phase) when the sine starts at once; ngspice's arguments 0, 1, 3 and 5
      return argument(3) > 0
        ? argument(0)
        : argument(0) + argument(1) * Math.sin((argument(5) * Math.PI) / 180);
    case 'PULSE':
    case 'EXP':
    case 'SFFM':
      return argument(0);
    case 'PWL':
      return argument(1);
    default:
      return 0;
  }
}

function voltageControlled(card: VoltageControlledCard, place: Place): Element {
  const { control } = card;
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const kind = card.letter === 'E' ? 'vcvs' : 'vccs';
  const multiplier = multiplierOf(card.parameters, place);
  if (control.form === 'linear') {
    const gain = place.scope.evaluate(control.gain) * multiplier;
    return { kind, ...shape, controls: [{ port: portOf(control.pair, place), gain }], offset: 0 };
  }
  if (control.form === 'polynomial') {
    const { offset, gains } = linearPolynomial(
      card.name,
      control.coefficients,
      control.pairs.length,
      place,
    );
    const controls: VoltageControl[] = control.pairs.map((pair, index) => ({
      port: portOf(pair, place),
      gain: (gains[index] ?? 0) * multiplier,
    }));
    return { kind, ...shape, controls, offset: offset * multiplier };
  }
  throw unsupportedForm(card.name, control.form === 'value' ? 'VALUE' : control.keyword.text);
}

function currentControlled(card: CurrentControlledCard, place: Place): Element {
  const { control } = card;
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const kind = card.letter === 'H' ? 'ccvs' : 'cccs';
  const multiplier = multiplierOf(card.parameters, place);
  const name = (word: Word) => place.prefix + word.text;
  if (control.form === 'linear') {
    const gain = place.scope.evaluate(control.gain) * multiplier;
    return { kind, ...shape, controls: [{ element: name(control.source), gain }], offset: 0 };
  }
  if (control.form === 'polynomial') {
    const { offset, gains } = linearPolynomial(
      card.name,
      control.coefficients,
      control.sources.length,
      place,
    );
    const controls: CurrentControl[] = control.sources.map((word, index) => ({
      element: name(word),
      gain: (gains[index] ?? 0) * multiplier,
    }));
    return { kind, ...shape, controls, offset: offset * multiplier };
  }
  throw unsupportedForm(card.name, control.keyword.text);
}

function multiplierOf(parameters: readonly Assignment[], place: Place): number {
  const expression = parameter(parameters, 'm');
  return expression === undefined ? 1 : place.scope.evaluate(expression);
}

/**
 * POLY(n) p0 p1 ... pn, and products behind them. Only the affine part is linear: a product with a
 * non-zero coefficient is refused. A single coefficient of POLY(1) is p1 by the rule of SPICE2.
 */
function linearPolynomial(
  name: Word,
  coefficients: readonly Expression[],
  order: number,
  place: Place,
): { offset: number; gains: number[] } {
  const values = coefficients.map((coefficient) => place.scope.evaluate(coefficient));
  const [only] = values;
  if (order === 1 && values.length === 1 && only !== undefined) {
    place.diagnostics.warning(
      'single_coefficient',
      name.span,
      `POLY(1) of "${name.text}" has one coefficient, which is taken as the gain (SPICE2); ngspice takes it as a constant.`,
      'Write "0 gain" to be understood alike everywhere.',
    );
    return { offset: 0, gains: [only] };
  }
  if (values.slice(order + 1).some((value) => value !== 0)) {
    throw new EvaluationFault(
      'nonlinear_polynomial',
      name.span,
      `POLY of "${name.text}" has products of controlling quantities; this version solves linear ones.`,
    );
  }
  return { offset: values[0] ?? 0, gains: values.slice(1, order + 1) };
}

function unsupportedForm(name: Word, keyword: string): EvaluationFault {
  return new EvaluationFault(
    'unsupported_form',
    name.span,
    `"${name.text}" uses ${keyword.toUpperCase()}, which this version cannot solve.`,
    'Linear and POLY controlled sources can be.',
  );
}
