/** `nullor analyze FILE`: the whole analysis of one netlist. */

import {
  type Analysis,
  analysisDocument,
  analysisJson,
  analyze,
  type Engine,
  REFUSED,
  renderCsv,
  reviewDocument,
  type Threads,
} from '../index.ts';
import { withEngine } from './engine.ts';
import { complain, displayName, errorsOf, includeResolver, partFiles, readText } from './files.ts';
import { BAD_INPUT, CHECK_FAILED, FINE, type Options, UsageError } from './options.ts';
import { showAnalysis } from './progress.ts';
import { rendered } from './render.ts';

export async function analyzeCommand(options: Options): Promise<number> {
  const [file, ...others] = options.files;
  if (file === undefined || others.length > 0) throw new UsageError('analyze takes one file.');
  if (options.compare !== undefined) {
    const { compareCommand } = await import('./compare.ts');
    return compareCommand(file, options);
  }
  const analysis = await withEngine(options, (engine) => analyzed(file, { ...options, engine }));
  if (options.format !== 'json') complain(errorsOf(analysis.diagnostics));
  process.stdout.write(await output(analysis, file, options));
  return exitCodeOf(analysis);
}

async function output(analysis: Analysis, file: string, options: Options): Promise<string> {
  const { format } = options;
  switch (format) {
    case 'json':
      return `${JSON.stringify(analysisJson(analysis), null, 2)}\n`;
    case 'csv':
      return renderCsv(analysis);
    case 'md':
      return rendered(reviewDocument(analysis), format);
    case 'html': {
      if (isRefused(analysis)) return '';
      const { htmlOf } = await import('./html.ts');
      return htmlOf(analysis, file, options);
    }
    default:
      return isRefused(analysis) ? '' : rendered(analysisDocument(analysis), format);
  }
}

export function isRefused({ status }: Analysis): boolean {
  return REFUSED.has(status);
}

function exitCodeOf(analysis: Analysis): number {
  if (isRefused(analysis)) return BAD_INPUT;
  return analysis.status !== 'ok' || analysis.crossCheck?.agrees === false ? CHECK_FAILED : FINE;
}

export async function analyzed(
  file: string,
  options: Options & { readonly engine: Engine | undefined },
): Promise<Analysis> {
  const { directives, thevenin, dialect, allowed, engine } = options;
  const text = readText(file);
  const name = displayName(file);
  const threads = await threadsFor([text, ...directives]);
  const stop = showAnalysis(name, text);
  try {
    return await analyze(text, {
      name,
      directives,
      thevenin,
      parts: partFiles(options),
      resolve: includeResolver(file, { allowed }),
      ...(dialect === undefined ? {} : { dialect }),
      ...(engine === undefined ? {} : { engine }),
      ...(threads === undefined ? {} : { threads }),
    });
  } finally {
    stop();
  }
}

/** Threads for samples, where the netlist itself or the command asks for some; loading them takes some milliseconds. */
async function threadsFor(texts: readonly string[]): Promise<Threads | undefined> {
  if (!texts.some((text) => /montecarlo/i.test(text))) return undefined;
  const { createNodeThreads } = await import('../threads/node-threads.ts');
  return createNodeThreads();
}
