/** Any circuit text -> Netlist: a schematic, told by its content, or a netlist of some SPICE dialect. */

import type { Source } from '../grammar/source.ts';
import { type ParseOptions, parseNetlist } from '../grammar/spice/parse.ts';
import type { Netlist } from '../grammar/spice/tree.ts';
import { importSchematic } from './schematic/import.ts';

/** Never throws for a text: every fault of it stands in the netlist's diagnostics. */
export function readNetlist(source: Source, options: ParseOptions = {}): Netlist {
  return importSchematic(source, options) ?? parseNetlist(source, options);
}
