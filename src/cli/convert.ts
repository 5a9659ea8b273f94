/** `nullor convert FILE`: any dialect in, a clean netlist or its JSON out; flat, or at a corner, if wanted. */

import {
  type Analysis,
  analyze,
  annotatedNetlist,
  cornerNetlist,
  type DialectName,
  flatNetlist,
  type Netlist,
  netlistJson,
  printNetlist,
  readNetlist,
  type Side,
} from '../index.ts';
import { analyzed, isRefused } from './analyze.ts';
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
  if (options.annotate && flat) {
    throw new UsageError(
      '--annotate makes subcircuits; to expand them, convert its netlist --flat.',
    );
  }
  const isAnalysed = options.annotate || options.corner !== undefined;
  if (!isAnalysed && (options.directives.length > 0 || options.parts.length > 0)) {
    throw new UsageError(
      '--output, --opamp and --parts are of the analysis that --annotate and --corner write; convert alone writes the netlist as it is.',
    );
  }
  if (options.corner !== undefined) return writeCorner(file, options.corner, options);
  const reading = {
    resolve: includeResolver(file, options),
    ...(dialect === undefined ? {} : { dialect }),
  };
  const read = readNetlist({ name: displayName(file), text: readText(file) }, reading);
  if (options.annotate) return writeAnnotated(read, file, options);
  return write(flat && errorsOf(read.diagnostics).length === 0 ? flatNetlist(read) : read, options);
}

function write(netlist: Netlist, { format, to }: Options): number {
  const refused = errorsOf(netlist.diagnostics).length > 0;
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(netlistJson(netlist), null, 2)}\n`);
  } else {
    complain(netlist.diagnostics);
    if (!refused) process.stdout.write(printNetlist(netlist, to === undefined ? {} : { to }));
  }
  return refused ? BAD_INPUT : FINE;
}

/** The netlist with error models for op amps. */
async function writeAnnotated(netlist: Netlist, file: string, options: Options): Promise<number> {
  if (file === '-') throw new UsageError('--annotate reads its file twice; give a file, not -.');
  const analysis = await analyzed(file, { ...options, engine: undefined });
  complain(errorsOf(analysis.diagnostics));
  return writeModels(netlist, analysis, options);
}

/** `netlist` with the error models of its analysis. */
function writeModels(netlist: Netlist, analysis: Analysis, options: Options): number {
  if (isRefused(analysis) || analysis.result === null) return BAD_INPUT;
  const { to } = options;
  const annotated = annotatedNetlist(netlist, analysis.result, to === undefined ? {} : { to });
  complain(annotated.diagnostics);
  if (annotated.text === null) return BAD_INPUT;
  if (options.format === 'json') {
    return write(readNetlist({ name: analysis.file, text: annotated.text }), options);
  }
  process.stdout.write(annotated.text);
  return FINE;
}

/** The netlist at a corner of the analysis, as written or in another form. */
async function writeCorner(file: string, side: Side, options: Options): Promise<number> {
  const analysis = await analyzed(file, { ...options, engine: undefined });
  complain(errorsOf(analysis.diagnostics));
  if (isRefused(analysis)) return BAD_INPUT;
  const text = cornerNetlist(analysis, side);
  if (text === null) {
    process.stderr.write(`nullor: ${displayName(file)}: ${whyNoCorner(analysis, side)}\n`);
    return BAD_INPUT;
  }
  const source = { name: displayName(file), text };
  if (options.annotate) {
    const corner = await analyze(text, { name: source.name });
    complain(errorsOf(corner.diagnostics));
    return writeModels(readNetlist(source), corner, options);
  }
  if (options.format === 'json' || options.to !== undefined) {
    return write(readNetlist(source), options);
  }
  process.stdout.write(text);
  return FINE;
}

function whyNoCorner({ circuit, result }: Analysis, side: Side): string {
  const { output } = circuit;
  if (output === null) return 'there is no output whose corners could be searched; use --output.';
  if (result?.extremes?.status === 'pole_in_box') {
    return `${output.label} has no extremes: within the tolerances it grows without limit or the feedback turns over.`;
  }
  if (result?.extremes && (side === 'error-low' || side === 'error-high')) {
    return `${output.label} has no corners of its error: no source has a *@ range, or "nullor analyze" says why they are not searched.`;
  }
  return `${output.label} has no corners: nothing has a tolerance or a spread, or "nullor analyze" says why they are not searched.`;
}
