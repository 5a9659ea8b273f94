/**
 * `.model NAME TYPE(k=v ...)`, `.options`: cards of other people's tools, read leniently. Vendor files
 * leave parentheses open and write values that are no numbers; such a value is kept as a name.
 */

import type { IToken } from 'chevrotain';
import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import { parseNumber } from '../../number.ts';
import type { CardReader } from '../card-reader.ts';
import { Enclosed, StringToken, WordToken } from '../tokens.ts';
import type { Assignment, DotCard } from '../tree.ts';

/** With the reader behind the keyword. */
export function buildModel(reader: CardReader): DotCard {
  const name = reader.optionalWord();
  if (name === undefined) {
    throw reader.missing(
      'missing_name',
      'This model has no name.',
      'Write .model NAME TYPE(key=value ...).',
    );
  }
  let type = reader.optionalWord();
  const base = baseOf(type);
  if (base !== undefined) type = reader.optionalWord() ?? base;
  if (type === undefined) {
    throw reader.missing(
      'missing_type',
      `The model "${name.text}" has no type.`,
      'Write .model NAME TYPE(key=value ...).',
    );
  }
  const { assignments: parameters, words } = lenientRest(reader);
  const further = words.find(({ text }) => /^\[?[-+.\d]/.test(text));
  if (further !== undefined && parameters.length > 0) {
    reader.diagnostics.warning(
      'list_value',
      further.span,
      `A parameter of model "${shorten(name.text)}" has a list of values; only the first of them is read.`,
    );
  }
  return {
    kind: 'model',
    name,
    type,
    ...(base === undefined ? {} : { base }),
    parameters,
    ...(words.length === 0 ? {} : { words }),
    span: reader.span,
  };
}

/** PSpice: `ako:BASE TYPE(...)`. */
function baseOf(word: Word | undefined): Word | undefined {
  if (word === undefined || !/^ako:./i.test(word.text)) return undefined;
  return { text: word.text.slice(4), span: { ...word.span, start: word.span.start + 4 } };
}

/** PSpice writes tolerances without `=`: `R=1 DEV 5% LOT/GAUSS 1%`. */
const TOLERANCE = /^(?:dev|lot)(?:\/\w+)*$/i;

/** `.options key=value word ...`, with the reader behind the keyword. */
export function buildOptions(reader: CardReader): DotCard {
  return { kind: 'options', ...lenientRest(reader), span: reader.span };
}

function lenientRest(reader: CardReader): { words: Word[]; assignments: Assignment[] } {
  const words: Word[] = [];
  const assignments: Assignment[] = [];
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    if (reader.nextIsAssignment()) {
      const key = reader.wordOf(token);
      reader.take();
      reader.take();
      const valueToken = reader.peek();
      if (valueToken === undefined || !isValue(valueToken)) continue;
      reader.take();
      const value = lenientValue(reader, valueToken);
      assignments.push({ kind: 'assignment', key, value, span: reader.spanOf(token, valueToken) });
      continue;
    }
    const behind = reader.peek(1);
    if (TOLERANCE.test(token.image) && behind !== undefined && isValue(behind)) {
      reader.take();
      reader.take();
      const value = lenientValue(reader, behind);
      const span = reader.spanOf(token, behind);
      assignments.push({ kind: 'assignment', key: reader.wordOf(token), value, span });
      continue;
    }
    if (token.tokenType === WordToken) words.push(reader.wordOf(token));
    reader.take();
  }
  return { words, assignments };
}

const isValue = ({ tokenType }: IToken): boolean =>
  tokenType === WordToken || tokenType === Enclosed || tokenType === StringToken;

/** A number or an expression; what is neither is kept as a name, except `4k7`, which is a trap. */
function lenientValue(reader: CardReader, token: IToken): Expression {
  if (token.tokenType === WordToken) {
    const parsed = parseNumber(token.image, reader.dialect.facts.numbers);
    if (!('fault' in parsed) || parsed.fault === 'rkm') return reader.value(token);
  } else if (token.tokenType === Enclosed) {
    return reader.value(token);
  }
  const { text, span } = reader.unquoted(token);
  return { kind: 'name', name: text, span };
}
