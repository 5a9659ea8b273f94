/** A raw file of a SPICE program -> the operating point in it. */

import { Cursor } from './cursor.ts';
import { type Header, type RawFault, readHeader } from './header.ts';
import { readFirstPoint } from './values.ts';

/** The first point of a plot. */
export interface RawPlot {
  readonly title: string;
  readonly plotName: string;
  /** How many points the plot has. */
  readonly points: number;
  readonly variables: readonly RawVariable[];
  /** What a reader of these values must know, in sentences. */
  readonly warnings: readonly string[];
}

export interface RawVariable {
  /** As written: `V(out)`, `i(@r1[i])`, `x1:n`. */
  readonly name: string;
  /** `voltage`, `current`, `device_current`, `time` ... */
  readonly type: string;
  /** SI */
  readonly value: number;
}

/** A file may hold the plots of many runs; more are no result of a netlist. */
const MOST_PLOTS = 10_000;

const OPERATING_POINT = /operating point/i;
const SMALL_SIGNAL = /^ac analysis/i;
/** Plots whose first point is an operating point: of the first value of a sweep, or at time 0. */
const FIRST_POINT = /^(?:dc|transient)\b/i;

/**
 * The plot `Operating Point`, else the first point of a DC sweep or a transient analysis, with a warning.
 * With `smallSignal` the AC analysis instead, of its complex values the real parts.
 */
export function readRawFile(
  bytes: Uint8Array,
  { smallSignal = false }: { readonly smallSignal?: boolean } = {},
): RawPlot | RawFault {
  const cursor = new Cursor(bytes);
  const seen: string[] = [];
  let found: RawPlot | undefined;
  let substitute: RawPlot | undefined;
  while (cursor.rest > 0) {
    const header = readHeader(cursor);
    if ('fault' in header) return header;
    const values = readFirstPoint(cursor, header);
    if ('fault' in values) return values;
    const plot = plotOf(header, values);
    skipBlank(cursor);
    const isReal = !header.flags.has('complex') && values.length > 0;
    if (smallSignal && SMALL_SIGNAL.test(header.plotName)) found ??= plot;
    if (isReal && OPERATING_POINT.test(header.plotName)) found ??= plot;
    if (isReal && FIRST_POINT.test(header.plotName)) substitute ??= plot;
    seen.push(header.plotName);
    if (seen.length > MOST_PLOTS) return { fault: `The file has more than ${MOST_PLOTS} plots.` };
  }
  if (found !== undefined) return found;
  if (substitute !== undefined) return withWarning(substitute);
  const plots = seen.map((name) => `"${name.slice(0, 60)}"`).slice(0, 5);
  return {
    fault:
      seen.length === 0
        ? 'The file is empty.'
        : `The file has no operating point; it has ${plots.join(', ')}.`,
  };
}

function plotOf(header: Header, values: readonly number[]): RawPlot {
  const { title, plotName, points } = header;
  const variables = header.names.map(({ name, type }, i) => ({
    name,
    type,
    value: values[i] ?? Number.NaN,
  }));
  const warnings =
    points > 1 && OPERATING_POINT.test(plotName)
      ? [`The plot "${plotName}" has ${points} points; the first one is taken.`]
      : [];
  return { title, plotName, points, variables, warnings };
}

function withWarning(plot: RawPlot): RawPlot {
  const [axis] = plot.variables;
  const where = axis === undefined ? '' : ` (${axis.name} = ${axis.value})`;
  const warning = `The file has no operating point; the first point of "${plot.plotName}"${where} is taken.`;
  return { ...plot, warnings: [...plot.warnings, warning] };
}

/** Blank lines stand between the plots of a text file. */
function skipBlank(cursor: Cursor): void {
  const isBlank = (byte: number | undefined): boolean =>
    byte === 10 || byte === 13 || byte === 32 || byte === 9 || (cursor.isWide && byte === 0);
  while (cursor.rest > 0 && isBlank(cursor.bytes[cursor.offset])) cursor.offset++;
}
