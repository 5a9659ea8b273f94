/** Files of programs that are not read are refused with what to export from these instead. */

import { Diagnostics } from '../../grammar/diagnostic.ts';
import type { SchematicFormat } from './format.ts';
import { NetlistText } from './netlist-text.ts';
import { parseWritten } from './parse-written.ts';
import { unsupportedFile } from './unsupported-files.ts';

export const UNSUPPORTED: SchematicFormat = {
  name: 'not supported',
  read: (source, options) => {
    const diagnostics = new Diagnostics();
    const span = { source, start: 0, end: Math.min(1, source.text.length) };
    const { what, hint } = unsupportedFile(source.text) ?? { what: 'unknown', hint: '' };
    diagnostics.error(
      'unsupported_schematic',
      span,
      `The file is ${what}, which is not read.`,
      hint,
    );
    return parseWritten(
      {
        source,
        title: source.name,
        text: new NetlistText().add(`* ${what}\n.end\n`, span),
        diagnostics: diagnostics.all,
        dialect: 'ngspice',
        evidence: what,
      },
      options,
    );
  },
};
