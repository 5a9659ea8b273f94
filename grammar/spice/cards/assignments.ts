/**
 * `.param`: the one card whose values are bare expressions (`a = 2*b + 1 c = 3`), so a value reaches
 * to the next `name =` or `f(x) =`; and `.func`, which shares the form of its definitions.
 */

import type { IToken } from 'chevrotain';
import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader, Reading } from '../card-reader.ts';
import {
  CloseToken,
  CommaToken,
  Enclosed,
  Equals,
  OpenToken,
  StringToken,
  WordToken,
} from '../tokens.ts';
import type { Assignment, DotCard } from '../tree.ts';

/** A definition found on the card: token indices of its parts. */
interface Definition {
  /** The name. */
  readonly key: number;
  /** The `=` that ends the left side. */
  readonly equals: number;
}

/** `.param a=1 b={2*a} f(x)='x*a'`, with the reader behind the keyword. */
export function buildParameters(reader: CardReader): DotCard[] {
  const tokens: IToken[] = [];
  for (let token = reader.take(); token !== undefined; token = reader.take()) tokens.push(token);
  const definitions = findDefinitions(reader, tokens);
  const first = definitions[0];
  if (tokens.length === 0) {
    const hint = 'Write .param name=value.';
    const message = 'This card defines no parameter.';
    reader.diagnostics.warning('empty_card', reader.span, message, hint);
    return [];
  }
  if (first === undefined || first.key > 0) {
    const bare = first === undefined ? withoutEquals(reader, tokens) : undefined;
    if (bare !== undefined) return [{ kind: 'parameters', assignments: [bare], span: reader.span }];
    const message = `"${shorten(tokens[0]?.image ?? '')}" has no value.`;
    const hint = 'Write .param name=value.';
    throw reader.fault('missing_value', reader.spanOf(tokens[0]), { message, hint });
  }
  const assignments: Assignment[] = [];
  const functions: DotCard[] = [];
  for (const [index, definition] of definitions.entries()) {
    const value = tokens.slice(definition.equals + 1, definitions[index + 1]?.key ?? tokens.length);
    while (value.at(-1)?.tokenType === CommaToken) value.pop();
    const left = tokens.slice(definition.key, definition.equals);
    const [keyToken] = left;
    if (keyToken === undefined) continue;
    const key = reader.wordOf(keyToken);
    const last = value.at(-1);
    if (last === undefined) {
      const message = `The parameter "${shorten(key.text)}" has no value.`;
      throw reader.fault('missing_value', key.span, { message, hint: `Write ${key.text}=value.` });
    }
    const body = definitionBody(reader, value);
    const span = reader.spanOf(keyToken, last);
    if (left.length === 1) assignments.push({ kind: 'assignment', key, value: body, span });
    else
      functions.push({
        kind: 'function',
        name: key,
        formals: formals(reader, left.slice(1)),
        body,
        span,
      });
  }
  const span = reader.span;
  const parameters: DotCard[] =
    assignments.length === 0 ? [] : [{ kind: 'parameters', assignments, span }];
  return [...parameters, ...functions];
}

/** LTspice: `.param RT 2000`; and `.param RVAL:1000`, as some vendor files have it. */
function withoutEquals(reader: CardReader, tokens: readonly IToken[]): Assignment | undefined {
  const [keyToken, ...value] = tokens;
  const [first] = value;
  if (keyToken?.tokenType !== WordToken) return undefined;
  const colon = keyToken.image.indexOf(':');
  if (first === undefined && colon > 0) {
    const key = reader.wordOf(keyToken);
    const start = key.span.start + colon;
    const name = { text: key.text.slice(0, colon), span: { ...key.span, end: start } };
    const body = reader.expression({ ...key.span, start: start + 1 });
    const message = `"${shorten(key.text)}" is read as ${shorten(name.text)}=...`;
    reader.diagnostics.warning('missing_equals', key.span, message, 'Write = for the colon.');
    return { kind: 'assignment', key: name, value: body, span: key.span };
  }
  if (first?.tokenType !== WordToken && first?.tokenType !== Enclosed) return undefined;
  const span = reader.spanOf(keyToken, tokens.at(-1));
  const body = definitionBody(reader, value);
  return { kind: 'assignment', key: reader.wordOf(keyToken), value: body, span };
}

