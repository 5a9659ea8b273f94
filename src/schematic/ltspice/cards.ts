/** A part -> its element line, as LTspice writes it. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import type { NetlistText } from '../netlist-text.ts';
import type { NetNames } from './nets.ts';
import { attribute, type Part } from './parts.ts';

export interface CardContext {
  readonly text: NetlistText;
  readonly net: NetNames;
  readonly diagnostics: Diagnostics;
  /** Model files that parts ask for, by path. */
  readonly libraries: Map<string, Word>;
}

/** What stands behind the nodes, in this order. */
const VALUES = ['spicemodel', 'value', 'value2', 'spiceline', 'spiceline2'] as const;

const LIBRARY_FILE = /\.(?:lib|sub|sp|spi|cir|ckt|mod|mdl|inc|txt|net)$/i;

/** Words that a netlist line can hold; quotes, brackets and blanks would end them. */
const SINGLE_WORD = /^[^\s(){},=;'"]+$/;

/** False, with an error, for a name that no line of a netlist can hold. */
export function isWritable(name: Word, diagnostics: Diagnostics): boolean {
  if (SINGLE_WORD.test(name.text)) return true;
  const message = `"${shorten(name.text)}" cannot stand in a netlist as a name.`;
  const hint = 'Use letters, digits and signs without blanks, brackets, quotes or commas.';
  diagnostics.error('unusable_name', name.span, message, hint);
  return false;
}

/**
 * The name of a part's element: the letter of its prefix, then its own name; the letter is there once if the
 * name begins with it, and `\u00a7` parts them if not. Instances of subcircuits always get an X.
 */
export function elementName(letter: string, name: string): string {
  const upper = letter.toUpperCase();
  if (upper === 'X') return `X${name}`;
  return name.slice(0, 1).toUpperCase() === upper ? name : `${upper}\u00a7${name}`;
}

/** Writes the line of an element whose prefix is not X. */
export function writeElement(part: Part, prefix: string, context: CardContext): void {
  const { text, net } = context;
  const { symbol, span } = part.placement;
  const name = part.placement.attributes.get('instname');
  if (name === undefined) return;
  text.add(elementName(prefix.slice(0, 1), name.text), name.span);
  warnMissingValue(part, name, context);
  const nodes = part.pins.map(net);
  const extra = furtherNode(prefix.toUpperCase(), nodes);
  for (const node of extra === undefined ? nodes : [...nodes, extra]) text.add(` ${node}`, span);
  for (const key of VALUES) {
    const word = attribute(part, key);
    if (word !== undefined) text.add(' ', word.span).add(word.text, word.span);
  }
  const file = attribute(part, 'modelfile');
  if (file !== undefined) context.libraries.set(file.text, file);
  text.add('\n', symbol.span);
}

/** Where nothing was entered, LTspice writes what its symbol shows: R, C, L, V or I. */
function warnMissingValue({ placement, symbol }: Part, name: Word, { diagnostics }: CardContext) {
  const shown = symbol.attributes.get('value');
  if (typeof shown !== 'string' || !/^[RCLVI]$/.test(shown)) return;
  if (VALUES.some((key) => placement.attributes.has(key))) return;
  const message = `${name.text} has no value; "${shown}" stands for it.`;
  diagnostics.warning('missing_value', name.span, message, 'Enter its value in the schematic.');
}

/** The substrate of a bipolar transistor drawn with three pins is ground; the bulk of a MOSFET is its source. */
function furtherNode(prefix: string, nodes: readonly string[]): string | undefined {
  if (nodes.length !== 3) return undefined;
  if (prefix === 'QN' || prefix === 'QP') return '0';
  return prefix === 'MN' || prefix === 'MP' ? nodes[2] : undefined;
}

/** Writes the line of an instance: of the subcircuit that the attributes name, or of `definition`. */
export function writeInstance(part: Part, context: CardContext, definition?: string): void {
  const { text, net, libraries, diagnostics } = context;
  const { placement, symbol } = part;
  const name = placement.attributes.get('instname');
  if (name === undefined) return;
  text.add(elementName('X', name.text), name.span);
  for (const pin of part.pins) text.add(` ${net(pin)}`, placement.span);
  const words = valuesOfInstance(part, libraries);
  const named = words.filter(({ text: word }) => SINGLE_WORD.test(word));
  const [first, ...others] = definition === undefined ? named : [];
  const differing = others.filter((word) => word.text.toLowerCase() !== first?.text.toLowerCase());
  for (const word of differing) {
    const message = `"${shorten(word.text)}" of ${name.text} is left out: the subcircuit is "${first?.text}".`;
    const hint = 'Name the subcircuit in one attribute only.';
    diagnostics.warning('two_subcircuits', word.span, message, hint);
  }
  if (definition !== undefined) text.add(` ${definition}`, placement.symbol.span);
  for (const word of words) {
    if (others.includes(word)) continue;
    if (definition !== undefined && named.includes(word)) continue;
    text.add(' ', word.span).add(word.text, word.span);
  }
  if (tellsRoles(part)) {
    const pins = symbol.pins.map((pin) => pin.name).join(')');
    text.add(` ;\u00a7pnba ${pins}`, placement.symbol.span);
  }
  text.add('\n', placement.span);
}

/** The values; a model that is a file is asked for as a library, and then a value names the subcircuit. */
function valuesOfInstance(part: Part, libraries: Map<string, Word>): readonly Word[] {
  const model = attribute(part, 'spicemodel');
  const ownFile = attribute(part, 'modelfile');
  if (ownFile !== undefined) libraries.set(ownFile.text, ownFile);
  const values = VALUES.map((key) => attribute(part, key));
  if (model === undefined || !LIBRARY_FILE.test(model.text)) return values.filter(isWord);
  libraries.set(model.text, model);
  const [, value, value2, ...lines] = values;
  return [value2 ?? value, ...lines].filter(isWord);
}

function isWord(word: Word | undefined): word is Word {
  return word !== undefined;
}

/** Pins of parts that have a gain of their own, or switch: the other names do not make them op amps. */
const NO_OP_AMP = /^[-+_]?(?:v?ref|rg|fb|gain|sense|tap|le$|latch|_?q$|hyst|strobe|vocm|osc)/i;

/** True if the names of the symbol's pins say what they are, and the part may be an op amp. */
function tellsRoles({ symbol, placement }: Part): boolean {
  if (/comparator/i.test(placement.symbol.text)) return false;
  return symbol.pins.every(({ name }) => /^[^)\s]+$/.test(name) && !NO_OP_AMP.test(name));
}
