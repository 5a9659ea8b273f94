/** An LTspice symbol (`.asy`) -> its pins and attributes. */

import { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Source, Span } from '../source.ts';
import { Fields, type Line, linesOf } from './lines.ts';
import type { Point, SymbolDefinition } from './tree.ts';

const DRAWING = /^(?:Version|WINDOW|TEXT|LINE|RECTANGLE|CIRCLE|ARC)$/;
const MOST_FAULTS = 20;

interface OpenPin {
  readonly at: Point;
  readonly span: Span;
  name: string;
  order: number | undefined;
}

export function parseSymbol(source: Source): SymbolDefinition {
  const reader = new SymbolReader(source);
  for (const line of linesOf(source)) {
    reader.line(line);
    if (reader.diagnostics.all.length >= MOST_FAULTS) break;
  }
  return reader.definition();
}

class SymbolReader {
  readonly diagnostics = new Diagnostics();
  readonly #source: Source;
  readonly #attributes = new Map<string, Word>();
  readonly #pins: OpenPin[] = [];
  #kind: SymbolDefinition['kind'] = 'cell';

  constructor(source: Source) {
    this.#source = source;
  }

  line(line: Line): void {
    const { keyword, span } = line;
    if (DRAWING.test(keyword)) return;
    const fields = new Fields(line, this.diagnostics);
    switch (keyword) {
      case 'SymbolType':
        this.#kind = /^block$/i.test(fields.rest().text) ? 'block' : 'cell';
        return;
      case 'SYMATTR': {
        const key = fields.word('attribute name');
        if (fields.sound) this.#attributes.set(key.text.toLowerCase(), fields.rest());
        return;
      }
      case 'PIN': {
        const at = fields.point();
        if (fields.sound) this.#pins.push({ at, span, name: '', order: undefined });
        return;
      }
      case 'PINATTR':
        this.#pinAttribute(fields, span);
        return;
      default: {
        const message = `"${shorten(keyword)}" is no line of an LTspice symbol.`;
        const hint = 'The file is damaged; open it in LTspice and save it again.';
        this.diagnostics.error('unknown_line', span, message, hint);
      }
    }
  }

  #pinAttribute(fields: Fields, span: Span): void {
    const pin = this.#pins.at(-1);
    const key = fields.word('attribute name').text.toLowerCase();
    const { text } = fields.rest();
    if (!fields.sound) return;
    if (pin === undefined) {
      const hint = 'It stands behind the PIN line that it belongs to.';
      this.diagnostics.error('stray_attribute', span, 'The attribute belongs to no pin.', hint);
    } else if (key === 'pinname') pin.name = text;
    else if (key === 'spiceorder') pin.order = Number(text);
  }

  definition(): SymbolDefinition {
    const source = this.#source;
    for (const { order, name, span } of this.#pins) {
      if (order !== undefined && Number.isInteger(order)) continue;
      if (this.diagnostics.all.length >= MOST_FAULTS) break;
      const message = `The pin "${shorten(name)}" has no place in the netlist.`;
      const hint = 'Write "PINATTR SpiceOrder n" behind it.';
      this.diagnostics.error('missing_spice_order', span, message, hint);
    }
    const pins = [...this.#pins].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
    return {
      source,
      kind: this.#kind,
      attributes: this.#attributes,
      pins: pins.map(({ name, at }) => ({ name, at })),
      diagnostics: this.diagnostics.all,
    };
  }
}
