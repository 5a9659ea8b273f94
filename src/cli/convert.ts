/** `nullor convert FILE`: any dialect in, a clean netlist or its JSON out; flat, if wanted. */

import { type DialectName, flatNetlist, netlistJson, printNetlist, readNetlist } from '../index.ts';
import { complain, displayName, errorsOf, includeResolver, readText } from './files.ts';
import { BAD_INPUT, FINE, type Options, UsageError } from './options.ts';

/** Dialects that netlists are written in. */
const WRITTEN: ReadonlySet<DialectName> = new Set(['ngspice', 'ltspice']);

export async function convertCommand(options: Options): Promise<number> {
  const { files, format, dialect, flat, to } = options;
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new UsageError('convert takes one file.');
  if (format !== 'text' && format !== 'json') {
    throw new UsageError(`convert has no ${format} form; there are text and json.`);
  }
  if (to !== undefined && !WRITTEN.has(to)) {
    throw new UsageError(`convert writes ${[...WRITTEN].join(' and ')}, not ${to}.`);
  }
  const read = readNetlist(
    { name: displayName(file), text: readText(file) },
    { resolve: includeResolver(file, options), ...(dialect === undefined ? {} : { dialect }) },
  );
  const netlist = flat && errorsOf(read.diagnostics).length === 0 ? flatNetlist(read) : read;
  const refused = errorsOf(netlist.diagnostics).length > 0;
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(netlistJson(netlist), null, 2)}\n`);
  } else {
    complain(netlist.diagnostics);
    if (!refused) process.stdout.write(printNetlist(netlist, to === undefined ? {} : { to }));
  }
  return refused ? BAD_INPUT : FINE;
}
