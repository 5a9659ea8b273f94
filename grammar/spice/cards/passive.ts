/**
 * R, C, L: two nodes, then a value and a model name in either order, then `key=value`. A single name
 * (`R1 a b RX`) is kept as the value: whether it names a parameter or a model is known later.
 */

import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import { join, type Span } from '../../source.ts';
import type { CardReader } from '../card-reader.ts';
import { CommaToken, Equals, OpenToken, StringToken, WordToken } from '../tokens.ts';
import type { Assignment, PassiveCard } from '../tree.ts';
import { bareExpression } from './assignments.ts';
import { twoNodes } from './nodes.ts';

/** `1M`, `4.7Mohm`: SPICE reads M as milli, in a resistance hardly ever what is meant. */
const CAPITAL_M = /^[+-]?[\d.]+(?:[eEdD][+-]?\d+)?M(?![eE][gG]|[iI][lL])/;

const NONE: readonly Assignment[] = [];

const NOUN = { R: 'resistance', C: 'capacitance', L: 'inductance' };

/** Two nodes and a value at the end of the card, of which a large netlist has very many. */
class OrdinaryPassive implements PassiveCard {
  readonly kind = 'card';
  readonly letter: PassiveCard['letter'];
  readonly name: Word;
  readonly nodes: PassiveCard['nodes'];
  readonly value: Expression;
  readonly parameters = NONE;

  constructor({
    letter,
    name,
    nodes,
    value,
  }: Omit<OrdinaryPassive, 'kind' | 'parameters' | 'span'>) {
    this.letter = letter;
    this.name = name;
    this.nodes = nodes;
    this.value = value;
  }

  get span(): Span {
    return join(this.name.span, this.value.span);
  }
}

export function buildPassive(reader: CardReader, name: Word): PassiveCard {
  const letter = name.text.slice(0, 1).toUpperCase() as PassiveCard['letter'];
  const nodes = twoNodes(reader, name);
  const last = reader.peek();
  if (last?.tokenType === WordToken && reader.peek(1) === undefined) {
    const value = reader.value(reader.take());
    if (letter === 'R') warnMilli(reader, value);
    return new OrdinaryPassive({ letter, name, nodes, value });
  }
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
