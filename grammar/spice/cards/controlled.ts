/**
 * E, G, F, H: controlled sources. Linear, POLY(n) and VALUE={...} are understood; TABLE, LAPLACE and
 * the like are kept by keyword.
 */

import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import { Enclosed, Equals, WordToken } from '../tokens.ts';
import type {
  Assignment,
  CurrentControlledCard,
  NodePair,
  VoltageControlledCard,
} from '../tree.ts';
import { dimension, node, twoNodes } from './nodes.ts';

/** Kept by name: what follows them is not read. */
export const KEPT_FORMS: ReadonlySet<string> = new Set([
  'TABLE',
  'LAPLACE',
  'FREQ',
  'CHEBYSHEV',
  'FOSTER',
  'PWL',
  'NPWL',
  'PPWL',
  'DELAY',
  'OPAMP',
  'VCR',
  'VCCAP',
]);
const NAMES_OF_LINEAR = new Set(['VCVS', 'VCCS', 'CCVS', 'CCCS']);
const VALUE_KEYS = new Set(['VALUE', 'VOL', 'CUR']);

type Control = VoltageControlledCard['control'];
type CurrentControl = CurrentControlledCard['control'];

export function buildVoltageControlled(reader: CardReader, name: Word): VoltageControlledCard {
  const letter = name.text.slice(0, 1).toUpperCase() as VoltageControlledCard['letter'];
  const nodes = twoNodes(reader, name);
  const { control, parameters } = voltageControl(reader, name);
  return { kind: 'card', letter, name, nodes, control, parameters, span: reader.span };
}

export function buildCurrentControlled(reader: CardReader, name: Word): CurrentControlledCard {
  const letter = name.text.slice(0, 1).toUpperCase() as CurrentControlledCard['letter'];
  const nodes = twoNodes(reader, name);
  const { control, parameters } = currentControl(reader, name);
  return { kind: 'card', letter, name, nodes, control, parameters, span: reader.span };
}

/** The keyword that stands next, in upper case. */
function keywordAhead(reader: CardReader): string {
  reader.skipSeparators();
  const token = reader.peek();
  return token?.tokenType === WordToken ? token.image.toUpperCase() : '';
}

function voltageControl(
  reader: CardReader,
  name: Word,
): { control: Control; parameters: Assignment[] } {
  let keyword = keywordAhead(reader);
  if (NAMES_OF_LINEAR.has(keyword)) {
    reader.take();
    keyword = keywordAhead(reader);
  }
  if (keyword === 'POLY') {
    const count = dimension(reader);
    const pairs = Array.from(
      { length: count },
      (_, i): NodePair => [
        node(reader, { of: name, which: `controlling node ${2 * i + 1}` }),
        node(reader, { of: name, which: `controlling node ${2 * i + 2}` }),
      ],
    );
    const coefficients = coefficientsOf(reader, name);
    const control: Control = { form: 'polynomial', pairs, coefficients };
    return { control, parameters: reader.assignments() };
  }
  if (VALUE_KEYS.has(keyword))
    return { control: valueForm(reader), parameters: reader.assignments() };
  if (KEPT_FORMS.has(keyword)) return kept(reader);
  const pair: NodePair = [
    node(reader, { of: name, which: 'positive controlling node' }),
    node(reader, { of: name, which: 'negative controlling node' }),
  ];
  // LTspice: `E1 o 0 p m laplace=...`
  if (KEPT_FORMS.has(keywordAhead(reader))) return kept(reader);
  const { gain, parameters } = gainOf(reader, name);
  return { control: { form: 'linear', pair, gain }, parameters };
}

function currentControl(
  reader: CardReader,
  name: Word,
): { control: CurrentControl; parameters: Assignment[] } {
  let keyword = keywordAhead(reader);
  if (NAMES_OF_LINEAR.has(keyword)) {
    reader.take();
    keyword = keywordAhead(reader);
  }
  const source = (): Word => {
    const word = reader.optionalWord();
    if (word !== undefined) return word;
    const message = `"${shorten(name.text)}" lacks its controlling source.`;
    throw reader.missing(
      'missing_source',
      message,
      'Name the voltage source whose current controls it.',
    );
  };
  if (keyword === 'POLY') {
    const count = dimension(reader);
    const sources = Array.from({ length: count }, source);
    const coefficients = coefficientsOf(reader, name);
    const control: CurrentControl = { form: 'polynomial', sources, coefficients };
    return { control, parameters: reader.assignments() };
  }
  if (KEPT_FORMS.has(keyword) || VALUE_KEYS.has(keyword)) return kept(reader);
  const controlling = source();
  const { gain, parameters } = gainOf(reader, name);
  return { control: { form: 'linear', source: controlling, gain }, parameters };
}

function kept(reader: CardReader): {
  control: { form: 'other'; keyword: Word };
  parameters: Assignment[];
} {
  const token = reader.take();
  if (token === undefined) throw new Error('no keyword to keep');
  return { control: { form: 'other', keyword: reader.wordOf(token) }, parameters: [] };
}

/** `VALUE={...}`, `VALUE {...}`, `vol='...'`; without braces the expression runs to the card's end. */
function valueForm(reader: CardReader): Control {
  reader.take();
  if (reader.peek()?.tokenType === Equals) reader.take();
  const token = reader.peek();
  if (token === undefined) {
    throw reader.missing('missing_value', 'VALUE has no expression.', 'Write VALUE={expression}.');
  }
  if (token.tokenType === Enclosed) {
    reader.take();
    return { form: 'value', expression: reader.enclosed(token) };
  }
  const expression = reader.expression(reader.rest);
  while (!reader.atEnd) reader.take();
  return { form: 'value', expression };
}

/** Values up to the first parameter. */
function coefficientsOf(reader: CardReader, name: Word): Expression[] {
  const list: Expression[] = [];
  for (
    reader.skipSeparators();
    !reader.atEnd && !reader.nextIsAssignment();
    reader.skipSeparators()
  ) {
    list.push(reader.value(reader.take()));
  }
  if (list.length > 0) return list;
  const message = `The polynomial of "${shorten(name.text)}" has no coefficients.`;
  throw reader.missing(
    'missing_value',
    message,
    'Write p0 p1 p2 ... behind the controlling quantities.',
  );
}

/** The gain, bare or as `gain=`, with parameters before or behind it. */
function gainOf(reader: CardReader, name: Word): { gain: Expression; parameters: Assignment[] } {
  let gain: Expression | undefined;
  const parameters: Assignment[] = [];
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators()) {
    if (reader.nextIsAssignment() && reader.peek()?.image.toLowerCase() !== 'gain') {
      parameters.push(reader.assignment());
    } else if (gain !== undefined) {
      throw reader.extra();
    } else if (reader.nextIsAssignment()) {
      gain = reader.assignment().value;
    } else {
      gain = reader.value(reader.take());
    }
  }
  if (gain !== undefined) return { gain, parameters };
  const message = `"${shorten(name.text)}" has no gain.`;
  throw reader.missing('missing_value', message, 'Write it behind the controlling quantity.');
}
