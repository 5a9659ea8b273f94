/** The circuits below netlists/: where they are, their text, and what a `*!` line in one says must be found. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Source } from '../../grammar/source.ts';

const ROOT = fileURLToPath(new URL('../../netlists/', import.meta.url));

/** The netlists and schematics in a folder, as paths below netlists/ in alphabetical order. */
export function netlistsIn(folder: string): readonly string[] {
  return (
    readdirSync(join(ROOT, folder))
      .filter((name) => /\.(?:cir|asc|kicad_sch)$/.test(name))
      // The sheet of a block has a symbol beside it, and no sources.
      .filter((name) => !existsSync(join(ROOT, folder, name.replace(/\.\w+$/, '.asy'))))
      .sort()
      .map((name) => `${folder}/${name}`)
  );
}

/** The folders within a folder below netlists/, in alphabetical order. */
export function foldersIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export function readNetlist(path: string): Source {
  return { name: join(ROOT, path), text: readFileSync(join(ROOT, path), 'utf8') };
}

/** A file that a netlist includes: beside the including file, or absent. */
export function resolveInclude(path: string, from: Source): Source | undefined {
  const name = join(dirname(from.name), path);
  return existsSync(name) ? { name, text: readFileSync(name, 'utf8') } : undefined;
}

/** What stands behind `*!`; undefined without such a line. */
export function markOf({ text }: Source): string | undefined {
  return /^\*! (.+)$/m.exec(text)?.[1];
}
