/** Files for the library: text in any encoding, included files, and diagnostics on standard error. */

import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve as resolvePath } from 'node:path';
import { type Diagnostic, decode, renderDiagnostic, type Source } from '../index.ts';
import { UsageError } from './options.ts';

/** What a file is called in diagnostics. */
export function displayName(file: string): string {
  return file === '-' ? '<stdin>' : file;
}

/** Files beyond this are no netlists [bytes]. */
const LARGEST_FILE = 256 * 1024 * 1024;

export function readText(file: string): string {
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
export function includeResolver(file: string): (path: string, from: Source) => Source | undefined {
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

export function errorsOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

export function complain(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) process.stderr.write(`${renderDiagnostic(diagnostic)}\n`);
}
