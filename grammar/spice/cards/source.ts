/**
 * V, I: two nodes, then in any order a DC value, `AC magnitude phase`, one waveform and `key=value`.
 * Which value counts at DC when only a waveform is given is not decided here.
 */

import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import { CloseToken, Enclosed, Equals, OpenToken, WordToken } from '../tokens.ts';
import type { Assignment, SourceCard } from '../tree.ts';
import { twoNodes } from './nodes.ts';

/** Other spellings of a waveform. */
const ALIASES: ReadonlyMap<string, string> = new Map([['SINE', 'SIN']]);
const WAVEFORMS = new Set([
  ...ALIASES.keys(),
  'SIN',
  'PULSE',
  'EXP',
  'PWL',
  'SFFM',
  'AM',
  'TRNOISE',
  'TRRANDOM',
  'EXTERNAL',
]);
/** Distortion inputs: no effect at DC. */
const IGNORED = new Set(['DISTOF1', 'DISTOF2']);

interface Draft {
  dc?: Expression;
  ac?: readonly Expression[];
  waveform?: { readonly shape: Word; readonly arguments: readonly Expression[] };
  readonly parameters: Assignment[];
}

export function buildSource(reader: CardReader, name: Word): SourceCard {
  const letter = name.text.slice(0, 1).toUpperCase() as SourceCard['letter'];
  const nodes = twoNodes(reader, name);
  const draft: Draft = { parameters: [] };
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators()) argument(reader, draft);
  const { parameters, ...given } = draft;
  return { kind: 'card', letter, name, nodes, ...given, parameters, span: reader.span };
}

function argument(reader: CardReader, draft: Draft): void {
  const token = reader.peek();
  if (token === undefined) return;
  const keyword = token.tokenType === WordToken ? token.image.toUpperCase() : '';
  if (keyword === 'DC') {
    reader.take();
    if (reader.peek()?.tokenType === Equals) reader.take();
    if (startsValue(reader)) setDc(reader, draft);
  } else if (keyword === 'AC') {
    reader.take();
    if (reader.peek()?.tokenType === Equals) reader.take();
    draft.ac = values(reader, 2);
  } else if (WAVEFORMS.has(keyword) && reader.peek(1)?.tokenType !== Equals) {
    if (draft.waveform !== undefined) throw reader.extra();
    reader.take();
    draft.waveform = {
      shape: { ...reader.wordOf(token), text: ALIASES.get(keyword) ?? keyword },
      arguments: waveform(reader),
    };
  } else if (IGNORED.has(keyword)) {
    reader.take();
    values(reader, 2);
  } else if (reader.nextIsAssignment()) {
    draft.parameters.push(reader.assignment());
  } else {
    setDc(reader, draft);
  }
}

function setDc(reader: CardReader, draft: Draft): void {
  const token = reader.peek();
  if (draft.dc !== undefined) {
    throw reader.fault('extra_argument', reader.spanOf(token), {
      message: `"${shorten(token?.image ?? '')}" is a second DC value.`,
      hint: 'Keep one of them; the value for AC analysis is written "AC 1".',
    });
  }
  draft.dc = reader.value(reader.take());
}

/** True if a value stands next, and not a keyword, a parameter or a parenthesis. */
function startsValue(reader: CardReader): boolean {
  const token = reader.peek();
  if (token?.tokenType === Enclosed) return true;
  if (!reader.nextIsWord()) return false;
  const keyword = token?.image.toUpperCase() ?? '';
  return keyword !== 'AC' && keyword !== 'DC' && !WAVEFORMS.has(keyword) && !IGNORED.has(keyword);
}

function values(reader: CardReader, most: number): Expression[] {
  const list: Expression[] = [];
  while (list.length < most) {
    reader.skipCommas();
    if (!startsValue(reader)) break;
    list.push(reader.value(reader.take()));
  }
  return list;
}

/** `(0 1 1k)` up to its parenthesis, or bare values up to the next keyword. */
function waveform(reader: CardReader): Expression[] {
  if (reader.peek()?.tokenType !== OpenToken) return values(reader, Number.POSITIVE_INFINITY);
  const list: Expression[] = [];
  let depth = 0;
  do {
    const token = reader.peek();
    if (token?.tokenType === OpenToken) depth++;
    else if (token?.tokenType === CloseToken) depth--;
    if (startsValue(reader)) list.push(reader.value(reader.take()));
    // PWL(FILE="x") and PWL(... R=0) hold parameters that have no place in the list.
    else if (reader.nextIsAssignment()) skipAssignment(reader);
    else reader.take();
  } while (depth > 0 && !reader.atEnd);
  return list;
}

function skipAssignment(reader: CardReader): void {
  reader.take();
  reader.take();
  reader.take();
}
