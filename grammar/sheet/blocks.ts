/** The lines of a Markdown text that may hold calculations: without comments and code blocks of a named language. */

import type { Source, Span } from '../source.ts';

export interface Line {
  /** As long as in the source; comments are blanks. */
  readonly text: string;
  readonly start: number;
  /** In a code block. */
  readonly isCode: boolean;
}

/** Something that begins and has no end. */
export interface Unclosed {
  readonly what: string;
  readonly span: Span;
}

/** Languages of code blocks that hold calculations. */
const CALCULATIONS = new Set(['', 'text', 'txt', 'math', 'calc', 'latex', 'tex']);
/** As in CommonMark: the end has at least as many of the same character, and nothing behind them. */
const FENCE = /^[ \t]*(`{3,}|~{3,})[ \t]*(.*)$/;

export function blocksOf(source: Source): {
  readonly lines: readonly Line[];
  readonly unclosed: Unclosed | undefined;
} {
  const lines: Line[] = [];
  let block: (Unclosed & { readonly fence: string; readonly isRead: boolean }) | undefined;
  let comment: Unclosed | undefined;
  for (const { start, text } of linesIn(source.text)) {
    const [, mark = '', info = ''] = FENCE.exec(text) ?? [];
    if (block !== undefined) {
      if (mark.startsWith(block.fence) && info.trim() === '') block = undefined;
      else if (block.isRead) lines.push({ text, start, isCode: true });
      continue;
    }
    const begins = mark !== '' && !(mark.startsWith('`') && info.includes('`'));
    if (begins && comment === undefined) {
      const [language = ''] = /^[\w-]*/.exec(info) ?? [];
      const isRead = CALCULATIONS.has(language.toLowerCase());
      const span = { source, start, end: start + text.length };
      block = { what: 'code block', fence: mark, isRead, span };
      continue;
    }
    const { seen, opened } = withoutComments(text, { inside: comment !== undefined });
    if (opened === undefined) comment = undefined;
    else if (opened >= 0) {
      comment = {
        what: 'comment',
        span: { source, start: start + opened, end: start + opened + 4 },
      };
    }
    lines.push({ text: seen, start, isCode: false });
  }
  return { lines, unclosed: comment ?? block };
}

/** Comments as blanks; where one begins that does not end in this line, -1 for one that began above. */
function withoutComments(
  line: string,
  { inside }: { readonly inside: boolean },
): { readonly seen: string; readonly opened?: number } {
  const pieces: string[] = [];
  let opened = inside ? -1 : line.indexOf('<!--');
  if (!inside && opened < 0) return { seen: line };
  for (let done = 0; ; ) {
    const from = Math.max(opened, 0);
    pieces.push(line.slice(done, from));
    // `<!-->` is a whole comment.
    const end = line.indexOf('-->', opened < 0 ? 0 : from + 2);
    done = end < 0 ? line.length : end + 3;
    pieces.push(' '.repeat(done - from));
    if (end < 0) return { seen: pieces.join(''), opened };
    opened = line.indexOf('<!--', done);
    if (opened < 0) return { seen: pieces.join('') + line.slice(done) };
  }
}

function linesIn(text: string): { readonly start: number; readonly text: string }[] {
  return [...text.matchAll(/(.*?)(?:\r\n|\n|\r|$)/gsy)].map(({ 1: line = '', index }) => ({
    start: index,
    text: line,
  }));
}
