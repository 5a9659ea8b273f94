/** The brackets of a QSPICE file: `\u00abtag word (x,y) "text" \u00ab...\u00bb\u00bb`. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import type { Source, Span } from '../source.ts';

export interface Node {
  /** Bare words and texts in quotes, the tag first. */
  readonly words: readonly NodeWord[];
  readonly children: readonly Node[];
  readonly span: Span;
}

export interface NodeWord extends Word {
  readonly isQuoted: boolean;
}

/** Brackets in brackets; QSPICE's own files have four. */
const DEEPEST = 50;

/** The first bracket of a file; undefined, with an error, for a text without one, or whose brackets do not match. */
export function readNodes(source: Source, diagnostics: Diagnostics): Node | undefined {
  const { text } = source;
  const open: { words: NodeWord[]; children: Node[]; start: number }[] = [];
  const fault = (start: number, message: string) => {
    const hint = 'Is the file complete? Open it in QSPICE and save it again.';
    diagnostics.error('bad_qsch', { source, start, end: start + 1 }, message, hint);
    return undefined;
  };
  const pieces = /\u00ab|\u00bb|"((?:[^"\\]|\\.)*)"|[^\s\u00ab\u00bb"]+|"/gs;
  pieces.lastIndex = Math.max(0, text.indexOf('\u00ab'));
  for (let found = pieces.exec(text); found !== null; found = pieces.exec(text)) {
    const [piece, quoted] = found;
    const start = found.index;
    const top = open.at(-1);
    if (piece === '\u00ab') {
      if (open.length === DEEPEST) return fault(start, 'The brackets are nested too deeply.');
      open.push({ words: [], children: [], start });
    } else if (top === undefined) {
      return fault(start, 'A bracket \u00ab is missing.');
    } else if (piece === '\u00bb') {
      open.pop();
      const span = { source, start: top.start, end: start + 1 };
      const node = { words: top.words, children: top.children, span };
      const outer = open.at(-1);
      if (outer === undefined) return node;
      outer.children.push(node);
    } else if (quoted !== undefined) {
      const span = { source, start: start + 1, end: start + 1 + quoted.length };
      top.words.push({ text: quoted.replace(/\\(["\\])/g, '$1'), isQuoted: true, span });
    } else {
      const span = { source, start, end: start + piece.length };
      top.words.push({ text: piece, isQuoted: false, span });
    }
  }
  return fault(Math.max(0, text.length - 1), 'The file ends within a bracket.');
}
