/** What a program's schematics are to the importer. */

import type { Source } from '../../grammar/source.ts';
import type { ParseOptions } from '../../grammar/spice/parse.ts';
import type { Netlist } from '../../grammar/spice/tree.ts';

/** What an importer may ask of its host: `resolve` finds the symbols, sheets and libraries beside the schematic. */
export type ImportOptions = ParseOptions;

export interface SchematicFormat {
  /** Its name for people. */
  readonly name: string;
  /** Never throws for a text: what is wrong with it stands in the netlist's diagnostics. */
  read(source: Source, options: ImportOptions): Netlist;
}
