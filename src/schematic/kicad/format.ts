/** KiCad: `.kicad_sch` files with the sheets and libraries beside them, and the netlists that it exports. */

import { Diagnostics } from '../../../grammar/diagnostic.ts';
import { boardNetlist } from '../board/netlist.ts';
import type { SchematicFormat } from '../format.ts';
import { exportedBoard } from './exported.ts';
import { sheetsOf } from './hierarchy.ts';
import { projectOf } from './project.ts';

export const KICAD: SchematicFormat = {
  name: 'KiCad',
  read: (source, options) => {
    const diagnostics = new Diagnostics();
    const resolve = options.resolve ?? (() => undefined);
    const { board } = projectOf(sheetsOf(source, { resolve, diagnostics }), diagnostics);
    return boardNetlist(board, { source, options, diagnostics, evidence: 'a KiCad schematic' });
  },
};

export const KICAD_NETLIST: SchematicFormat = {
  name: 'KiCad netlist',
  read: (source, options) => {
    const diagnostics = new Diagnostics();
    const board = exportedBoard(source, diagnostics);
    return boardNetlist(board, { source, options, diagnostics, evidence: 'a netlist of KiCad' });
  },
};
