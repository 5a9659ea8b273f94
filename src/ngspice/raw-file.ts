// A binary raw file of ngspice -> the title, the plot's name and the vectors of its only point.
//
//   Title: ... / Plotname: ... / Flags: real / No. Variables: n / No. Points: 1
//   Variables: / <index> <name> <type> (n lines) / Binary: / n doubles, little endian

/** One point of a plot, its vectors by name (lower case). */
export interface RawPlot {
  readonly title: string;
  readonly plotName: string;
  readonly values: ReadonlyMap<string, number>;
}

const BINARY = 'Binary:\n';

/** Reads a plot of one real point; null when `bytes` is anything else. */
export function parseRawFile(bytes: Uint8Array): RawPlot | null {
  const start = binaryStart(bytes);
  if (start === null) return null;
  const lines = new TextDecoder().decode(bytes.subarray(0, start)).split('\n');
  const field = (key: string) =>
    lines.find((line) => line.startsWith(`${key}: `))?.slice(key.length + 2);

  const title = field('Title');
  const plotName = field('Plotname');
  const count = Number(field('No. Variables'));
  const onePoint = field('Flags') === 'real' && Number(field('No. Points')) === 1;
  if (title === undefined || plotName === undefined || !onePoint) return null;
  if (!Number.isInteger(count) || bytes.length !== start + 8 * count) return null;

  const names = lines.slice(lines.indexOf('Variables:') + 1, -2);
  if (names.length !== count) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const values = new Map<string, number>();
  names.forEach((line, i) => {
    const name = line.split('\t')[2];
    if (name !== undefined) values.set(name.toLowerCase(), view.getFloat64(8 * i, true));
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
