/** LTspice schematics: `.asc` files with the `.asy` symbols and the sheets of blocks beside them. */

import { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Source } from '../../../grammar/source.ts';
import type { Netlist } from '../../../grammar/spice/tree.ts';
import { fileName } from '../file-name.ts';
import type { ImportOptions, SchematicFormat } from '../format.ts';
import { parseWritten } from '../parse-written.ts';
import { writeSheets } from './sheets.ts';

export const LTSPICE: SchematicFormat = {
  name: 'LTspice',
  read: readLtspice,
};

function readLtspice(source: Source, options: ImportOptions): Netlist {
  const diagnostics = new Diagnostics();
  const resolve = options.resolve ?? (() => undefined);
  const text = writeSheets(source, { resolve, diagnostics });
  const title = fileName(source.name);
  const evidence = 'an LTspice schematic';
  const written = { source, title, text, diagnostics: diagnostics.all, evidence };
  return parseWritten({ ...written, dialect: 'ltspice' }, options);
}
