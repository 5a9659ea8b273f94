/** `nullor check FILE...`: the expectations of the files, ngspice, and calculation sheets. */

import {
  type CheckedFile,
  checkDocument,
  checkExpectations,
  checkJson,
  checkSheet,
  type Engine,
  renderGithub,
  renderJunit,
  type SheetResult,
} from '../index.ts';
import { analyzed, isRefused } from './analyze.ts';
import { withEngine } from './engine.ts';
import { complain, displayName, errorsOf, readText } from './files.ts';
import { expanded } from './glob.ts';
import { BAD_INPUT, CHECK_FAILED, FINE, type Options, UsageError } from './options.ts';
import { rendered } from './render.ts';

export async function checkCommand(options: Options): Promise<number> {
  if (options.format === 'csv' || options.format === 'html') {
    throw new UsageError(`check has no ${options.format.toUpperCase()} form.`);
  }
  const files = expanded(options.files);
  if (options.sheets.length > 0 && files.length !== 1) {
    throw new UsageError('--sheet checks calculations of one circuit: give one FILE.');
  }
  return withEngine(options, async (engine) => {
    const checked: (CheckedFile & { readonly code: number })[] = [];
    for (const file of files) {
      const found = await checkFile(file, { ...options, engine });
      checked.push(found);
      if (options.format !== 'json') complain(errorsOf(found.diagnostics));
      if (options.reporter === undefined && options.format !== 'json') {
        process.stdout.write(found.text);
      }
    }
    process.stdout.write(conclusion(checked, options));
    return Math.max(...checked.map(({ code }) => code));
  });
}

/** What is printed when all files are through. */
function conclusion(
  checked: readonly (CheckedFile & { readonly code: number })[],
  { format, reporter }: Options,
): string {
  if (reporter === 'junit') return renderJunit(checked);
  if (reporter === 'github') return renderGithub(checked);
  if (format === 'json') {
    const objects = checked.map(({ report, diagnostics }) => checkJson(report, diagnostics));
    return `${JSON.stringify(objects.length === 1 ? objects[0] : objects, null, 2)}\n`;
  }
  if (checked.length === 1) return '';
  const expectations = checked.flatMap(({ report }) => report.expectations);
  const passed = expectations.filter(({ passes }) => passes).length;
  const failed = checked.filter(({ code }) => code !== FINE).map(({ report }) => report.file);
  const total = `${checked.length} files: ${passed} of ${expectations.length} expectations hold.`;
  return `\n${total} ${failed.length === 0 ? 'All files pass.' : `Failed: ${failed.join(', ')}`}\n`;
}

async function checkFile(
  file: string,
  options: Options & { readonly engine: Engine | undefined },
): Promise<CheckedFile & { readonly code: number; readonly text: string }> {
  const declared = options.equal.map((text) => `let ${text}`);
  const analysis = await analyzed(file, {
    ...options,
    directives: [...options.directives, ...declared],
  });
  const { circuit, result, crossCheck, title, status } = analysis;
  const solved = result === null || isRefused(analysis) ? null : result;
  const checked =
    solved === null
      ? { results: [], diagnostics: [] }
      : await checkExpectations(circuit, solved, analysis);
  const sheets: SheetResult[] = [];
  if (solved !== null) {
    for (const sheet of options.sheets) {
      const source = { name: displayName(sheet), text: readText(sheet) };
      sheets.push(await checkSheet(source, { circuit, result: solved }));
    }
  }
  const diagnostics = [
    ...analysis.diagnostics,
    ...checked.diagnostics,
    ...sheets.flatMap((sheet) => sheet.diagnostics),
  ];
  const report = {
    file: analysis.file,
    title,
    status,
    expectations: checked.results,
    crossCheck,
    sheets,
  };
  const failed =
    status !== 'ok' ||
    checked.results.some(({ passes }) => !passes) ||
    crossCheck?.agrees === false ||
    sheets.some(({ first }) => first !== null);
  return {
    report,
    diagnostics,
    code: errorsOf(diagnostics).length > 0 ? BAD_INPUT : failed ? CHECK_FAILED : FINE,
    text: solved === null ? '' : rendered(checkDocument(report), options.format),
  };
}
