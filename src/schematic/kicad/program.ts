/** What is said of KiCad. */

import type { Program } from '../board/board.ts';

export const KICAD_PROGRAM: Program = {
  drawing: 'a KiCad schematic',
  toDrawSource: 'place a VDC of the library Simulation_SPICE',
  toNamePins: 'Say it in its simulation field, as Sim.Pins "1=+ 2=-".',
};
