/** Parts and nets -> the text of a netlist. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Source, Span } from '../../../grammar/source.ts';
import type { IncludeResolver } from '../../../grammar/spice/parse.ts';
import { NetlistText } from '../netlist-text.ts';
import type { Board, Net } from './board.ts';
import type { CardContext } from './card.ts';
import { writeComponent } from './components.ts';
import { Libraries } from './libraries.ts';
import { nodeNames } from './nodes.ts';
import { writeSupplies } from './supplies.ts';
import { writeTexts } from './texts.ts';

export interface WriteOptions {
  readonly source: Source;
  readonly resolve: IncludeResolver;
  readonly diagnostics: Diagnostics;
}

export function writeBoard(
  board: Board,
  { source, resolve, diagnostics }: WriteOptions,
): NetlistText {
  const start: Span = { source, start: 0, end: 0 };
  const text = new NetlistText().add(`* ${board.program.drawing}\n`, start);
  const node = nodeNames(board, diagnostics);
  const context: CardContext = {
    text,
    node,
    diagnostics,
    program: board.program,
    libraries: new Libraries(source, resolve),
    leftOut: new Map(),
    held: new Set(),
    names: new Map(),
    opAmps: new Set(),
  };
  for (const component of board.components) writeComponent(component, context);
  const out = new Set([...context.leftOut.values()].flat());
  const used = new Set<Net>(
    board.components
      .filter((component) => !out.has(component))
      .flatMap(({ pins }) => pins.map(({ net }) => net)),
  );
  writeSupplies(used, context);
  for (const { text: path, span } of context.libraries.included.values())
    text.add('.include "', span).add(path, span).add('"\n', span);
  const names = new Set(board.nets.map((net) => node(net).toLowerCase()));
  const isNode = (name: string): boolean => names.has(name.toLowerCase());
  writeTexts(board.texts, { text, opAmps: context.opAmps, isNode });
  reportLeftOut(context);
  return text.add('.end\n', start);
}

/** The most parts that one message names. */
const LISTED = 20;

function reportLeftOut({ leftOut, diagnostics, program }: CardContext): void {
  for (const [reason, components] of leftOut) {
    const [first] = components;
    if (first === undefined) continue;
    const names = components.slice(0, LISTED).map(({ reference }) => reference.text);
    const more = components.length > LISTED ? ` and ${components.length - LISTED} more` : '';
    const message = `Left out, because they ${reason}: ${names.join(', ')}${more}.`;
    if (/model/.test(reason)) {
      const hint = `Where such a part drives the circuit, ${program.toDrawSource} instead.`;
      diagnostics.warning('left_out', first.reference.span, message, hint);
    } else diagnostics.info('left_out', first.reference.span, message);
  }
}
