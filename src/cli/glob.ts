/**
 * Patterns of file names, for shells that do not expand them. Written here because Node 20 has no stable glob, and
 * all that is wanted is `*`, `?` and `**`; the folders of packages and hidden ones are not entered.
 */

import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { UsageError } from './options.ts';

/** Files beyond this are not looked at. */
const MOST_ENTRIES = 200_000;

/** The files in the order given, patterns in alphabetical order; each file once. */
export function expanded(patterns: readonly string[]): string[] {
  const files = patterns.flatMap((pattern) => {
    if (!/[*?]/.test(pattern) || existsSync(pattern)) return [pattern];
    const found = matching(pattern);
    if (found.length === 0) throw new UsageError(`No file matches "${pattern}".`);
    return found;
  });
  return [...new Set(files)];
}

function matching(pattern: string): string[] {
  const parts = pattern.split(sep === '\\' ? /[\\/]/ : '/');
  const first = parts.findIndex((part) => /[*?]/.test(part));
  const root = parts.slice(0, first).join('/');
  const rest = parts.slice(first);
  const found: string[] = [];
  let entries = 0;
  const visit = (folder: string, wanted: readonly string[]): void => {
    const [part, ...others] = wanted;
    if (part === undefined) return;
    if (part === '**') visit(folder, others);
    for (const entry of entriesOf(folder)) {
      if (++entries > MOST_ENTRIES) {
        throw new UsageError(`"${pattern}" looks through more than ${MOST_ENTRIES} files.`);
      }
      const path =
        folder === '' ? entry.name : folder === '/' ? `/${entry.name}` : `${folder}/${entry.name}`;
      if (part === '**') {
        if (entry.isDirectory() && !isSkipped(entry.name)) visit(path, wanted);
      } else if (!fits(part, entry.name)) continue;
      else if (others.length === 0) {
        if (!entry.isDirectory()) found.push(path);
      } else if (entry.isDirectory()) visit(path, others);
    }
  };
  visit(root === '' && pattern.startsWith('/') ? '/' : root, rest);
  return [...new Set(found)].sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder === '' ? '.' : join(folder), { withFileTypes: true });
  } catch {
    return []; // no such folder: nothing in it matches
  }
}

function isSkipped(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

/** `*` stands for any characters and `?` for one; a hidden file only fits a pattern that begins with a dot. */
function fits(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  let p = 0;
  let star = -1;
  let taken = 0;
  for (let n = 0; n < name.length; ) {
    if (pattern[p] === '*') {
      star = p++;
      taken = n;
    } else if (pattern[p] === '?' || pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++taken;
    } else return false;
  }
  return [...pattern.slice(p)].every((character) => character === '*');
}