/** `.func f(x,y) {x*y}`; the body may follow `=`, stand in quotes, or bare. */
export function buildFunction(reader: CardReader): DotCard {
  const keyToken = reader.take();
  if (keyToken?.tokenType !== WordToken || reader.peek()?.tokenType !== OpenToken) {
    throw reader.missing(
      'missing_name',
      '.func lacks a name with arguments.',
      'Write .func f(x) {expression}.',
    );
  }
  const list: IToken[] = [];
  for (let token = reader.take(); token !== undefined; token = reader.take()) {
    list.push(token);
    if (token.tokenType === CloseToken) break;
  }
  if (reader.peek()?.tokenType === Equals) reader.take();
  const body: IToken[] = [];
  for (let token = reader.take(); token !== undefined; token = reader.take()) body.push(token);
  const name = reader.wordOf(keyToken);
  if (body.length === 0) {
    const message = `The function "${shorten(name.text)}" has no body.`;
    throw reader.fault('missing_value', name.span, {
      message,
      hint: 'Write .func f(x) {expression}.',
    });
  }
  const value = definitionBody(reader, body);
  return { kind: 'function', name, formals: formals(reader, list), body: value, span: reader.span };
}

/** Words that may stand behind a bare expression. */
const FLAGS = /^(?:nojacob\w*|on|off)$/i;

/** The expression that stands next, up to the next `name =` or the end: bare, or one in braces. */
export function bareExpression(reader: CardReader, how: Reading = {}): Expression {
  const start = reader.position;
  const tokens = reader.takeAll();
  let end = findDefinitions(reader, tokens)[0]?.key ?? tokens.length;
  while (end > 1 && FLAGS.test(tokens[end - 1]?.image ?? '')) end--;
  while (end > 1 && tokens[end - 1]?.tokenType === CommaToken) end--;
  reader.position = start + end;
  const [first] = tokens;
  if (first?.tokenType === Enclosed && end === 1) return reader.enclosed(first, how);
  if (first === undefined || end === 0) {
    throw reader.missing('missing_value', 'An expression is missing.', 'Write {expression}.');
  }
  return reader.expression(reader.spanOf(first, tokens[end - 1]), how);
}

/** The places of `name =` and `name(...) =`; a comparison is not a definition. */
function findDefinitions(reader: CardReader, tokens: readonly IToken[]): Definition[] {
  const found: Definition[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.tokenType === OpenToken) depth++;
    else if (token.tokenType === CloseToken) depth--;
    if (token.tokenType !== Equals || depth > 0) continue;
    const before = reader.source.text[reader.spanOf(token).start - 1] ?? '';
    const behind = reader.source.text[reader.spanOf(token).end] ?? '';
    if ('<>!='.includes(before) || behind === '=') continue;
    const key = leftSide(tokens, { equals: index, lowest: (found.at(-1)?.equals ?? -1) + 1 });
    if (key !== undefined) found.push({ key, equals: index });
  }
  return found;
}

/** Index of the name to the left of the `=` at `equals`. */
function leftSide(
  tokens: readonly IToken[],
  { equals, lowest }: { equals: number; lowest: number },
): number | undefined {
  let at = equals - 1;
  if (tokens[at]?.tokenType === CloseToken) {
    while (at >= lowest && tokens[at]?.tokenType !== OpenToken) at--;
    at--;
  }
  return at >= lowest && tokens[at]?.tokenType === WordToken ? at : undefined;
}

function formals(reader: CardReader, tokens: readonly IToken[]): Word[] {
  return tokens
    .filter((token) => token.tokenType === WordToken)
    .map((token) => reader.wordOf(token));
}

/** A plain value stays one; anything longer is an expression over the characters it covers. */
function definitionBody(reader: CardReader, tokens: readonly IToken[]): Expression {
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first?.tokenType === Enclosed && tokens.length === 1) return reader.enclosed(first);
  if (first?.tokenType === StringToken && tokens.length === 1) {
    return reader.dialect.name === 'hspice' ? reader.value(first) : reader.string(first);
  }
  if (
    first?.tokenType === WordToken &&
    tokens.length === 1 &&
    (reader.isNumber(first.image) || !/[-+*/^!?:<>&|%]/.test(first.image))
  ) {
    return reader.value(first, { parameter: true });
  }
  return reader.expression(reader.spanOf(first, last));
}
