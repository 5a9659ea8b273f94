// A binary raw file of ngspice -> the title, the plot's name and the vectors of its only point.
//
//   Title: ... / Plotname: ... / Flags: real or complex / No. Variables: n / No. Points: 1
//   Variables: / <index> <name> <type> (n lines) / Binary: / n doubles or pairs of them, little endian

/** One point of a plot, its vectors by name (lower case). */
export interface RawPlot {
  readonly title: string;
  readonly plotName: string;
  readonly values: ReadonlyMap<string, number>;
}

const BINARY = 'Binary:\n';
/** Bytes of a value by the flags of its plot. */
const WIDTHS: ReadonlyMap<string, number> = new Map([
  ['real', 8],
  ['complex', 16],
]);

/** Reads a plot of one point, of complex values the real parts; null when `bytes` is anything else. */
export function parseRawFile(bytes: Uint8Array): RawPlot | null {
  const start = binaryStart(bytes);
  if (start === null) return null;
  const lines = new TextDecoder().decode(bytes.subarray(0, start)).split('\n');
  const field = (key: string) =>
    lines.find((line) => line.startsWith(`${key}: `))?.slice(key.length + 2);

  const title = field('Title');
  const plotName = field('Plotname');
  const count = Number(field('No. Variables'));
  const width = WIDTHS.get(field('Flags') ?? '');
  if (title === undefined || plotName === undefined || width === undefined) return null;
  if (Number(field('No. Points')) !== 1) return null;
  if (!Number.isInteger(count) || bytes.length !== start + width * count) return null;

  const names = lines.slice(lines.indexOf('Variables:') + 1, -2);
  if (names.length !== count) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const values = new Map<string, number>();
  names.forEach((line, i) => {
    const name = line.split('\t')[2];
    if (name !== undefined) values.set(name.toLowerCase(), view.getFloat64(width * i, true));
  });
  return { title, plotName, values };
}

/** Offset of the first byte after the line `Binary:`. */
function binaryStart(bytes: Uint8Array): number | null {
  for (let i = 0; i + BINARY.length <= bytes.length; i++) {
    let n = 0;
    while (n < BINARY.length && bytes[i + n] === BINARY.charCodeAt(n)) n++;
    if (n === BINARY.length) return i + n;
  }
  return null;
}
