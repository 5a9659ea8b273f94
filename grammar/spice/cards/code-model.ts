/**
 * `A1 [in1 ~in2] %vd(p m) null model`: the ports of an XSPICE code model as the card lists them. How many
 * names a port takes depends on its type, which the model knows: that is left to who knows the models.
 */

import type { Word } from '../../expression.ts';
import type { CodeModel, CodeModelPart } from '../tree.ts';

/** Brackets, marks and names are parts of their own, glued or not. */
const PART = /[[\]~%]|[^[\]~%]+/g;

/** Undefined when no word could be the model. */
export function codeModelOf(words: readonly Word[]): CodeModel | undefined {
  const pieces = words.flatMap(piecesOf);
  const model = pieces.pop();
  if (model === undefined || /^[[\]~%=]$/.test(model.text)) return undefined;
  const parts: CodeModelPart[] = [];
  let mark: '~' | '%' | undefined;
  for (const piece of pieces) {
    const { text } = piece;
    if (text === '~' || text === '%') mark = text;
    else {
      if (text === '[' || text === ']')
        parts.push({ kind: text === '[' ? 'open' : 'close', word: piece });
      else if (mark === '%') parts.push({ kind: 'type', word: piece });
      else if (/^null$/i.test(text)) parts.push({ kind: 'null', word: piece });
      else parts.push({ kind: 'name', word: piece, inverted: mark === '~' });
      mark = undefined;
    }
  }
  return { parts, model };
}

function piecesOf({ text, span }: Word): Word[] {
  return [...text.matchAll(PART)].map(({ 0: piece, index }) => {
    const start = span.start + index;
    return { text: piece, span: { ...span, start, end: start + piece.length } };
  });
}
