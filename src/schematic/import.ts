/** Schematic -> Netlist, whichever program drew it. */

import type { Source } from '../../grammar/source.ts';
import type { Netlist } from '../../grammar/spice/tree.ts';
import { EAGLE } from './eagle/format.ts';
import type { ImportOptions, SchematicFormat } from './format.ts';
import { KICAD, KICAD_NETLIST } from './kicad/format.ts';
import { LTSPICE } from './ltspice/format.ts';
import { QSPICE } from './qspice/format.ts';
import { type SchematicKind, schematicKind } from './recognise.ts';
import { UNSUPPORTED } from './unsupported.ts';

const FORMATS: Readonly<Record<SchematicKind, SchematicFormat>> = {
  ltspice: LTSPICE,
  kicad: KICAD,
  kicadNetlist: KICAD_NETLIST,
  eagle: EAGLE,
  qspice: QSPICE,
  unsupported: UNSUPPORTED,
};

/** The netlist of a schematic; undefined for a text that is none. */
export function importSchematic(source: Source, options: ImportOptions = {}): Netlist | undefined {
  const kind = schematicKind(source.text);
  return kind === undefined ? undefined : FORMATS[kind].read(source, options);
}
