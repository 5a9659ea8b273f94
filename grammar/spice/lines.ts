/**
 * The lines of a netlist before any grammar: which are cards, comments, directives, a `.control`
 * block or the end. Cards are handed out in regions of a few hundred lines, so that tokens of a large
 * file do not all live at once; a region never splits a card from its `+` lines.
 */

import type { Dialect, LexicalRules } from './dialect.ts';

/** [start, end) offsets of the text. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

export type Piece =
  | ({ readonly kind: 'cards'; readonly remarks: readonly Remark[] } & Region)
  /** Lines that are no cards, as `.control ... .endc`; `closed` is false when the last one is missing. */
  | ({ readonly kind: 'block'; readonly closed: boolean } & BlockWords & Region)
  /** The `.end` line; `rest` is the first text behind it that is no comment. */
  | ({ readonly kind: 'end'; readonly rest?: Region } & Region);

/** Where a block begins and ends. */
export interface BlockWords {
  readonly opening: string;
  readonly closing: string;
  /** False when the first word alone may stand for something else, and is then a card. */
  readonly strict: boolean;
}

const BLOCKS: readonly BlockWords[] = [
  { opening: '.control', closing: '.endc', strict: true },
  { opening: '.aliases', closing: '.endaliases', strict: true },
  { opening: '.data', closing: '.enddata', strict: false },
];

/**
 * A line that is no card, without its line end. A directive is a comment to SPICE; a blank line ends
 * a run of comments; a stray continuation has no card before it.
 */
export interface Remark extends Region {
  readonly kind: 'comment' | 'directive' | 'blank' | 'stray_continuation';
}

const CARDS_PER_PIECE = 400;

const NEWLINE = 10;
const RETURN = 13;
const TAB = 9;
const SPACE = 32;
const CONTROL_Z = 26;
const STAR = 42;
const SEMICOLON = 59;
const SLASH = 47;
const HASH = 35;
const DOLLAR = 36;
const PLUS = 43;
const BACKSLASH = 92;

/** Offset of the first character at or after `offset` that is no blank, or of the line end. */
export function skipBlanks(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const code = text.charCodeAt(at);
    if (
      code !== SPACE &&
      code !== TAB &&
      code !== CONTROL_Z &&
      code !== 0xa0 &&
      code !== 11 &&
      code !== 12
    ) {
      return at;
    }
    at++;
  }
}

/** True if an LF or CR stands at `offset`, or the text ends there. */
export function isLineEnd(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === NEWLINE || code === RETURN || offset >= text.length;
}

/** Offset of the LF or CR that ends the line, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === RETURN) break;
  }
  return at;
}

/** Offset behind the line end that stands at `offset`. */
export function nextLine(text: string, offset: number): number {
  if (text.charCodeAt(offset) === RETURN && text.charCodeAt(offset + 1) === NEWLINE) {
    return offset + 2;
  }
  return Math.min(offset + 1, text.length);
}

/** True if the line from `start`, whose first nonblank character stands at `first`, holds no card. */
export function isCommentLine(
  text: string,
  { start, first }: { readonly start: number; readonly first: number },
  { dollar, slashes, hash, indentedComment }: LexicalRules,
): boolean {
  const code = text.charCodeAt(first);
  if (indentedComment && first > start && code !== PLUS) return true;
  switch (code) {
    case STAR:
    case SEMICOLON:
      return true;
    case SLASH:
      return slashes && text.charCodeAt(first + 1) === SLASH;
    case HASH:
      return hash;
    case DOLLAR:
      return dollar !== 'text' && !isDollarName(text, first);
    default:
      return false;
  }
}

/** `$N_0001`, `$G_DPWR`: node names of PSpice, which nobody means as a comment. */
export function isDollarName(text: string, offset: number): boolean {
  return /^[A-Z]_\w/i.test(text.slice(offset + 1, offset + 4));
}

/** True if the line that ends at `end` goes on in the next one without a `+`. */
export function endsInBackslash(
  text: string,
  end: number,
  rule: LexicalRules['backslash'],
): boolean {
  if (rule === 'none') return false;
  let at = end - 1;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at--;
  if (text.charCodeAt(at) !== BACKSLASH) return false;
  if (text.charCodeAt(at - 1) === BACKSLASH) return true;
  return rule === 'any' && /[ \t]/.test(text[at - 1] ?? '');
}

