/**
 * Where calculations may stand in a Markdown or plain text: TeX between dollar signs, code, cells of tables, and lines
 * of text. Code blocks of a named language and comments are left out.
 */

import type { Source, Span } from '../source.ts';
import { blocksOf, type Unclosed } from './blocks.ts';
import { doubtBehind } from './prose.ts';

export interface Stretch {
  /** What the span holds, with comments as blanks. */
  readonly text: string;
  readonly span: Span;
  /** In mathematics two names side by side are a product; in text they are words. */
  readonly mode: 'mathematics' | 'text';
}

/** An arrow alone is none, and `<` only between blanks: it may be a tag. */
const RELATION =
  /[=\u2264-\u2267\u226a-\u228b\u2250-\u2263\u2237-\u224f\u221d\u2a7d\u2a7e\uff1c-\uff1e]|\s[<>]\s|\\(?:[lg](?:eq?q?|eqslant|t|l)|gg|approx|simeq|cong|equiv|doteq|triangleq|lesssim|gtrsim|lessapprox|gtrapprox|neq?|propto|sim|asymp)(?![A-Za-z])/;
/** Signs of Markdown before the text of a line. */
const MARKER =
  /^[ \t]*(?:(?:>(?!=)|[-*+\u2022\u2219](?=[ \t])|\d+[.)](?=[ \t])|#{1,6}(?=[ \t]))[ \t]*)*/;
/** Every stretch with a relation sign in it, in the order of the text, and what is not closed. */
export function stretches(source: Source): {
  readonly found: readonly Stretch[];
  readonly unclosed: readonly Unclosed[];
} {
  const found: Stretch[] = [];
  const { lines, unclosed } = blocksOf(source);
  let display: Unclosed | undefined;
  for (const { text: line, start, isCode } of lines) {
    const add = (part: Part, mode: Stretch['mode']): void => {
      const text = line.slice(part.start, part.end);
      if (!RELATION.test(text)) return;
      found.push({
        text,
        span: { source, start: start + part.start, end: start + part.end },
        mode,
      });
    };
    if (isCode) {
      add({ start: 0, end: line.length }, 'mathematics');
      continue;
    }
    const marks = [...line.matchAll(/\$\$|\\\[|\\\]/g)];
    const [{ 0: mark, index } = { 0: '', index: 0 }] = marks.slice(-1);
    if (display !== undefined || marks.length > 0) {
      for (const row of split(line, /\\\\|\$\$|\\\[|\\\]/g)) add(row, 'mathematics');
      if (marks.length % 2 === 0) continue;
      const span = { source, start: start + index, end: start + index + mark.length };
      display = display === undefined ? { what: `display "${mark}"`, span } : undefined;
      continue;
    }
    for (const part of cellsOf(line)) {
      for (const { mode, ...stretch } of inText(line.slice(part.start, part.end))) {
        add({ start: part.start + stretch.start, end: part.start + stretch.end }, mode);
      }
    }
  }
  return { found, unclosed: [unclosed, display].filter((item) => item !== undefined) };
}

interface Part {
  readonly start: number;
  readonly end: number;
}

/** The parts between the matches of a separator. */
function split(text: string, separator: RegExp): Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const match of text.matchAll(separator)) {
    parts.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  return [...parts, { start, end: text.length }];
}

/** The cells of a row of a table, or the line behind its markers. */
function cellsOf(line: string): Part[] {
  if (/^\s*\|.*\|\s*$/.test(line)) return split(line, /(?<!\|)\|(?!\|)/g);
  const marker = MARKER.exec(line)?.[0].length ?? 0;
  const emphasis = /^[*_]*/.exec(line.slice(marker))?.[0].length ?? 0;
  const tail = /(?<=[^*_\s])[*_]+\s*$/.exec(line)?.[0].length ?? 0;
  return [{ start: marker + emphasis, end: Math.max(marker + emphasis, line.length - tail) }];
}

/**
 * The TeX and the code of a line when the relation signs stand there, else the whole line; it is the whole line, too,
 * when something goes on behind the TeX that is not prose: `$R_3$ / 2`.
 */
function inText(text: string): (Part & { readonly mode: Stretch['mode'] })[] {
  const inner = [...text.matchAll(/\$([^$]+)\$|`([^`]+)`/g)];
  const outside = inner.map(({ 0: whole, index }, at) =>
    text.slice(index + whole.length, inner[at + 1]?.index),
  );
  const isWhole =
    RELATION.test([text.slice(0, inner[0]?.index), ...outside].join(' ')) || outside.some(goesOn);
  if (inner.length === 0 || isWhole) return [{ start: 0, end: text.length, mode: 'text' }];
  return inner.map(({ 0: whole, index }) => ({
    start: index + 1,
    end: index + whole.length - 1,
    mode: 'mathematics',
  }));
}

/** Behind closing parentheses, quotes and emphasis. */
function goesOn(rest: string): boolean {
  const text = rest.replace(/^(?:[)\]'\u2019]|[*_]+(?=\s|$|[.,;:]))+/, '');
  return doubtBehind(text, { bareNumber: false }) !== undefined;
}
