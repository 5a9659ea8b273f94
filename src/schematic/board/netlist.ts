/** The netlist of parts and nets, with the nets as drawn. */

import { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Source } from '../../../grammar/source.ts';
import type { DrawnNet, Netlist } from '../../../grammar/spice/tree.ts';
import { fileName } from '../file-name.ts';
import type { ImportOptions } from '../format.ts';
import { parseWritten } from '../parse-written.ts';
import type { Board } from './board.ts';
import { nodeNames } from './nodes.ts';
import { writeBoard } from './write.ts';

export function boardNetlist(
  board: Board,
  {
    source,
    options,
    diagnostics,
    evidence,
  }: { source: Source; options: ImportOptions; diagnostics: Diagnostics; evidence: string },
): Netlist {
  if (board.components.length === 0 && !diagnostics.hasErrors) {
    const message = `"${source.name}" shows no parts.`;
    diagnostics.error('empty_schematic', { source, start: 0, end: 1 }, message);
  }
  const resolve = options.resolve ?? (() => undefined);
  const text = writeBoard(board, { source, resolve, diagnostics });
  const title = fileName(source.name);
  const written = { source, title, text, diagnostics: diagnostics.all, evidence };
  return { ...parseWritten({ ...written, dialect: 'ngspice' }, options), drawn: drawnNets(board) };
}

/** The nets with the pins of all parts on the board, as KiCad's own netlist has them. */
function drawnNets(board: Board): readonly DrawnNet[] {
  const node = nodeNames(board, new Diagnostics());
  const nets = new Map(board.nets.map((net) => [net, { name: node(net), pins: new Map() }]));
  for (const { reference, pins, isOnBoard } of board.components) {
    if (!isOnBoard) continue;
    for (const { number, net } of pins)
      nets
        .get(net)
        ?.pins.set(`${reference.text} ${number}`, { element: reference.text, pin: number });
  }
  return [...nets.values()]
    .filter(({ pins }) => pins.size > 0)
    .map(({ name, pins }) => ({ name, pins: [...pins.values()] }));
}
