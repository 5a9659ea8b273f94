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
/** LTspice: the current source is a load, and passes none at the wrong sign of its voltage. */
const FLAGS = new Set(['LOAD', 'LOAD2']);
/** ngspice's RF port: keys whose values follow without `=`. */
const PORT_KEYS = new Set(['PORTNUM', 'Z0', 'PWR', 'FREQ', 'PHASE']);
/** Distortion inputs: no effect at DC. */
const IGNORED = new Set(['DISTOF1', 'DISTOF2']);

interface Draft {
  dc?: Expression;
  ac?: readonly Expression[];
  waveform?: { readonly shape: Word; readonly arguments: readonly Expression[] };
  flags?: Word[];
  readonly parameters: Assignment[];
}

export function buildSource(reader: CardReader, name: Word): SourceCard {
  const letter = name.text.slice(0, 1).toUpperCase() as SourceCard['letter'];
  const nodes = twoNodes(reader, name);
  const draft: Draft = { parameters: [] };
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators()) argument(reader, draft);
  const { parameters, ...given } = draft;
  const typed = given.dc === undefined ? typedValue(parameters) : undefined;
  if (typed !== undefined) given.dc = typed;
  return { kind: 'card', letter, name, nodes, ...given, parameters, span: reader.span };
}

/** ahkab: `V1 1 0 type=vdc vdc=24`. */
function typedValue(parameters: readonly Assignment[]): Expression | undefined {
  const find = (key: string) => parameters.find(({ key: { text } }) => text.toLowerCase() === key);
  const type = find('type')?.value;
  const key = type?.kind === 'name' ? type.name.toLowerCase() : '';
  return key === 'vdc' || key === 'idc' ? find(key)?.value : undefined;
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
      shape: { text: ALIASES.get(keyword) ?? keyword, span: reader.spanOf(token) },
      arguments: waveform(reader),
    };
  } else if (IGNORED.has(keyword)) {
    reader.take();
    values(reader, 2);
  } else if (reader.nextIsAssignment()) {
    draft.parameters.push(reader.assignment());
  } else if (FLAGS.has(keyword)) {
    reader.take();
    draft.flags = [...(draft.flags ?? []), reader.wordOf(token)];
  } else if (PORT_KEYS.has(keyword) && reader.nextIsNumber(1)) {
    reader.take();
    const valueToken = reader.take();
    const value = reader.value(valueToken);
    const span = reader.spanOf(token, valueToken);
    draft.parameters.push({ kind: 'assignment', key: reader.wordOf(token), value, span });
  } else if (isSlicapModel(reader, keyword)) {
    reader.take();
  } else {
    setDc(reader, draft);
  }
}

/** SLiCAP: `V1 in 0 V value=...` names its own model V. */
function isSlicapModel({ dialect }: CardReader, keyword: string): boolean {
  return dialect.flavour === 'slicap' && (keyword === 'V' || keyword === 'I');
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
  return (
    keyword !== 'AC' &&
    keyword !== 'DC' &&
    [WAVEFORMS, IGNORED, PORT_KEYS, FLAGS].every((words) => !words.has(keyword))
  );
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
  if (reader.nextIsWord('repeat')) return repeated(reader);
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

/** LTspice's `PWL REPEAT FOREVER (0 0 1m 5) ENDREPEAT`, `REPEAT FOR 3 (...)`: the points of one round. */
function repeated(reader: CardReader): Expression[] {
  const list: Expression[] = [];
  const span = reader.spanOf(reader.peek());
  let depth = 0;
  do {
    if (reader.nextIsWord('repeat')) {
      depth++;
      reader.take();
      if (reader.nextIsWord('for')) reader.take();
      reader.take();
    } else if (reader.nextIsWord('endrepeat')) {
      depth--;
      reader.take();
    } else if (startsValue(reader)) list.push(reader.value(reader.take()));
    else reader.take();
  } while (depth > 0 && !reader.atEnd);
  const message = 'The repetition of the waveform is left out; it has no effect at DC.';
  reader.diagnostics.warning('repeat_ignored', span, message);
  return list;
}

function skipAssignment(reader: CardReader): void {
  reader.take();
  reader.take();
  reader.take();
}
