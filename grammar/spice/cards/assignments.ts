/**
 * `.param`: the one card whose values are bare expressions (`a = 2*b + 1 c = 3`), so a value reaches
 * to the next `name =` or `f(x) =`; and `.func`, which shares the form of its definitions.
 */

import type { IToken } from 'chevrotain';
import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import { CloseToken, CommaToken, Enclosed, Equals, OpenToken, WordToken } from '../tokens.ts';
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
  if (first === undefined || first.key > 0) {
    const token = tokens[0];
    const message =
      token === undefined
        ? 'This card defines no parameter.'
        : `"${shorten(token.image)}" has no value.`;
    const span = token === undefined ? reader.span : reader.spanOf(token);
    throw reader.fault('missing_value', span, { message, hint: 'Write .param name=value.' });
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
  if (
    first?.tokenType === WordToken &&
    tokens.length === 1 &&
    !/[-+*/^!?:<>&|%]/.test(first.image)
  ) {
    return reader.value(first);
  }
  return reader.expression(reader.spanOf(first, last));
}
