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
  readonly title: string;
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
  { source, title, text, diagnostics, dialect, evidence }: Written,
  options: ImportOptions,
): Netlist {
  const { include: _, ...reading } = options;
  const netlist = parseNetlist(text.source(source.name), { dialect, ...reading });
  return {
    ...netlist,
    title,
    dialect: options.dialect === undefined ? { ...netlist.dialect, evidence } : netlist.dialect,
    diagnostics: [...within(diagnostics, options), ...netlist.diagnostics],
  };
}

const MOST_DIAGNOSTICS = 1000;

/** As many as anybody reads; where some have to go, errors stay. */
function within(
  diagnostics: readonly Diagnostic[],
  { limits }: ImportOptions,
): readonly Diagnostic[] {
  const most = limits?.diagnostics ?? MOST_DIAGNOSTICS;
  if (diagnostics.length <= most) return diagnostics;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const others = diagnostics.filter(({ severity }) => severity !== 'error');
  return [...errors, ...others].slice(0, most);
}
