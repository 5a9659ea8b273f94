/**
 * The command line: files in, reports out, exit codes (0 fine, 1 a check failed, 2 bad input, 3 our own
 * fault). Everything else is in the library.
 */

import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve as resolvePath } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Analysis,
  analysisDocument,
  analysisJson,
  analyze,
  checkDocument,
  checkExpectations,
  checkJson,
  type Diagnostic,
  decode,
  type Engine,
  renderCsv,
  renderDiagnostic,
  renderMarkdown,
  renderText,
  type Source,
  VERSION,
} from './index.ts';

const FINE = 0;
const CHECK_FAILED = 1;
const BAD_INPUT = 2;
const OWN_FAULT = 3;

const HELP = `nullor ${VERSION}: DC errors of op amp circuits, from a SPICE netlist

Usage
  nullor analyze FILE [options]     noise gains, R_NEQ, R_IEQ, every error term, the error budget,
                                    and whether ngspice agrees
  nullor check FILE... [options]    every "*@ expect" line of the files, and ngspice

FILE may be - for standard input.

Options
  --output V(a,b)      what the errors are judged at: V(node), V(a,b) or I(element)
  --input VIN          the source that errors are referred to; "VP VM" for a difference
  --opamp "XU1 ..."    an op amp's specifications, as behind *@ opamp; may be repeated
  --thevenin a,b       the Thevenin equivalent between two nodes; may be repeated (analyze)
  --format FORMAT      text, md, csv (the budget) or json
  --json               the same as --format json
  --no-check           do not ask ngspice
  --help, --version

Exit codes
  0 fine   1 a check failed, or the circuit has no DC feedback or is unstable
  2 bad input (what and where is on standard error)   3 a fault of nullor itself
`;

/** A command line that cannot be understood; its message is for the user. */
class UsageError extends Error {}

interface Options {
  readonly files: readonly string[];
  readonly format: 'text' | 'md' | 'csv' | 'json';
  readonly check: boolean;
  readonly directives: readonly string[];
  readonly thevenin: readonly string[];
}

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (
    command === undefined ||
    command === '--help' ||
    command === '-h' ||
    rest.includes('--help')
  ) {
    process.stdout.write(HELP);
    return command === undefined ? BAD_INPUT : FINE;
  }
  if (command === '--version') {
    process.stdout.write(`${VERSION}\n`);
    return FINE;
  }
  const options = optionsOf(rest);
  switch (command) {
    case 'analyze':
      return analyzeCommand(options);
    case 'check':
      return checkCommand(options);
    default:
      throw new UsageError(`There is no command "${command}"; commands are analyze and check.`);
  }
}

function optionsOf(argv: readonly string[]): Options {
  const { values, positionals } = parsed(argv);
  const format = values.json === true ? 'json' : (values.format ?? 'text');
  if (format !== 'text' && format !== 'md' && format !== 'csv' && format !== 'json') {
    throw new UsageError(`There is no format "${format}"; formats are text, md, csv and json.`);
  }
  if (positionals.length === 0) throw new UsageError('No file is given; - reads standard input.');
  return {
    files: positionals,
    format,
    check: values['no-check'] !== true,
    thevenin: values.thevenin ?? [],
    directives: [
      ...(values.output === undefined ? [] : [`output ${values.output}`]),
      ...(values.input === undefined ? [] : [`input ${values.input}`]),
      ...(values.opamp ?? []).map((text) => `opamp ${text}`),
    ],
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        output: { type: 'string' },
        input: { type: 'string' },
        opamp: { type: 'string', multiple: true },
        thevenin: { type: 'string', multiple: true },
        format: { type: 'string' },
        json: { type: 'boolean' },
        'no-check': { type: 'boolean' },
      },
    });
  } catch (fault) {
    throw new UsageError(fault instanceof Error ? fault.message : String(fault));
  }
}

async function analyzeCommand(options: Options): Promise<number> {
  const [file, ...others] = options.files;
  if (file === undefined || others.length > 0) throw new UsageError('analyze takes one file.');
  const analysis = await withEngine(options, (engine) => analyzed(file, { ...options, engine }));
  if (options.format !== 'json') complain(errorsOf(analysis.diagnostics));
  process.stdout.write(rendered(analysis, options.format));
  return exitCodeOf(analysis);
}

