/** Schematic -> Netlist, whichever program drew it. The content decides, never the name of the file. */

import type { Source } from '../../grammar/source.ts';
import type { Netlist } from '../../grammar/spice/tree.ts';
import { EAGLE } from './eagle/format.ts';
import type { ImportOptions, SchematicFormat } from './format.ts';
import { KICAD, KICAD_NETLIST } from './kicad/format.ts';
import { LTSPICE } from './ltspice/format.ts';
import { QSPICE } from './qspice/format.ts';
import { UNSUPPORTED } from './unsupported.ts';

const FORMATS: readonly SchematicFormat[] = [
  LTSPICE,
  KICAD,
  KICAD_NETLIST,
  EAGLE,
  QSPICE,
  UNSUPPORTED,
];

/** The netlist of a schematic; undefined for a text that is none. */
export function importSchematic(source: Source, options: ImportOptions = {}): Netlist | undefined {
  return FORMATS.find((format) => format.recognises(source.text))?.read(source, options);
}
