/** Whether a text is for `importSchematic`, which takes some time to load. */

import {
  isEagleSchematic,
  isKicadNetlist,
  isKicadSchematic,
  isLtspiceSchematic,
  isQspiceSchematic,
} from '../../grammar/schematic-marks.ts';
import { unsupportedFile } from './unsupported-files.ts';

export function isSchematic(text: string): boolean {
  return (
    isLtspiceSchematic(text) ||
    isKicadSchematic(text) ||
    isKicadNetlist(text) ||
    isEagleSchematic(text) ||
    isQspiceSchematic(text) ||
    unsupportedFile(text) !== undefined
  );
}
