/** E, G, F, H: controlled sources: linear, POLY(n), VALUE={...}, and the forms of `special.ts`. */

import type { Expression, Word } from '../../expression.ts';
import { shorten } from '../../expression-faults.ts';
import type { CardReader } from '../card-reader.ts';
import { Equals, WordToken } from '../tokens.ts';
import type {
  Assignment,
  CurrentControlledCard,
  NodePair,
  VoltageControlledCard,
} from '../tree.ts';
import { bareExpression } from './assignments.ts';
import { dimension, node, twoNodes } from './nodes.ts';
import { buildSpecial, SPECIAL_FORMS } from './special.ts';

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
  if (VALUE_KEYS.has(keyword)) {
    return { control: valueForm(reader), parameters: reader.assignments() };
  }
  if (SPECIAL_FORMS.has(keyword)) return buildSpecial(reader, { of: name });
  const pair: NodePair = [
    node(reader, { of: name, which: 'positive controlling node' }),
    node(reader, { of: name, which: 'negative controlling node' }),
  ];
  // LTspice: `E1 o 0 p m laplace=...`
  if (SPECIAL_FORMS.has(keywordAhead(reader))) return buildSpecial(reader, { of: name, pair });
  const implied = impliedPolynomial(reader, name);
  if (implied !== undefined) {
    const control: Control = { form: 'polynomial', pairs: [pair], coefficients: implied };
    return { control, parameters: reader.assignments() };
  }
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
  if (VALUE_KEYS.has(keyword)) {
    return { control: valueForm(reader), parameters: reader.assignments() };
  }
  if (SPECIAL_FORMS.has(keyword)) return buildSpecial(reader, { of: name });
  const controlling = source();
  const implied = impliedPolynomial(reader, name);
  if (implied !== undefined) {
    const control: CurrentControl = {
      form: 'polynomial',
      sources: [controlling],
      coefficients: implied,
    };
    return { control, parameters: reader.assignments() };
  }
  const { gain, parameters } = gainOf(reader, name);
  return { control: { form: 'linear', source: controlling, gain }, parameters };
}

/** `VALUE={...}`, `VALUE {...}`, `vol='...'`; bare, it runs to the next `name =` or the card's end. */
function valueForm(reader: CardReader): Extract<Control, { form: 'value' }> {
  const token = reader.take();
  if (token === undefined) throw new Error('no keyword to read');
  const keyword = reader.wordOf(token);
  if (reader.peek()?.tokenType === Equals) reader.take();
  if (reader.atEnd) {
    throw reader.missing('missing_value', 'VALUE has no expression.', 'Write VALUE={expression}.');
  }
  const expression = bareExpression(reader, { solution: true });
  return { form: 'value', keyword, expression };
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

/** SPICE2: without POLY several values are the coefficients of POLY(1). */
function impliedPolynomial(reader: CardReader, name: Word): Expression[] | undefined {
  reader.skipSeparators();
  if (!reader.nextIsNumber() || !reader.nextIsNumber(1)) return undefined;
  const message = `The values of "${shorten(name.text)}" are read as POLY(1), as in SPICE2; ngspice takes the first one as the gain.`;
  reader.diagnostics.warning('implied_polynomial', reader.rest, message, 'Write POLY(1).');
  return coefficientsOf(reader, name);
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
