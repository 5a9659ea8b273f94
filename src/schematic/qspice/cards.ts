/** A component -> its element line, as QSPICE writes it; its op amps as instances with the roles of their pins. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import type { Component, Pin } from '../../../grammar/qspice/tree.ts';
import type { NetlistText } from '../netlist-text.ts';

export interface CardContext {
  readonly text: NetlistText;
  readonly net: (pin: Pin) => string;
  readonly diagnostics: Diagnostics;
  /** `.model` lines of devices that carry no more than their type, once each. */
  readonly models: Map<string, Word>;
}

/** QSPICE's own behavioural op amp. */
const OP_AMP = '\u00c3';

/** Types that are elements of SPICE: the first letter is the element. */
const ELEMENT = /^(?:[RCLVIBDEFGHKSTUWOZ]|[JQMZ][NP])$/;

/** Types of devices -> types of models. */
const MODEL_TYPES: Readonly<Record<string, string>> = {
  D: 'D',
  JN: 'NJF',
  JP: 'PJF',
  QN: 'NPN',
  QP: 'PNP',
  MN: 'NMOS',
  MP: 'PMOS',
};

/** False for a component that has no meaning at DC, which an error tells. */
export function writeComponent(component: Component, context: CardContext): void {
  const { text, net } = context;
  const { type, pins, span } = component;
  const [name, ...values] = component.texts;
  if (name === undefined) return;
  if (type === OP_AMP) {
    writeOpAmp(component, context);
    return;
  }
  if (!ELEMENT.test(type)) {
    const message = `${shorten(name.text)} (${shorten(values[0]?.text ?? type)}) is a device of QSPICE that is not solved.`;
    const hint = 'Replace it by sources and resistors, or leave it out of the schematic.';
    context.diagnostics.error('unsupported_device', name.span, message, hint);
    return;
  }
  const [letter = ''] = type;
  text.add(elementName(letter, name.text), name.span);
  for (const pin of pins) text.add(` ${net(pin)}`, span);
  if (letter === 'M' && pins[2] !== undefined && pins.length === 3) {
    text.add(` ${net(pins[2])}`, span);
  }
  for (const value of values) text.add(' ', value.span).add(oneLine(value.text), value.span);
  text.add('\n', span);
  const [model] = values;
  if (model !== undefined && model.text === MODEL_TYPES[type]) context.models.set(type, model);
}

export function modelLine(type: string): string {
  return `.model ${MODEL_TYPES[type]} ${MODEL_TYPES[type]}\n`;
}

/** Its inputs, supplies and output by name; the pins of its other functions are not drawn or open. */
function writeOpAmp(
  { texts, pins, span }: Component,
  { text, net, diagnostics }: CardContext,
): void {
  const [name, model, ...parameters] = texts;
  if (name === undefined) return;
  const at = (wanted: string) => pins.find((pin) => pin.name.toUpperCase() === wanted);
  const [plus, minus, output] = [at('IN+'), at('IN-'), at('OUT')];
  if (plus === undefined || minus === undefined || output === undefined) {
    const message = `${shorten(name.text)} lacks one of the pins IN+, IN- and OUT.`;
    diagnostics.error('unclear_pins', name.span, message);
    return;
  }
  const [positive, negative] = [at('VDD'), at('VSS')];
  const supplies = positive !== undefined && negative !== undefined ? [positive, negative] : [];
  text.add(`X${writable(name.text)}`, name.span);
  for (const pin of [plus, minus, ...supplies, output]) text.add(` ${net(pin)}`, span);
  text.add(' ', span).add(writable(model?.text ?? 'opamp'), model?.span ?? span);
  // `Avol=<100K>` is a default, which its brackets say.
  for (const { text: word, span: place } of parameters) {
    text.add(` ${oneLine(word.replace(/[<>]/g, ''))}`, place);
  }
  text.add(` ;\u00a7pnba ${supplies.length === 0 ? '+)-)OUT' : '+)-)V+)V-)OUT'}\n`, span);
}

/** The line of a block or an instance of a subcircuit, with the names of its pins behind it. */
export function writeInstance(
  { texts, pins, span }: Component,
  { text, net }: CardContext,
  definition?: string,
): void {
  const [name, model, ...parameters] = texts;
  if (name === undefined) return;
  text.add(elementName('X', name.text), name.span);
  for (const pin of pins) text.add(` ${net(pin)}`, span);
  const place = model?.span ?? span;
  text.add(' ', place).add(definition ?? oneLine(model?.text ?? ''), place);
  for (const value of parameters) text.add(' ', value.span).add(oneLine(value.text), value.span);
  if (definition === undefined && pins.every((pin) => /^[^)\s]+$/.test(pin.name))) {
    text.add(` ;\u00a7pnba ${pins.map((pin) => pin.name).join(')')}`, span);
  }
  text.add('\n', span);
}

function elementName(letter: string, name: string): string {
  const word = writable(name);
  return word.slice(0, 1).toUpperCase() === letter ? word : `${letter}\u00a7${word}`;
}

function writable(name: string): string {
  return name.replace(/[\s(){},=;'"]/g, '_');
}

function oneLine(text: string): string {
  return text.replace(/\s*(?:\r?\n|\\n)\s*/g, ' ');
}
