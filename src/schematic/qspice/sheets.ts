/** A QSPICE schematic with the sheets of its blocks -> the text of a netlist. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import { parseQspiceSchematic } from '../../../grammar/qspice/schematic.ts';
import type { Component, Schematic, SheetText } from '../../../grammar/qspice/tree.ts';
import { isQspiceSchematic } from '../../../grammar/schematic-marks.ts';
import type { Source, Span } from '../../../grammar/source.ts';
import type { IncludeResolver } from '../../../grammar/spice/parse.ts';
import { NetlistText } from '../netlist-text.ts';
import { type CardContext, modelLine, writeComponent, writeInstance } from './cards.ts';
import { netNames } from './nets.ts';

export interface SheetContext {
  readonly resolve: IncludeResolver;
  readonly diagnostics: Diagnostics;
}

/** Sheets of one schematic. */
const MOST_SHEETS = 1000;

export function writeSheets(source: Source, context: SheetContext): NetlistText {
  const start: Span = { source, start: 0, end: 0 };
  const text = new NetlistText().add('* a QSPICE schematic\n', start);
  const writer = new SheetWriter(text, context);
  const top = parseQspiceSchematic(source, context.diagnostics);
  if (top.components.length === 0 && !context.diagnostics.hasErrors) {
    const message = `"${source.name}" shows no parts.`;
    context.diagnostics.error('empty_schematic', { source, start: 0, end: 1 }, message);
  }
  writer.sheet(top);
  for (const { name, sheet, component } of writer.children.values()) {
    const ports = component.pins.map((pin) => pin.name);
    text.add(`.subckt ${[name, ...ports].join(' ')}\n`, component.span);
    writer.sheet(parseQspiceSchematic(sheet, context.diagnostics));
    text.add(`.ends ${name}\n`, component.span);
  }
  writer.libraries();
  return text.add('.end\n', start);
}

interface Child {
  readonly name: string;
  readonly sheet: Source;
  readonly component: Component;
}

class SheetWriter {
  /** By name in lower case; grows while sheets are written. */
  readonly children = new Map<string, Child>();
  readonly #text: NetlistText;
  readonly #context: SheetContext;
  readonly #libraries = new Map<string, Word>();

  constructor(text: NetlistText, context: SheetContext) {
    this.#text = text;
    this.#context = context;
  }

  sheet(schematic: Schematic): void {
    const { diagnostics } = this.#context;
    const names = netNames(schematic, diagnostics);
    const models = new Map<string, Word>();
    for (const component of schematic.components) {
      const context: CardContext = {
        text: this.#text,
        net: (pin) => names(component, pin),
        diagnostics,
        models,
      };
      if (component.type === '' || component.type === 'X')
        this.#instance(component, schematic, context);
      else writeComponent(component, context);
      if (component.library !== undefined) {
        this.#libraries.set(component.library.text, component.library);
      }
    }
    for (const [type, { span }] of models) this.#text.add(modelLine(type), span);
    writeTexts(schematic.texts, this.#text);
  }

  #instance(component: Component, { source }: Schematic, context: CardContext): void {
    const [name, model] = component.texts;
    if (name === undefined) return;
    if (component.type === 'X' || model === undefined) {
      writeInstance(component, context);
      return;
    }
    const child = this.#child(component, model, source);
    if (child !== undefined) {
      writeInstance(component, context, child.name);
      return;
    }
    const file = `${shorten(model.text)}.qsch`;
    const message = `The block ${shorten(name.text)} stands for the sheet "${file}", which was not found.`;
    const hint = `Put ${file} beside the schematic.`;
    this.#context.diagnostics.error('missing_sheet', model.span, message, hint);
  }

  #child(component: Component, { text }: Word, sheet: Source): Child | undefined {
    const key = text.toLowerCase();
    const known = this.children.get(key);
    if (known !== undefined || this.children.size >= MOST_SHEETS) return known;
    const found = this.#context.resolve(`${text}.qsch`, sheet);
    if (found === undefined || found === 'forbidden' || !isQspiceSchematic(found.text)) {
      return undefined;
    }
    const child = { name: text.replace(/[\s(){},=;'"]/g, '_'), sheet: found, component };
    this.children.set(key, child);
    return child;
  }

  /** `.lib` for files of models, and the text of those that a symbol carries. */
  libraries(): void {
    for (const { text, span } of this.#libraries.values()) {
      if (text.startsWith('|')) this.#text.add(`${text.slice(1).replace(/\\n/g, '\n')}\n`, span);
      else this.#text.add('.lib ', span).add(text, span).add('\n', span);
    }
  }
}

/** SPICE lines as they are; of comments those that begin with `@` are directives. */
function writeTexts(texts: readonly SheetText[], netlist: NetlistText): void {
  for (const { isComment, text, span } of texts) {
    for (const line of text.split(/\r\n|\n|\\n/)) {
      const directive = /^\s*\*?\s*(@.*)$/s.exec(line)?.[1];
      if (directive !== undefined) netlist.add(`*${directive}\n`, span);
      else if (isComment || line.trim() === '') continue;
      else netlist.add(`${line.trim()}\n`, span);
    }
  }
}
