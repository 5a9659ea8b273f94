/** The last step of every importer: the netlist it wrote goes through the SPICE parser. */

import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { Source } from '../../grammar/source.ts';
import type { DialectName } from '../../grammar/spice/dialect.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import type { Netlist } from '../../grammar/spice/tree.ts';
import type { ImportOptions } from './format.ts';
import type { NetlistText } from './netlist-text.ts';

export interface Written {
  /** The schematic. */
  readonly source: Source;
  /** Begins with a title line. */
  readonly text: NetlistText;
  /** What the import itself found. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whose rules the written netlist obeys, unless the user forces others. */
  readonly dialect: DialectName;
  /** For people, how the format is known: `an LTspice schematic`. */
  readonly evidence: string;
}

export function parseWritten(
  { source, text, diagnostics, dialect, evidence }: Written,
  options: ImportOptions,
): Netlist {
  const { include: _, ...reading } = options;
  const netlist = parseNetlist(text.source(source.name), { dialect, ...reading });
  return {
    ...netlist,
    dialect: options.dialect === undefined ? { ...netlist.dialect, evidence } : netlist.dialect,
    diagnostics: [...diagnostics, ...netlist.diagnostics],
  };
}
