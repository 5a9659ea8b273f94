/** QSPICE schematics: `.qsch` files with the sheets of blocks beside them. */

import { Diagnostics } from '../../../grammar/diagnostic.ts';
import { fileName } from '../file-name.ts';
import type { SchematicFormat } from '../format.ts';
import { parseWritten } from '../parse-written.ts';
import { writeSheets } from './sheets.ts';

export const QSPICE: SchematicFormat = {
  name: 'QSPICE',
  read: (source, options) => {
    const diagnostics = new Diagnostics();
    const resolve = options.resolve ?? (() => undefined);
    const text = writeSheets(source, { resolve, diagnostics });
    const evidence = 'a QSPICE schematic';
    const written = { source, title: fileName(source.name), text, evidence };
    return parseWritten({ ...written, diagnostics: diagnostics.all, dialect: 'ltspice' }, options);
  },
};
