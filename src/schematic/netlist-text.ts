/**
 * The netlist that an importer writes, piece by piece, each with its place in the schematic. It goes
 * through the SPICE parser like any other; whatever is later said of a span of it is said of the part as
 * drawn (`original` in grammar/source.ts).
 */

import type { Source, Span } from '../../grammar/source.ts';

export class NetlistText {
  #text = '';
  /** Where each piece begins in the text. */
  readonly #starts: number[] = [];
  readonly #origins: Span[] = [];

  /** Appends `text`, which stands for `origin`, or is a copy of it. */
  add(text: string, origin: Span): this {
    this.#starts.push(this.#text.length);
    this.#origins.push(origin);
    this.#text += text;
    return this;
  }

  /** The text so far as a source; `name` is what the schematic is called. */
  source(name: string): Source {
    const starts = this.#starts;
    const origins = this.#origins;
    const text = this.#text;
    const nowhere: Span = { source: { name, text: '' }, start: 0, end: 0 };
    return {
      name,
      text,
      origin: (start, end) => {
        const index = Math.max(0, lastAtMost(starts, start));
        const origin = origins[index] ?? nowhere;
        const [from, next] = [starts[index] ?? 0, starts[index + 1] ?? text.length];
        const { source, start: first, end: last } = origin;
        if (source.text.slice(first, last) !== text.slice(from, next)) return origin;
        const inner = first + start - from;
        return {
          ...origin,
          start: inner,
          end: Math.max(inner, first + Math.min(end, next) - from),
        };
      },
    };
  }
}

/** Index of the last of the ascending `values` that is not above `value`; -1 if there is none. */
function lastAtMost(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
