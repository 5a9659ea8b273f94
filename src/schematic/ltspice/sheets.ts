/** A schematic and the sheets of its blocks -> the text of a netlist. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import { parseSchematic } from '../../../grammar/ltspice/schematic.ts';
import type { Schematic } from '../../../grammar/ltspice/tree.ts';
import type { Source, Span } from '../../../grammar/source.ts';
import type { IncludeResolver } from '../../../grammar/spice/parse.ts';
import { NetlistText } from '../netlist-text.ts';
import { MOST_DIRECTIONS, Segments } from '../segments.ts';
import { type CardContext, isWritable, writeElement, writeInstance } from './cards.ts';
import { isJumper, netNames } from './nets.ts';
import { attribute, type Part, partsOf } from './parts.ts';
import { SymbolLibrary, symbolPath } from './symbols.ts';
import { writeDefaultModels, writeTexts } from './texts.ts';

export interface SheetContext {
  readonly resolve: IncludeResolver;
  readonly diagnostics: Diagnostics;
}

/** A sheet that a block stands for. */
interface Child {
  readonly name: string;
  readonly source: Source;
  readonly part: Part;
}

/** Sheets within sheets; more are no drawing. */
const MOST_SHEETS = 1000;

export function writeSheets(source: Source, { resolve, diagnostics }: SheetContext): NetlistText {
  const text = new NetlistText();
  const library = new SymbolLibrary({ resolve, diagnostics });
  const writer = new SheetWriter({ text, library, resolve, diagnostics });
  const start: Span = { source, start: 0, end: 0 };
  text.add('* an LTspice schematic\n', start);
  const top = parseSchematic(source);
  reportEmpty(top, diagnostics);
  writer.sheet(top, []);
  for (const child of writer.children.values()) {
    const { name, part } = child;
    const ports = part.symbol.pins.map((pin) => pin.name);
    const span = part.placement.symbol.span;
    text.add(`.subckt ${[name, ...ports].join(' ')}\n`, span);
    writer.sheet(parseSchematic(child.source), ports);
    text.add(`.ends ${name}\n`, span);
  }
  writer.libraries();
  text.add('.backanno\n.end\n', start);
  return text;
}

class SheetWriter {
  /** By name in lower case, in the order in which they are met; grows while sheets are written. */
  readonly children = new Map<string, Child>();
  readonly #context: Omit<CardContext, 'net'>;
  readonly #library: SymbolLibrary;
  readonly #resolve: IncludeResolver;

  constructor({
    text,
    library,
    resolve,
    diagnostics,
  }: SheetContext & { text: NetlistText; library: SymbolLibrary }) {
    this.#context = { text, diagnostics, libraries: new Map() };
    this.#library = library;
    this.#resolve = resolve;
  }

  /** `ports`: the pins of the block that the sheet stands for. */
  sheet(schematic: Schematic, ports: readonly string[]): void {
    const { diagnostics, text } = this.#context;
    diagnostics.all.push(...schematic.diagnostics);
    reportBuses(schematic, diagnostics);
    const segments = new Segments(schematic.wires);
    reportDirections(schematic, segments, diagnostics);
    const parts = partsOf(schematic, { segments, library: this.#library, diagnostics });
    const labels = new Set(ports.map((port) => port.toLowerCase()));
    const net = netNames(schematic, { segments, parts, ports: labels, diagnostics });
    const context = { ...this.#context, net };
    for (const part of parts) this.#part(part, { ...context, sheet: schematic.source });
    writeDefaultModels(parts, text);
    writeTexts(schematic.texts, text);
  }

  #part(part: Part, context: CardContext & { readonly sheet: Source }): void {
    if (isJumper(part)) return;
    const { diagnostics } = context;
    const { placement, symbol } = part;
    const name = placement.attributes.get('instname');
    if (name === undefined || name.text === '') {
      const message = `A symbol "${shorten(placement.symbol.text)}" has no name.`;
      const hint = 'Give it one: SYMATTR InstName ...';
      diagnostics.error('missing_name', placement.symbol.span, message, hint);
      return;
    }
    if (!isWritable(name, diagnostics)) return;
    const prefix = attribute(part, 'prefix')?.text ?? '';
    if (symbol.kind === 'block' || prefix === '') {
      const child = this.#child(part, context.sheet);
      if (child !== undefined) {
        writeInstance(part, context, child.name);
        return;
      }
      if (prefix === '' && attribute(part, 'spicemodel') === undefined) {
        const file = `${shorten(symbol.name)}.asc`;
        const message = `The block ${name.text} stands for the sheet "${file}", which was not found.`;
        const hint = `Put ${file} beside the schematic.`;
        diagnostics.error('missing_sheet', placement.symbol.span, message, hint);
        return;
      }
    }
    this.#modelled(part, prefix, context);
  }

  #modelled(part: Part, prefix: string, context: CardContext): void {
    if (prefix === '' || /^x/i.test(prefix)) writeInstance(part, context);
    else writeElement(part, prefix, context);
  }

  /** The sheet of a block, unless its attributes name a model. */
  #child(part: Part, sheet: Source): Child | undefined {
    const { symbol, placement } = part;
    if (attribute(part, 'spicemodel') ?? attribute(part, 'modelfile')) return undefined;
    const key = symbol.name.toLowerCase();
    const known = this.children.get(key);
    if (known !== undefined || this.children.size >= MOST_SHEETS) return known;
    const folders = symbolPath(placement);
    for (const file of new Set([symbol.name, folders, key])) {
      const source = this.#resolve(`${file}.asc`, sheet);
      if (source === undefined || source === 'forbidden') continue;
      const child = { name: symbol.name, source, part };
      this.children.set(key, child);
      return child;
    }
    return undefined;
  }

  /** `.lib` for the model files that parts asked for. */
  libraries(): void {
    const { text, libraries } = this.#context;
    for (const { text: path, span } of libraries.values())
      text.add('.lib ', span).add(path, span).add('\n', span);
  }
}

function reportEmpty({ placements, texts, source }: Schematic, diagnostics: Diagnostics): void {
  if (placements.length > 0 || texts.some(({ kind }) => kind === 'spice')) return;
  const message = `"${source.name}" shows no parts.`;
  const end = Math.min(1, source.text.length);
  diagnostics.error('empty_schematic', { source, start: 0, end }, message);
}

const BUS = /\[\d+:\d+\]/;

function reportBuses({ busTaps, flags, placements }: Schematic, diagnostics: Diagnostics): void {
  const hint = 'Draw every wire of the bus on its own.';
  const labels = flags.map(({ name }) => name);
  const names = placements.flatMap(({ attributes }) => attributes.get('instname') ?? []);
  const spans = [
    ...busTaps,
    ...[...labels, ...names].filter(({ text }) => BUS.test(text)).map(({ span }) => span),
  ];
  for (const span of spans) diagnostics.error('bus', span, 'Buses are not supported.', hint);
  for (const label of labels) isWritable(label, diagnostics);
}

function reportDirections(
  { wires }: Schematic,
  { excess }: Segments,
  diagnostics: Diagnostics,
): void {
  const wire = wires[excess[0] ?? -1];
  if (wire === undefined) return;
  const message = `The wires run in more than ${MOST_DIRECTIONS} directions.`;
  const hint = 'Is the file damaged? LTspice draws wires along the grid.';
  diagnostics.error('too_many_directions', wire.span, message, hint);
}
