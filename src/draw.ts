/** Schematic in, SVG out. */

import { type Diagnostic, Diagnostics } from '../grammar/diagnostic.ts';
import { parseSchematic } from '../grammar/ltspice/schematic.ts';
import { isKicadSchematic, isLtspiceSchematic } from '../grammar/schematic-marks.ts';
import type { Source } from '../grammar/source.ts';
import type { IncludeResolver } from '../grammar/spice/parse.ts';
import type { Analysis } from './analyze.ts';
import { type Annotations, annotated } from './drawing/annotated.ts';
import { kicadPicture } from './drawing/kicad-drawing.ts';
import { ltspicePicture } from './drawing/ltspice-drawing.ts';
import type { Picture } from './drawing/shapes.ts';
import { svgOf } from './drawing/svg.ts';
import { annotationsOf } from './report/annotations.ts';
import { sheetsOf } from './schematic/kicad/hierarchy.ts';
import { projectOf } from './schematic/kicad/project.ts';
import { netNames } from './schematic/ltspice/nets.ts';
import { partsOf } from './schematic/ltspice/parts.ts';
import { SymbolLibrary } from './schematic/ltspice/symbols.ts';
import { Segments } from './schematic/segments.ts';

export interface Drawing {
  /** null for what is no schematic that can be drawn. */
  readonly svg: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DrawOptions {
  readonly resolve?: IncludeResolver;
  /** What an analysis found, to be written beside nets and op amps. */
  readonly annotations?: Annotations;
}

/** Draws a schematic of LTspice or KiCad from its own geometry; symbols that are not at hand are left out with an error. */
export function drawSchematic(
  source: Source,
  { resolve = () => undefined, annotations }: DrawOptions = {},
): Drawing {
  const diagnostics = new Diagnostics();
  const picture = pictureOf(source, { resolve, diagnostics });
  if (picture === undefined) {
    if (!diagnostics.hasErrors) {
      const message = `"${source.name}" is no schematic that can be drawn; those of LTspice (.asc) and KiCad (.kicad_sch) can.`;
      diagnostics.error('not_drawable', { source, start: 0, end: 1 }, message);
    }
    return { svg: null, diagnostics: diagnostics.all };
  }
  const name = source.name.slice(source.name.lastIndexOf('/') + 1);
  const shown = annotations === undefined ? picture : annotated(picture, annotations);
  return { svg: svgOf(shown, name), diagnostics: diagnostics.all };
}

/** The schematic of an analysis with what was found on it; null for a netlist, and for schematics that are not drawn. */
export function drawAnalysis(
  { circuit, result }: Analysis,
  options: Pick<DrawOptions, 'resolve'> = {},
): string | null {
  const written = circuit.elements[0]?.span.source;
  const schematic = written?.origin?.(0, 0).source;
  if (schematic === undefined || result === null) return null;
  return drawSchematic(schematic, { ...options, annotations: annotationsOf(result) }).svg;
}

interface PictureContext {
  readonly resolve: IncludeResolver;
  readonly diagnostics: Diagnostics;
}

function pictureOf(source: Source, context: PictureContext): Picture | undefined {
  if (isLtspiceSchematic(source.text)) return pictureOfLtspice(source, context);
  return isKicadSchematic(source.text) ? pictureOfKicad(source, context) : undefined;
}

function pictureOfLtspice(source: Source, { resolve, diagnostics }: PictureContext): Picture {
  const schematic = parseSchematic(source);
  diagnostics.all.push(...schematic.diagnostics);
  const segments = new Segments(schematic.wires);
  const library = new SymbolLibrary({ resolve, diagnostics });
  const parts = partsOf(schematic, { segments, library, diagnostics });
  const names = { segments, parts, ports: new Set<string>(), diagnostics: new Diagnostics() };
  return ltspicePicture(schematic, parts, netNames(schematic, names));
}

function pictureOfKicad(source: Source, context: PictureContext): Picture | undefined {
  const sheets = sheetsOf(source, context);
  if (sheets.length === 0) return undefined;
  return kicadPicture(sheets, projectOf(sheets, new Diagnostics()));
}
