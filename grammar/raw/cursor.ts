/** Lines of text in front of, and between, blocks of bytes: 8-bit text, or UTF-16LE as LTspice writes it. */

/** More letters in a line are no line. */
const LONGEST_LINE = 1_000_000;
const NEWLINE = 10;

export class Cursor {
  readonly bytes: Uint8Array;
  readonly isWide: boolean;
  offset: number;
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const marked = bytes[0] === 0xff && bytes[1] === 0xfe;
    this.isWide = marked || (bytes[0] !== 0 && bytes[1] === 0 && bytes.length > 1);
    this.#decoder = new TextDecoder(this.isWide ? 'utf-16le' : 'utf-8');
    this.offset = marked ? 2 : 0;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.offset = 3;
  }

  get rest(): number {
    return this.bytes.length - this.offset;
  }

  /** The next line without its end, and the cursor behind it; undefined at the end or for a line without one. */
  line(): string | undefined {
    if (this.rest <= 0) return undefined;
    const width = this.isWide ? 2 : 1;
    const limit = Math.min(this.bytes.length, this.offset + LONGEST_LINE * width);
    let end = this.offset;
    while (end < limit && !this.#isNewline(end)) end += width;
    if (end >= limit && limit < this.bytes.length) return undefined;
    const text = this.#decoder.decode(this.bytes.subarray(this.offset, end));
    this.offset = Math.min(end + width, this.bytes.length);
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }

  #isNewline(at: number): boolean {
    return this.bytes[at] === NEWLINE && (!this.isWide || this.bytes[at + 1] === 0);
  }
}
