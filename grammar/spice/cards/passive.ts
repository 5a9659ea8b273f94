/**
 * R, C, L: two nodes, then a value and a model name in either order, then `key=value`. A single name
 * (`R1 a b RX`) is kept as the value: whether it names a parameter or a model is known later.
 */

import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import { CommaToken, StringToken, WordToken } from '../tokens.ts';
import type { Assignment, PassiveCard } from '../tree.ts';
import { twoNodes } from './nodes.ts';

/** `1M`, `4.7Mohm`: SPICE reads M as milli, in a resistance hardly ever what is meant. */
const CAPITAL_M = /^[+-]?[\d.]+(?:[eEdD][+-]?\d+)?M(?![eE][gG]|[iI][lL])/;

const NOUN = { R: 'resistance', C: 'capacitance', L: 'inductance' };

export function buildPassive(reader: CardReader, name: Word): PassiveCard {
  const letter = name.text.slice(0, 1).toUpperCase() as PassiveCard['letter'];
  const nodes = twoNodes(reader, name);
  const last = reader.peek();
  if (last?.tokenType === WordToken && reader.peek(1) === undefined) {
    // The ordinary card, of which there may be very many.
    const value = reader.value(reader.take());
    if (letter === 'R') warnMilli(reader, value);
    return { kind: 'card', letter, name, nodes, value, parameters: [], span: reader.span };
  }
  const positional: Expression[] = [];
  const parameters: Assignment[] = [];
  const keyed: Expression[] = [];
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators()) {
    if (reader.nextIsAssignment()) {
      for (const assignment of oneParameter(reader)) {
        const key = assignment.key.text.toUpperCase();
        if (key === letter || key === 'VALUE') keyed.push(assignment.value);
        else parameters.push(assignment);
      }
    } else {
      if (positional.length === 2 || reader.peek()?.tokenType === StringToken) throw reader.extra();
      positional.push(reader.value(reader.take()));
    }
  }
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

/** `key=value`; `tc=a,b` is two: `tc1=a`, `tc2=b`. */
function oneParameter(reader: CardReader): Assignment[] {
  const first = reader.assignment();
  if (first.key.text.toLowerCase() !== 'tc') return [first];
  const renamed = (text: string) => ({ text, span: first.key.span });
  const list: Assignment[] = [{ ...first, key: renamed('tc1') }];
  if (reader.peek()?.tokenType === CommaToken) {
    reader.take();
    const value = reader.value(reader.take());
    list.push({ kind: 'assignment', key: renamed('tc2'), value, span: value.span });
  }
  return list;
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
