/**
 * R, C, L: two nodes, then a value and a model name in either order, then `key=value`. A single name
 * (`R1 a b RX`) is kept as the value: whether it names a parameter or a model is known later.
 */

import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import { type PartPlaces, PlacedNumber } from '../../placed.ts';
import type { Span } from '../../source.ts';
import type { CardReader } from '../card-reader.ts';
import { CommaToken, Equals, OpenToken, StringToken, WordToken } from '../tokens.ts';
import type { Assignment, PassiveCard } from '../tree.ts';
import { bareExpression } from './assignments.ts';
import { twoNodes } from './nodes.ts';

/** `1M`, `4.7Mohm`: SPICE reads M as milli, in a resistance hardly ever what is meant. */
const CAPITAL_M = /^[+-]?[\d.]+(?:[eEdD][+-]?\d+)?M(?![eE][gG]|[iI][lL])/;

const NONE: readonly Assignment[] = [];

const NOUN = { R: 'resistance', C: 'capacitance', L: 'inductance' };

/** Parts of an ordinary card, counted from its name. */
const PLUS = 1;
const MINUS = 2;
const VALUE = 3;

/**
 * A name, two nodes and a value, all of them plain words, of which a large netlist has very many: it keeps its
 * value and which parts of the text it is, and makes the words when they are asked for.
 */
class OrdinaryPassive implements PassiveCard {
  readonly #places: PartPlaces;
  /** Number of its first part. */
  readonly #first: number;
  /** A plain number as such. */
  readonly #value: number | Expression;

  constructor(places: PartPlaces, { first, value }: { first: number; value: Expression }) {
    this.#places = places;
    this.#first = first;
    this.#value = value instanceof PlacedNumber ? value.value : value;
  }

  get kind() {
    return 'card' as const;
  }

  get letter(): PassiveCard['letter'] {
    return letterOf(this.name);
  }

  get name(): Word {
    return this.#places.word(this.#first);
  }

