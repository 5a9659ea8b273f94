/** An LTspice schematic (`.asc`) -> its syntax tree. */

import { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Source, Span } from '../source.ts';
import { Fields, type Line, linesOf } from './lines.ts';
import {
  type Flag,
  ORIENTATIONS,
  type Orientation,
  type Placement,
  type Schematic,
  type SheetText,
  type Window,
  type Wire,
} from './tree.ts';

/** Lines that draw, the direction of a port, and a voltage of the last simulation. */
const DRAWING = /^(?:Version|SHEET|IOPIN|DATAFLAG|LINE|RECTANGLE|CIRCLE|ARC)$/;

/** Errors after which the reading stops: the text is no schematic. */
const MOST_FAULTS = 100;

export function parseSchematic(source: Source): Schematic {
  const reader = new SchematicReader(source);
  for (const line of linesOf(source)) {
    reader.line(line);
    if (reader.diagnostics.all.length >= MOST_FAULTS) break;
  }
  const { diagnostics, ...tree } = reader;
  return { ...tree, diagnostics: diagnostics.all };
}

interface OpenPlacement extends Placement {
  readonly attributes: Map<string, Word>;
  readonly windows: Map<number, Window>;
}

class SchematicReader {
  readonly source: Source;
  readonly wires: Wire[] = [];
  readonly flags: Flag[] = [];
  readonly placements: OpenPlacement[] = [];
  readonly texts: SheetText[] = [];
  readonly busTaps: Span[] = [];
  readonly diagnostics = new Diagnostics();

  constructor(source: Source) {
    this.source = source;
  }

  line(line: Line): void {
    const { keyword, span } = line;
    const { diagnostics } = this;
    if (DRAWING.test(keyword)) return;
    const fields = new Fields(line, diagnostics);
    switch (keyword) {
      case 'WIRE': {
        const wire = { from: fields.point(), to: fields.point(), span };
        if (fields.sound) this.wires.push(wire);
        return;
      }
      case 'FLAG': {
        const flag = { at: fields.point(), name: fields.word('net name') };
        if (fields.sound) this.flags.push(flag);
        return;
      }
      case 'SYMBOL':
        this.#symbol(fields, span);
        return;
      case 'WINDOW':
        this.#window(fields);
        return;
      case 'SYMATTR':
        this.#attribute(fields, span);
        return;
      case 'TEXT':
        this.#text(fields);
        return;
      case 'BUSTAP':
        this.busTaps.push(span);
        return;
      default: {
        const message = `"${shorten(keyword)}" is no line of an LTspice schematic.`;
        const hint = 'The file is damaged, or of a later format; save it in LTspice again.';
        diagnostics.error(
          'unknown_line',
          { ...span, end: span.start + keyword.length },
          message,
          hint,
        );
      }
    }
  }

  #symbol(fields: Fields, span: Span): void {
    const word = fields.lastWord('orientation');
    const at = fields.lastPoint();
    const symbol = fields.rest();
    if (!fields.sound) return;
    const orientation = ORIENTATIONS.find((name) => name === word.text);
    if (orientation === undefined || symbol.text === '') {
      const message =
        orientation === undefined
          ? `"${shorten(word.text)}" is no orientation.`
          : 'The symbol has no name.';
      const hint = `A line reads: SYMBOL name x y ${ORIENTATIONS.join('|')}.`;
      this.diagnostics.error('bad_line', word.span, message, hint);
      return;
    }
    const placement = {
      symbol,
      at,
      orientation: orientation as Orientation,
      attributes: new Map(),
      windows: new Map(),
    };
    this.placements.push({ ...placement, span });
  }

  #window(fields: Fields): void {
    const id = Number(fields.word('number').text);
    const at = fields.point();
    const justification = fields.word('justification').text;
    // Without a symbol it belongs to a text that is no longer there.
    if (fields.sound) this.placements.at(-1)?.windows.set(id, { at, justification });
  }

  #attribute(fields: Fields, span: Span): void {
    const key = fields.word('attribute name');
    if (!fields.sound) return;
    const last = this.placements.at(-1);
    if (last === undefined) {
      const hint = 'It stands behind the SYMBOL line that it belongs to.';
      this.diagnostics.error('stray_attribute', span, 'The attribute belongs to no symbol.', hint);
      return;
    }
    last.attributes.set(key.text.toLowerCase(), fields.rest());
  }

  #text(fields: Fields): void {
    const at = fields.point();
    const justification = fields.word('justification').text;
    fields.word('size');
    const { text, span } = fields.rest();
    if (!fields.sound) return;
    const mark = text[0];
    // A text without a mark is one of the first LTspice versions: a comment.
    const marked = mark === '!' || mark === ';';
    const lines = linesOfText({ text, span }, marked ? 1 : 0);
    const kind = mark === '!' ? 'spice' : 'comment';
    this.texts.push({ kind, at, justification, lines });
  }
}

/** The two characters `\n` separate the lines of a text. */
function linesOfText({ text, span }: Word, from: number): readonly Word[] {
  const lines: Word[] = [];
  for (let at = from; ; ) {
    const found = text.indexOf('\\n', at);
    const end = found < 0 ? text.length : found;
    const word = { ...span, start: span.start + at, end: span.start + end };
    lines.push({ text: text.slice(at, end), span: word });
    if (found < 0) return lines;
    at = found + 2;
  }
}
