/**
 * The lines of a netlist before any grammar: which are cards, comments, directives, a `.control`
 * block or the end. Cards are handed out in regions of a few hundred lines, so that tokens of a large
 * file do not all live at once; a region never splits a card from its `+` lines.
 */

/** [start, end) offsets of the text. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

export type Piece =
  | ({ readonly kind: 'cards'; readonly remarks: readonly Remark[] } & Region)
  /** A `.control` block with its last line; `closed` is false when `.endc` is missing. */
  | ({ readonly kind: 'control'; readonly closed: boolean } & Region)
  /** The `.end` line; `rest` is the first text behind it that is no comment. */
  | ({ readonly kind: 'end'; readonly rest?: Region } & Region);

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

/** True if the line whose first nonblank character stands at `first` holds no card. */
export function isCommentLine(text: string, first: number): boolean {
  switch (text[first]) {
    case '*':
    case ';':
      return true;
    case '/':
      return text[first + 1] === '/';
    case '$':
      return /[\s$]/.test(text[first + 1] ?? ' ');
    default:
      return false;
  }
}

function remarkKind(text: string, first: number): Remark['kind'] {
  if (text[first] !== '*') return 'comment';
  if (text[first + 1] === '@') return 'directive';
  return text[first + 1] === ' ' && text[first + 2] === '@' ? 'directive' : 'comment';
}

const dotWord = (text: string, first: number): string =>
  text[first] === '.' ? text.slice(first, first + 9).toLowerCase() : '';

const isWord = (found: string, word: string): boolean =>
  found.startsWith(word) && !/[a-z0-9_.]/.test(found[word.length] ?? ' ');

/** Where the `.endc` line ends that closes the block opened at `start`. */
function controlBlock(text: string, start: number): Region & { readonly closed: boolean } {
  for (let at = nextLine(text, lineEnd(text, start)); at < text.length; ) {
    const end = lineEnd(text, at);
    if (isWord(dotWord(text, skipBlanks(text, at)), '.endc')) return { start, end, closed: true };
    at = nextLine(text, end);
  }
  return { start, end: text.length, closed: false };
}

/** The first text at or after `offset` that is neither blank nor comment. */
function firstCard(text: string, offset: number): Region | undefined {
  for (let at = offset; at < text.length; ) {
    const first = skipBlanks(text, at);
    const end = lineEnd(text, first);
    const empty = first === end || isCommentLine(text, first);
    if (!empty || remarkKind(text, first) === 'directive') return { start: first, end };
    at = nextLine(text, end);
  }
  return undefined;
}

/** The pieces of `text` from `offset` on, in order. */
export function* pieces(text: string, offset: number): Generator<Piece, void, undefined> {
  let start = offset;
  let cards = 0;
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
    if (first === end) {
      remarks.push({ kind: 'blank', start: first, end });
    } else if (isCommentLine(text, first)) {
      remarks.push({ kind: remarkKind(text, first), start: first, end });
    } else if (text[first] !== '+') {
      const dot = dotWord(text, first);
      if (isWord(dot, '.control')) {
        yield flush(at);
        const block = controlBlock(text, first);
        yield { kind: 'control', ...block };
        at = nextLine(text, block.end);
        start = at;
        continue;
      }
      if (isWord(dot, '.end')) {
        yield flush(at);
        const rest = firstCard(text, nextLine(text, end));
        yield { kind: 'end', start: first, end, ...(rest === undefined ? {} : { rest }) };
        return;
      }
      if (cards >= CARDS_PER_PIECE) yield flush(at);
      if (cards === 0) start = first;
      cards++;
    } else if (cards === 0) {
      remarks.push({ kind: 'stray_continuation', start: first, end });
    }
    at = nextLine(text, end);
  }
  yield flush(text.length);
}
