/** `nullor check FILE...`: the expectations of the files, and ngspice. */

import { checkDocument, checkExpectations, checkJson, type Engine } from '../index.ts';
import { analyzed, isRefused } from './analyze.ts';
import { withEngine } from './engine.ts';
import { complain, errorsOf } from './files.ts';
import { BAD_INPUT, CHECK_FAILED, FINE, type Options, UsageError } from './options.ts';
import { rendered } from './render.ts';

export async function checkCommand(options: Options): Promise<number> {
  if (options.format === 'csv' || options.format === 'html') {
    throw new UsageError(`check has no ${options.format.toUpperCase()} form.`);
  }
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
    : await checkExpectations(circuit, result, analysis);
  const diagnostics = [...analysis.diagnostics, ...checked.diagnostics];
  const report = { file: analysis.file, title, expectations: checked.results, crossCheck };
  if (options.format !== 'json') {
    complain(errorsOf(diagnostics));
    const document = checkDocument(report);
    if (!refused) process.stdout.write(rendered(document, options.format));
  }
  const failed = checked.results.some(({ passes }) => !passes) || crossCheck?.agrees === false;
  const code = errorsOf(diagnostics).length > 0 ? BAD_INPUT : failed ? CHECK_FAILED : FINE;
  return { code, json: checkJson(report, diagnostics) };
}
