/** Eagle schematics: XML `.sch` files of version 6 and later, as Fusion exports them, too. */

import { Diagnostics } from '../../../grammar/diagnostic.ts';
import { parseEagleSchematic } from '../../../grammar/eagle/schematic.ts';
import { boardNetlist } from '../board/netlist.ts';
import type { SchematicFormat } from '../format.ts';
import { boardOf } from './board.ts';

export const EAGLE: SchematicFormat = {
  name: 'Eagle',
  read: (source, options) => {
    const diagnostics = new Diagnostics();
    const schematic = parseEagleSchematic(source, diagnostics);
    const board = boardOf(schematic, diagnostics);
    return boardNetlist(board, { source, options, diagnostics, evidence: 'an Eagle schematic' });
  },
};
