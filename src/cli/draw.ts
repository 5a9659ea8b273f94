/** `nullor draw FILE -o out.svg`: a schematic as a picture. */

import { writeFileSync } from 'node:fs';
import { drawSchematic } from '../index.ts';
import { complain, displayName, errorsOf, includeResolver, readText } from './files.ts';
import { BAD_INPUT, FINE, type Options, UsageError } from './options.ts';

export async function drawCommand(options: Options): Promise<number> {
  const [file, ...others] = options.files;
  if (file === undefined || others.length > 0) throw new UsageError('draw takes one file.');
  const source = { name: displayName(file), text: readText(file) };
  const { svg, diagnostics } = drawSchematic(source, { resolve: includeResolver(file, options) });
  complain(diagnostics);
  if (svg === null) return BAD_INPUT;
  if (options.out === undefined) process.stdout.write(svg);
  else write(options.out, svg);
  return errorsOf(diagnostics).length > 0 ? BAD_INPUT : FINE;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (fault) {
    throw new UsageError(
      `Cannot write "${file}": ${fault instanceof Error ? fault.message : fault}`,
    );
  }
}
