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
import type { Assignment, DotCard, ValueList } from '../tree.ts';

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
  const {
    assignments: parameters,
    words,
    lists,
  } = lenientRest(reader, {
    bareLists: hasBareLists(type.text),
  });
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
    ...(lists.length === 0 ? {} : { lists }),
    ...(words.length === 0 ? {} : { words }),
    span: reader.span,
  };
}

/** Coupled lines state matrices without brackets: `R=0.5 0 0.5`. */
export const hasBareLists = (type: string): boolean => type.toLowerCase() === 'cpl';

/** PSpice: `ako:BASE TYPE(...)`. */
function baseOf(word: Word | undefined): Word | undefined {
  if (word === undefined || !/^ako:./i.test(word.text)) return undefined;
  return { text: word.text.slice(4), span: { ...word.span, start: word.span.start + 4 } };
}

/** PSpice writes tolerances without `=`: `R=1 DEV 5% LOT/GAUSS 1%`. */
const TOLERANCE = /^(?:dev|lot)(?:\/\w+)*$/i;

/** `.options key=value word ...`, with the reader behind the keyword. */
export function buildOptions(reader: CardReader): DotCard {
  const { words, assignments } = lenientRest(reader, { bareLists: false });
  return { kind: 'options', words, assignments, span: reader.span };
}

interface Rest {
  readonly words: Word[];
  readonly assignments: Assignment[];
  readonly lists: ValueList[];
}

function lenientRest(reader: CardReader, { bareLists }: { bareLists: boolean }): Rest {
  const words: Word[] = [];
  const assignments: Assignment[] = [];
  const lists: ValueList[] = [];
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    if (reader.nextIsAssignment()) {
      const key = reader.wordOf(token);
      reader.take();
      reader.take();
      const valueToken = reader.peek();
      if (valueToken === undefined || !isValue(valueToken)) continue;
      if (valueToken.image.startsWith('[')) {
        const values = bracketed(reader);
        lists.push({ key, values });
        const [value] = values;
        const span = reader.spanOf(token, valueToken);
        if (value !== undefined) assignments.push({ kind: 'assignment', key, value, span });
        continue;
      }
      reader.take();
      const value = lenientValue(reader, valueToken);
      assignments.push({ kind: 'assignment', key, value, span: reader.spanOf(token, valueToken) });
      const further = bareLists ? numbers(reader) : [];
      if (further.length > 0) lists.push({ key, values: [value, ...further] });
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
  return { words, assignments, lists };
}

/** The numbers and expressions up to the next `key=`. */
function numbers(reader: CardReader): Expression[] {
  const values: Expression[] = [];
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    if (reader.nextIsAssignment()) break;
    if (token.tokenType !== Enclosed && !reader.isNumber(token.image)) break;
    values.push(reader.value(reader.take()));
  }
  return values;
}

/** The values from `[` to `]`, or to the next `key=`; commas between them do not matter. */
function bracketed(reader: CardReader): Expression[] {
  const values: Expression[] = [];
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    if (reader.nextIsAssignment()) break;
    reader.take();
    if (token.tokenType === Enclosed) values.push(reader.value(token));
    if (token.tokenType !== WordToken) continue;
    const { text, span } = reader.wordOf(token);
    const inner = text.replace(/^\[|\]$/g, '');
    const start = span.start + (text.startsWith('[') ? 1 : 0);
    if (inner !== '') {
      values.push(
        element(reader, { text: inner, span: { ...span, start, end: start + inner.length } }),
      );
    }
    if (text.endsWith(']')) break;
  }
  return values;
}

function element(reader: CardReader, { text, span }: Word): Expression {
  const parsed = parseNumber(text, reader.dialect.facts.numbers);
  if ('fault' in parsed) return { kind: 'name', name: text, span };
  return { kind: 'number', value: parsed.value, span };
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