  get nodes(): PassiveCard['nodes'] {
    return [this.#places.word(this.#first + PLUS), this.#places.word(this.#first + MINUS)];
  }

  get value(): Expression {
    if (typeof this.#value !== 'number') return this.#value;
    return new PlacedNumber(this.#value, this.#places.span(this.#first + VALUE));
  }

  get parameters(): readonly Assignment[] {
    return NONE;
  }

  get span(): Span {
    return this.#places.span(this.#first, this.#first + VALUE);
  }

  /** The card as data, since accessors are no part of a copy; without places, as its words are. */
  toJSON(): Omit<PassiveCard, 'span'> {
    const { kind, letter, name, nodes, value, parameters } = this;
    return { kind, letter, name, nodes, value, parameters };
  }
}

function letterOf({ text }: Word): PassiveCard['letter'] {
  return text.slice(0, 1).toUpperCase() as PassiveCard['letter'];
}

export function buildPassive(reader: CardReader, name: Word): PassiveCard {
  const letter = letterOf(name);
  if (reader.leftAreWords(VALUE)) {
    const first = reader.position - 1;
    reader.position = first + VALUE;
    const value = reader.value(reader.take());
    if (letter === 'R') warnMilli(reader, value);
    return new OrdinaryPassive(reader.places, { first, value });
  }
  const nodes = twoNodes(reader, name);
  const positional: Expression[] = [];
  const parameters: Assignment[] = [];
  const keyed: Expression[] = [];
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators()) {
    const key = reader.peek()?.image.toUpperCase() ?? '';
    const valued = positional.some(({ kind }) => kind !== 'name') || keyed.length > 0;
    if (key === 'TC' && (reader.nextIsAssignment() || reader.nextIsNumber(1))) {
      parameters.push(...coefficients(reader, { valued }));
    } else if (reader.nextIsAssignment()) {
      if (key === letter || key === 'VALUE') keyed.push(keyedValue(reader));
      else parameters.push(reader.assignment());
    } else if (valued && reader.dialect.name === 'hspice' && reader.nextIsNumber()) {
      parameters.push(positionalCoefficient(reader, parameters));
    } else {
      const text = reader.peek()?.tokenType === StringToken && reader.dialect.name !== 'hspice';
      if (positional.length === 2 || text) throw reader.extra();
      positional.push(reader.value(reader.take()));
    }
  }
  if (reader.dialect.flavour === 'slicap' && keyed.length > 0) withoutOwnModel(positional, letter);
  const { value, model } = choose(reader, { positional, keyed });
  if (value === undefined && model === undefined) {
    throw reader.missing(
      'missing_value',
      `"${shorten(name.text)}" has no value.`,
      `Write its ${NOUN[letter]} behind the two nodes.`,
    );
  }
  if (letter === 'R' && value !== undefined) warnMilli(reader, value);
  const card = { kind: 'card', letter, name, nodes, parameters, span: reader.span } as const;
  if (model === undefined) return value === undefined ? card : { ...card, value };
  return value === undefined ? { ...card, model } : { ...card, value, model };
}

/** `R=5`, `R={...}`, `R=210u*1.01**x`; with the reader at the key. */
function keyedValue(reader: CardReader): Expression {
  const token = reader.peek(2);
  const word = token?.tokenType === WordToken ? token.image : '';
  const call = reader.peek(3)?.tokenType === OpenToken;
  const bare = word !== '' && !reader.isNumber(word) && (call || /[-+*/^]/.test(word));
  if (!bare) return reader.assignment().value;
  reader.keyOfPair();
  return bareExpression(reader);
}

/** `tc=a,b`, `tc=a b`, `tc a b`: `tc1=a`, `tc2=b`; without a comma b is one only behind the value. */
function coefficients(reader: CardReader, { valued }: { valued: boolean }): Assignment[] {
  const span = reader.spanOf(reader.take());
  if (reader.peek()?.tokenType === Equals) reader.take();
  const list: Assignment[] = [];
  for (const text of ['tc1', 'tc2']) {
    const comma = reader.peek()?.tokenType === CommaToken;
    if (list.length > 0 && !comma && !valued) break;
    if (list.length > 0) reader.skipSeparators();
    if (list.length > 0 && !reader.nextIsNumber()) break;
    const value = reader.value(reader.take());
    list.push({ kind: 'assignment', key: { text, span }, value, span: value.span });
  }
  return list;
}

/** HSPICE: `R1 a b 1k tc1 tc2`. */
function positionalCoefficient(reader: CardReader, found: readonly Assignment[]): Assignment {
  const text = found.some(({ key }) => key.text === 'tc1') ? 'tc2' : 'tc1';
  if (found.some(({ key }) => key.text === text)) throw reader.extra();
  const value = reader.value(reader.take());
  return { kind: 'assignment', key: { text, span: value.span }, value, span: value.span };
}

/** SLiCAP: `R1 a b R value=...` names its own model R, which is the ideal resistor. */
function withoutOwnModel(positional: Expression[], letter: string): void {
  const [first] = positional;
  if (first?.kind === 'name' && first.name.toUpperCase() === letter) positional.shift();
}

/** Which of the positional arguments is the value, and which the model's name. */
function choose(
  reader: CardReader,
  { positional, keyed }: { positional: readonly Expression[]; keyed: readonly Expression[] },
): { value?: Expression; model?: Word } {
  const values = [...keyed];
  const names: Expression[] = [];
  for (const argument of positional) {
    if (argument.kind === 'name') names.push(argument);
    else values.push(argument);
  }
  const model = values.length > 0 || names.length > 1 ? names.shift() : undefined;
  const [value, second] = [...values, ...names];
  if (second !== undefined) {
    const text = shorten(reader.source.text.slice(second.span.start, second.span.end));
    throw reader.fault('extra_argument', second.span, {
      message: `"${text}" is a second value.`,
      hint: 'Keep one of them; temperature coefficients are written tc1= and tc2=.',
    });
  }
  return {
    ...(value === undefined ? {} : { value }),
    ...(model?.kind === 'name' ? { model: { text: model.name, span: model.span } } : {}),
  };
}

function warnMilli(reader: CardReader, value: Expression): void {
  if (value.kind !== 'number' || value.value >= 1000) return;
  const { start, end } = value.span;
  const text = reader.source.text.slice(start, end);
  if (!CAPITAL_M.test(text)) return;
  reader.diagnostics.warning(
    'milli_not_mega',
    value.span,
    `"${shorten(text)}" is ${value.value} ohm, because M means milli in SPICE.`,
    `Write ${text.replace('M', 'MEG')} for mega, or ${text.replace('M', 'm')} to say that milli is meant.`,
  );
}
