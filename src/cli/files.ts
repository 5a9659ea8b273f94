/** Files for the library: text in any encoding, included files, and diagnostics on standard error. */

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve as resolvePath } from 'node:path';
import {
  type Diagnostic,
  decode,
  type IncludeResolver,
  renderDiagnostic,
  type Source,
} from '../index.ts';
import { UsageError } from './options.ts';

/** What a file is called in diagnostics. */
export function displayName(file: string): string {
  return file === '-' ? '<stdin>' : file;
}

/** Files beyond this are no netlists [bytes]. */
const LARGEST_FILE = 256 * 1024 * 1024;

export function readText(file: string): string {
  return decode(readBytes(file));
}

export function readBytes(file: string): Uint8Array {
  try {
    if (file === '-') return readFileSync(0);
    if (statSync(file).size > LARGEST_FILE)
      throw new UsageError(`"${file}" is larger than 256 MB.`);
    return readFileSync(file);
  } catch (fault) {
    if (fault instanceof UsageError) throw fault;
    throw new UsageError(
      `Cannot read "${file}": ${fault instanceof Error ? fault.message : fault}`,
    );
  }
}

/**
 * Included files: relative to the file that includes them, then to the file on the command line. Only
 * files below its folder are read, and below the folders that `--allow-include` names.
 */
export function includeResolver(
  file: string,
  { allowed }: { readonly allowed: readonly string[] },
): IncludeResolver {
  const top = file === '-' ? process.cwd() : dirname(file);
  const roots = [top, ...allowed].flatMap((folder) => {
    try {
      return [realpathSync(folder)];
    } catch {
      return []; // no such folder, nothing to allow
    }
  });
  return (path, from) => {
    const folders = isAbsolute(path) ? [''] : [dirname(from.name), top];
    for (const folder of folders) {
      const name = folder === '' ? path : resolvePath(folder, path);
      try {
        if (!statSync(name).isFile()) continue;
        const real = realpathSync(name);
        if (!roots.some((root) => isWithin(root, real))) return 'forbidden';
        return { name, text: readText(name) };
      } catch {
        // not there: the next folder
      }
    }
    return undefined;
  };
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}

/** The files of `--parts`; of one name in several files the first counts. */
export function partFiles({ parts }: { readonly parts: readonly string[] }): Source[] {
  return parts.map((file) => ({ name: displayName(file), text: readText(file) }));
}

export function errorsOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

export function complain(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) process.stderr.write(`${renderDiagnostic(diagnostic)}\n`);
}
