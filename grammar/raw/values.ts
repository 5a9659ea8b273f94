/**
 * The numbers of a plot, of which the first point is read and the others are passed over.
 *
 * Binary: ngspice stores doubles, little endian, point by point, complex ones as pairs. LTspice stores the
 * first variable as a double and the others as floats, unless its flags say `double` or `complex`; with the
 * flag `fastaccess` variable by variable.
 */

import type { Cursor } from './cursor.ts';
import type { Header, RawFault } from './header.ts';

/** The values of the first point, real parts of complex ones; the cursor then stands behind the plot. */
export function readFirstPoint(cursor: Cursor, header: Header): readonly number[] | RawFault {
  if (header.points === 0 || header.names.length === 0) return [];
  return header.data === 'binary' ? binaryPoint(cursor, header) : textPoint(cursor, header);
}

function binaryPoint(cursor: Cursor, header: Header): readonly number[] | RawFault {
  const { points, flags } = header;
  const count = header.names.length;
  const widths = widthsOf(cursor, header);
  const perPoint = widths.first + (count - 1) * widths.other;
  if (points * perPoint > cursor.rest) {
    return {
      fault: `The file ends within its numbers: ${cursor.rest} bytes for ${points} points of ${count} variables.`,
    };
  }
  const { bytes, offset } = cursor;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, cursor.rest);
  const stride = flags.has('fastaccess') ? points : 1;
  const values = header.names.map((_, i) => {
    if (i === 0) return view.getFloat64(0, true);
    const at = stride * (widths.first + (i - 1) * widths.other);
    return widths.other === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
  });
  cursor.offset += points * perPoint;
  return values;
}

/** Bytes of the first variable and of the others. */
function widthsOf(
  { rest }: Cursor,
  { flags, isLtspice, points, names }: Header,
): { readonly first: number; readonly other: number } {
  if (flags.has('complex')) return { first: 16, other: 16 };
  const doubles = { first: 8, other: 8 };
  if (!isLtspice || flags.has('double')) return doubles;
  // Some versions write doubles without saying so; the size of the file tells.
  return rest === 8 * points * names.length ? doubles : { first: 8, other: 4 };
}

/** `index value value ...` for each point; complex values as `re,im`. */
function textPoint(cursor: Cursor, header: Header): readonly number[] | RawFault {
  const perPoint = header.names.length + 1;
  const values: number[] = [];
  for (let read = 0; read < header.points * perPoint; ) {
    const line = cursor.line();
    if (line === undefined) return { fault: 'The file ends within its numbers.' };
    const words = line.trim() === '' ? [] : line.trim().split(/\s+/);
    for (const word of words) {
      const place = read++ % perPoint;
      if (place === 0 || read > perPoint) continue;
      const value = numberOf(word);
      if (value === undefined) return { fault: `"${word.slice(0, 40)}" is not a number.` };
      values.push(value);
    }
  }
  return values;
}

function numberOf(word: string): number | undefined {
  const [real = ''] = word.split(',');
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(real) ? Number(real) : undefined;
}
