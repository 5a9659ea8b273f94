/**
 * The text in front of the numbers of a plot:
 *
 *   Title: ... / Date: ... / Plotname: ... / Flags: real / No. Variables: n / No. Points: p
 *   Variables: / <index> <name> <type> (n lines) / Binary: or Values:
 *
 * Other keys (Offset, Command, Dimensions, Backannotation ...) may stand in between in any order.
 */

import type { Cursor } from './cursor.ts';

export interface Header {
  readonly title: string;
  readonly plotName: string;
  /** Lower-case words: `real`, `complex`, and LTspice's `double`, `fastaccess`, `stepped` ... */
  readonly flags: ReadonlySet<string>;
  readonly points: number;
  readonly names: readonly { readonly name: string; readonly type: string }[];
  readonly data: 'binary' | 'values';
  /** Written by LTspice, which stores single precision. */
  readonly isLtspice: boolean;
}

export interface RawFault {
  /** A sentence. */
  readonly fault: string;
}

const MOST_VARIABLES = 1_000_000;
const MOST_KEYS = 100_000;

/** The header at the cursor, which then stands behind `Binary:` or `Values:`. */
export function readHeader(cursor: Cursor): Header | RawFault {
  const keys = new Map<string, string>();
  let isLtspice = cursor.isWide;
  for (let line = cursor.line(); line !== undefined; line = cursor.line()) {
    const match = /^\s*([A-Za-z][A-Za-z. ]*?)\s*:\s?(.*)$/.exec(line);
    if (match === null) {
      if (line.trim() === '') continue;
      return { fault: `The header has the line "${line.slice(0, 60)}", which is no "Key: value".` };
    }
    const [, key = '', value = ''] = match;
    const name = key.toLowerCase();
    if (name === 'variables') return withVariables(cursor, { keys, isLtspice });
    if (name === 'offset' || /ltspice|linear technology/i.test(value))
      isLtspice ||= name !== 'title';
    if (!keys.has(name)) keys.set(name, value.trim());
    if (keys.size > MOST_KEYS) return { fault: 'The header does not come to an end.' };
  }
  return { fault: 'The header of a raw file ends without its list of variables.' };
}

function withVariables(
  cursor: Cursor,
  { keys, isLtspice }: { keys: ReadonlyMap<string, string>; isLtspice: boolean },
): Header | RawFault {
  const count = countOf(keys.get('no. variables'));
  const points = countOf(keys.get('no. points'));
  if (count === undefined || count > MOST_VARIABLES || points === undefined) {
    return { fault: 'The header does not say how many variables and points there are.' };
  }
  const names: { name: string; type: string }[] = [];
  for (let i = 0; i < count; i++) {
    const line = cursor.line();
    const [index, name, type] = line?.trim().split(/\s+/) ?? [];
    if (index !== `${i}` || name === undefined || type === undefined) {
      return { fault: `Variable ${i} of ${count} is not a line of index, name and type.` };
    }
    names.push({ name, type: type.toLowerCase() });
  }
  const section = cursor.line()?.trim().toLowerCase();
  if (section !== 'binary:' && section !== 'values:') {
    return { fault: 'Behind the variables stands neither "Binary:" nor "Values:".' };
  }
  return {
    title: keys.get('title') ?? '',
    plotName: keys.get('plotname') ?? '',
    flags: new Set((keys.get('flags') ?? '').toLowerCase().split(/\s+/)),
    points,
    names,
    data: section === 'binary:' ? 'binary' : 'values',
    isLtspice,
  };
}

function countOf(text: string | undefined): number | undefined {
  const match = /^\s*(\d{1,12})\s*$/.exec(text ?? '');
  return match === null ? undefined : Number(match[1]);
}
