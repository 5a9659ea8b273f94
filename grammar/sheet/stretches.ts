/**
 * Where calculations may stand in a Markdown or plain text: TeX between dollar signs, code, cells of tables, and lines
 * of text. Code blocks of a named language and comments are left out.
 */

import type { Source, Span } from '../source.ts';

export interface Stretch {
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
/** Languages of code blocks that hold calculations. */
const CALCULATIONS = new Set(['', 'text', 'txt', 'math', 'calc', 'latex', 'tex']);

type State = 'text' | 'mathematics' | 'other code' | 'display' | 'comment';

/** Every stretch with a relation sign in it, in the order of the text. */
export function stretches(source: Source): Stretch[] {
  const found: Stretch[] = [];
  let state: State = 'text';
  const add = (start: number, end: number, mode: Stretch['mode']): void => {
    if (RELATION.test(source.text.slice(start, end))) {
      found.push({ span: { source, start, end }, mode });
    }
  };
  for (const { start, end } of linesOf(source.text)) {
    const line = source.text.slice(start, end);
    const fence = /^[ \t]*(?:```|~~~)[ \t]*([\w-]*)/.exec(line);
    if (fence !== null && state !== 'comment') {
      const language = (fence[1] ?? '').toLowerCase();
      const opened = CALCULATIONS.has(language) ? 'mathematics' : 'other code';
      state = state === 'text' ? opened : 'text';
      continue;
    }
    if (state === 'other code') continue;
    if (state === 'text' && /<!--/.test(line)) state = 'comment';
    if (state === 'comment') {
      if (/-->/.test(line)) state = 'text';
      continue;
    }
    const marks = line.match(/\$\$|\\\[|\\\]/g) ?? [];
    if (state === 'display' || (marks.length > 0 && state === 'text')) {
      for (const row of split(line, /\\\\|\$\$|\\\[|\\\]/g)) {
        add(start + row.start, start + row.end, 'mathematics');
      }
      if (marks.length % 2 === 1) state = state === 'display' ? 'text' : 'display';
      continue;
    }
    if (state === 'mathematics') {
      add(start, end, 'mathematics');
      continue;
    }
    for (const part of cellsOf(line)) {
      for (const stretch of inText(line.slice(part.start, part.end))) {
        add(start + part.start + stretch.start, start + part.start + stretch.end, stretch.mode);
      }
    }
  }
  return found;
}

interface Part {
  readonly start: number;
  readonly end: number;
}

function linesOf(text: string): Part[] {
  return split(text, /\r\n|\n|\r/g);
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

/** The TeX and the code of a line when the relation signs stand there, else the whole line. */
function inText(text: string): (Part & { readonly mode: Stretch['mode'] })[] {
  const inner = [...text.matchAll(/\$([^$]+)\$|`([^`]+)`/g)];
  const outside = inner.reduce((rest, [whole]) => rest.replace(whole, ''), text);
  if (inner.length === 0 || RELATION.test(outside)) {
    return [{ start: 0, end: text.length, mode: 'text' }];
  }
  return inner.map(({ 0: whole, index }) => ({
    start: index + 1,
    end: index + whole.length - 1,
    mode: 'mathematics',
  }));
}