function rendered(analysis: Analysis, format: Options['format']): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(analysisJson(analysis), null, 2)}\n`;
    case 'csv':
      return renderCsv(analysis);
    case 'md':
      return renderMarkdown(analysisDocument(analysis));
    case 'text':
      return isRefused(analysis) ? '' : renderText(analysisDocument(analysis));
  }
}

function isRefused({ status }: Analysis): boolean {
  return status === 'invalid' || status === 'no_dc_path' || status === 'voltage_conflict';
}

function exitCodeOf(analysis: Analysis): number {
  if (isRefused(analysis)) return BAD_INPUT;
  return analysis.status !== 'ok' || analysis.crossCheck?.agrees === false ? CHECK_FAILED : FINE;
}

async function checkCommand(options: Options): Promise<number> {
  if (options.format === 'csv') throw new UsageError('check has no CSV form.');
  return withEngine(options, async (engine) => {
    const codes: number[] = [];
    const objects: Record<string, unknown>[] = [];
    for (const file of options.files) {
      const { code, json } = await checkFile(file, { ...options, engine });
      codes.push(code);
      objects.push(json);
    }
    if (options.format === 'json') {
      process.stdout.write(
        `${JSON.stringify(objects.length === 1 ? objects[0] : objects, null, 2)}\n`,
      );
    }
    return Math.max(...codes);
  });
}

async function checkFile(
  file: string,
  options: Options & { readonly engine: Engine | undefined },
): Promise<{ code: number; json: Record<string, unknown> }> {
  const analysis = await analyzed(file, options);
  const { circuit, result, crossCheck, title } = analysis;
  const refused = result === null || isRefused(analysis);
  const checked = refused
    ? { results: [], diagnostics: [] }
    : await checkExpectations(circuit, result);
  const diagnostics = [...analysis.diagnostics, ...checked.diagnostics];
  const report = { file: analysis.file, title, expectations: checked.results, crossCheck };
  if (options.format !== 'json') {
    complain(errorsOf(diagnostics));
    const document = checkDocument(report);
    if (!refused)
      process.stdout.write(
        options.format === 'md' ? renderMarkdown(document) : renderText(document),
      );
  }
  const failed = checked.results.some(({ passes }) => !passes) || crossCheck?.agrees === false;
  const code = errorsOf(diagnostics).length > 0 ? BAD_INPUT : failed ? CHECK_FAILED : FINE;
  return { code, json: checkJson(report, diagnostics) };
}

function analyzed(
  file: string,
  { directives, thevenin, engine }: Options & { readonly engine: Engine | undefined },
): Promise<Analysis> {
  const name = file === '-' ? '<stdin>' : file;
  return analyze(readText(file), {
    name,
    directives,
    thevenin,
    resolve: includeResolver(file),
    ...(engine === undefined ? {} : { engine }),
  });
}

/** Starts ngspice while the netlist is read, and ends it afterwards. */
async function withEngine<T>(
  { check }: Options,
  work: (engine: Engine | undefined) => Promise<T>,
): Promise<T> {
  if (!check) return work(undefined);
  const { createNodeEngine } = await import('./ngspice/node-engine.ts');
  const engine = createNodeEngine();
  engine.start();
  const stop = showProgress('asking ngspice');
  try {
    return await work(engine);
  } finally {
    stop();
    await engine.close();
  }
}

/** How long something may take before it is named on a terminal [ms]. */
const PATIENCE = 500;

/** Says what is going on when it takes long; nothing when standard error is no terminal. */
function showProgress(what: string): () => void {
  if (!process.stderr.isTTY) return () => {};
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    process.stderr.write(`${what} ...`);
  }, PATIENCE);
  return () => {
    clearTimeout(timer);
    if (shown) process.stderr.write(`\r${' '.repeat(what.length + 4)}\r`);
  };
}

/** Files beyond this are no netlists [bytes]. */
const LARGEST_FILE = 256 * 1024 * 1024;

function readText(file: string): string {
  try {
    if (file === '-') return decode(readFileSync(0));
    if (statSync(file).size > LARGEST_FILE)
      throw new UsageError(`"${file}" is larger than 256 MB.`);
    return decode(readFileSync(file));
  } catch (fault) {
    if (fault instanceof UsageError) throw fault;
    throw new UsageError(
      `Cannot read "${file}": ${fault instanceof Error ? fault.message : fault}`,
    );
  }
}

/** Included files: relative to the file that includes them, then to the file on the command line. */
function includeResolver(file: string): (path: string, from: Source) => Source | undefined {
  const top = file === '-' ? process.cwd() : dirname(file);
  return (path, from) => {
    const folders = isAbsolute(path) ? [''] : [dirname(from.name), top];
    for (const folder of folders) {
      const name = folder === '' ? path : resolvePath(folder, path);
      try {
        if (statSync(name).isFile()) return { name, text: readText(name) };
      } catch {
        // not there: the next folder
      }
    }
    return undefined;
  };
}

function errorsOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

function complain(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) process.stderr.write(`${renderDiagnostic(diagnostic)}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  if (fault instanceof UsageError) {
    process.stderr.write(`nullor: ${fault.message}\nTry "nullor --help".\n`);
    process.exitCode = BAD_INPUT;
  } else {
    process.stderr.write(
      `nullor: internal error, please report it with the netlist:\n${fault instanceof Error ? fault.stack : fault}\n`,
    );
    process.exitCode = OWN_FAULT;
  }
}