function remarkKind(text: string, first: number): Remark['kind'] {
  if (text[first] !== '*') return 'comment';
  if (text[first + 1] === '@') return 'directive';
  return text[first + 1] === ' ' && text[first + 2] === '@' ? 'directive' : 'comment';
}

const dotWord = (text: string, first: number): string =>
  text[first] === '.' ? text.slice(first, first + 13).toLowerCase() : '';

const isWord = (found: string, word: string): boolean =>
  found.startsWith(word) && !/[a-z0-9_.]/.test(found[word.length] ?? ' ');

/** The block that the line at `start` opens with `dot`. */
function blockAt(
  text: string,
  start: number,
  dot: string,
): Extract<Piece, { kind: 'block' }> | undefined {
  const words = dot === '' ? undefined : BLOCKS.find(({ opening }) => isWord(dot, opening));
  if (words === undefined) return undefined;
  for (let at = nextLine(text, lineEnd(text, start)); at < text.length; ) {
    const end = lineEnd(text, at);
    if (isWord(dotWord(text, skipBlanks(text, at)), words.closing)) {
      return { kind: 'block', start, end, closed: true, ...words };
    }
    at = nextLine(text, end);
  }
  if (!words.strict) return undefined;
  return { kind: 'block', start, end: text.length, closed: false, ...words };
}

/** The first text at or after `offset` that is neither blank nor comment. */
function firstCard(text: string, offset: number, rules: LexicalRules): Region | undefined {
  for (let at = offset; at < text.length; ) {
    const first = skipBlanks(text, at);
    const end = lineEnd(text, first);
    const empty = first === end || isCommentLine(text, { start: at, first }, rules);
    if (!empty || remarkKind(text, first) === 'directive') return { start: first, end };
    at = nextLine(text, end);
  }
  return undefined;
}

/**
 * The pieces of `text` from `offset` on, in order. Where the dialect reads on behind `.end`, the `end`
 * piece is not the last one.
 */
export function* pieces(
  text: string,
  offset: number,
  { lexical: rules, behindEnd }: Pick<Dialect, 'lexical' | 'behindEnd'>,
): Generator<Piece, void, undefined> {
  let start = offset;
  let cards = 0;
  let goesOn = false;
  let remarks: Remark[] = [];
  const flush = (end: number): Piece => {
    const piece: Piece = { kind: 'cards', start: cards === 0 ? end : start, end, remarks };
    cards = 0;
    remarks = [];
    start = end;
    return piece;
  };
  for (let at = offset; at < text.length; ) {
    const first = skipBlanks(text, at);
    const end = lineEnd(text, first);
    if (goesOn) {
      goesOn = endsInBackslash(text, end, rules.backslash);
    } else if (first === end) {
      remarks.push({ kind: 'blank', start: first, end });
    } else if (isCommentLine(text, { start: at, first }, rules)) {
      remarks.push({ kind: remarkKind(text, first), start: first, end });
    } else if (text[first] !== '+') {
      const dot = dotWord(text, first);
      const block = blockAt(text, first, dot);
      if (block !== undefined) {
        yield flush(at);
        yield block;
        at = nextLine(text, block.end);
        start = at;
        continue;
      }
      if (isWord(dot, '.end')) {
        yield flush(at);
        const rest = firstCard(text, nextLine(text, end), rules);
        yield { kind: 'end', start: first, end, ...(rest === undefined ? {} : { rest }) };
        if (behindEnd === 'ignored') return;
        at = nextLine(text, end);
        start = at;
        continue;
      }
      if (cards >= CARDS_PER_PIECE) yield flush(at);
      if (cards === 0) start = first;
      cards++;
      goesOn = endsInBackslash(text, end, rules.backslash);
    } else if (cards === 0) {
      remarks.push({ kind: 'stray_continuation', start: first, end });
    } else {
      goesOn = endsInBackslash(text, end, rules.backslash);
    }
    at = nextLine(text, end);
  }
  yield flush(text.length);
}
