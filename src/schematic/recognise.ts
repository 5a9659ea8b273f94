/** Of which program a text is a schematic; `importSchematic`, which takes some time to load, is for these. */

import {
  isEagleSchematic,
  isKicadNetlist,
  isKicadSchematic,
  isLtspiceSchematic,
  isQspiceSchematic,
} from '../../grammar/schematic-marks.ts';
import { unsupportedFile } from './unsupported-files.ts';

export type SchematicKind =
  | 'ltspice'
  | 'kicad'
  | 'kicadNetlist'
  | 'eagle'
  | 'qspice'
  /** Of a program whose files are not read. */
  | 'unsupported';

/** The content decides, never the name of the file; undefined for a netlist. */
export function schematicKind(text: string): SchematicKind | undefined {
  if (isLtspiceSchematic(text)) return 'ltspice';
  if (isKicadSchematic(text)) return 'kicad';
  if (isKicadNetlist(text)) return 'kicadNetlist';
  if (isEagleSchematic(text)) return 'eagle';
  if (isQspiceSchematic(text)) return 'qspice';
  return unsupportedFile(text) === undefined ? undefined : 'unsupported';
}
