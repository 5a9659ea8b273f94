/** Schematic in, SVG out. */

import { type Diagnostic, Diagnostics } from '../grammar/diagnostic.ts';
import { isLtspiceSchematic, parseSchematic } from '../grammar/ltspice/schematic.ts';
import type { Source } from '../grammar/source.ts';
import type { IncludeResolver } from '../grammar/spice/parse.ts';
import { ltspiceDrawing } from './drawing/ltspice-drawing.ts';
import { svgOf } from './drawing/svg.ts';
import { partsOf } from './schematic/ltspice/parts.ts';
import { SymbolLibrary } from './schematic/ltspice/symbols.ts';
import { Segments } from './schematic/segments.ts';

export interface Drawing {
  /** null for what is no schematic that can be drawn. */
  readonly svg: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Draws an LTspice schematic from its own geometry; symbols that are not at hand are left out with an error. */
export function drawSchematic(
  source: Source,
  { resolve = () => undefined }: { readonly resolve?: IncludeResolver } = {},
): Drawing {
  const diagnostics = new Diagnostics();
  if (!isLtspiceSchematic(source.text)) {
    const message = `"${source.name}" is no schematic that can be drawn; those of LTspice (.asc) can.`;
    diagnostics.error('not_drawable', { source, start: 0, end: 1 }, message);
    return { svg: null, diagnostics: diagnostics.all };
  }
  const schematic = parseSchematic(source);
  diagnostics.all.push(...schematic.diagnostics);
  const segments = new Segments(schematic.wires);
  const library = new SymbolLibrary({ resolve, diagnostics });
  const parts = partsOf(schematic, { segments, library, diagnostics });
  const name = source.name.slice(source.name.lastIndexOf('/') + 1);
  return { svg: svgOf(ltspiceDrawing(schematic, parts), name), diagnostics: diagnostics.all };
}
