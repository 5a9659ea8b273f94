/**
 * What a controlled source may do beyond arithmetic: TABLE and PWL, LAPLACE, FREQ, OPAMP. A form whose
 * arguments have another shape, and every other keyword, is kept as written.
 */

import type { Expression, Word } from '../../expression.ts';
import type { CardReader } from '../card-reader.ts';
import { cardText } from '../card-text.ts';
import { Enclosed, Equals, OpenToken, WordToken } from '../tokens.ts';
import type { Assignment, NodePair, SpecialControl } from '../tree.ts';
import { bareExpression } from './assignments.ts';
import { dimension, node } from './nodes.ts';

/** The keywords of these forms. */
export const SPECIAL_FORMS: ReadonlySet<string> = new Set([
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

interface Special {
  readonly control: SpecialControl;
  readonly parameters: Assignment[];
}

/** With the reader at the keyword; `pair` are the controlling nodes if they stand before it. */
export function buildSpecial(
  reader: CardReader,
  { of, pair }: { readonly of: Word; readonly pair?: NodePair },
): Special {
  const token = reader.take();
  if (token === undefined) throw new Error('no keyword to read');
  const keyword = reader.wordOf(token);
  const rest = reader.rest;
  const start = reader.position;
  const control = specialControl(reader, { keyword, of, pair });
  if (control !== undefined) return { control, parameters: reader.assignments() };
  reader.position = start;
  const text = cardText(rest, reader.dialect.facts.lexical);
  reader.takeAll();
  return { control: { form: 'other', keyword, rest: { text, span: rest } }, parameters: [] };
}

function specialControl(
  reader: CardReader,
  { keyword, of, pair }: { keyword: Word; of: Word; pair: NodePair | undefined },
): SpecialControl | undefined {
  switch (keyword.text.toUpperCase()) {
    case 'TABLE':
      return table(reader, { keyword, input: inputOf(reader, pair) });
    case 'PWL':
      return pwl(reader, { keyword, of, pair });
    case 'LAPLACE':
      return laplace(reader, { keyword, pair });
    case 'FREQ':
      return frequency(reader, { keyword, input: inputOf(reader, pair) });
    case 'OPAMP': {
      const plus = node(reader, { of, which: 'non-inverting input' });
      const minus = node(reader, { of, which: 'inverting input' });
      return { form: 'opamp', keyword, pair: [plus, minus] };
    }
    default:
      return undefined;
  }
}

/** V(p,m) of a node pair. */
function probeOf([plus, minus]: NodePair): Expression {
  const span = { ...plus.span, end: minus.span.end };
  return { kind: 'probe', quantity: 'V', names: [plus, minus], span };
}

/** `{expression}` or a bare one up to the `=`, with the reader behind it. */
function inputOf(reader: CardReader, pair: NodePair | undefined): Expression | undefined {
  if (pair !== undefined) return probeOf(pair);
  if (reader.peek()?.tokenType === Equals) reader.take();
  const first = reader.peek();
  if (first?.tokenType === Enclosed) {
    reader.take();
    return reader.enclosed(first);
  }
  if (first?.tokenType !== WordToken) return undefined;
  let last = first;
  for (let ahead = 1; ; ahead++) {
    const token = reader.peek(ahead);
    if (token === undefined) return undefined;
    if (token.tokenType === Equals) {
      for (let taken = 0; taken < ahead; taken++) reader.take();
      return reader.expression(reader.spanOf(first, last));
    }
    last = token;
  }
}

function table(
  reader: CardReader,
  { keyword, input }: { keyword: Word; input: Expression | undefined },
): SpecialControl | undefined {
  if (input === undefined) return undefined;
  const values = valuesAhead(reader);
  const points = groups(values, 2).map(([x, y]) => [x, y] as const);
  if (!isComplete<readonly [Expression, Expression]>(points)) return undefined;
  return { form: 'table', keyword, input, points };
}

/** HSPICE `PWL(1) in+ in- x1,y1 x2,y2`; gnucap `in+ in- pwl(x1 y1 x2 y2)`. */
function pwl(
  reader: CardReader,
  { keyword, of, pair }: { keyword: Word; of: Word; pair: NodePair | undefined },
): SpecialControl | undefined {
  if (pair !== undefined) return table(reader, { keyword, input: probeOf(pair) });
  if (reader.peek()?.tokenType !== OpenToken || reader.peek(1)?.image !== '1') return undefined;
  reader.back();
  dimension(reader);
  const plus = node(reader, { of, which: 'positive controlling node' });
  const minus = node(reader, { of, which: 'negative controlling node' });
  return table(reader, { keyword, input: probeOf([plus, minus]) });
}

function laplace(
  reader: CardReader,
  { keyword, pair }: { keyword: Word; pair: NodePair | undefined },
): SpecialControl | undefined {
  const enclosed = reader.peek()?.tokenType === Enclosed || reader.peek()?.tokenType === Equals;
  if (pair === undefined && !enclosed) return undefined;
  const input = inputOf(reader, pair);
  if (reader.peek()?.tokenType === Equals) reader.take();
  const token = reader.peek();
  if (input === undefined || token === undefined) return undefined;
  const transfer = bareExpression(reader, { transfer: true });
  return { form: 'laplace', keyword, input, transfer };
}

function frequency(
  reader: CardReader,
  { keyword, input }: { keyword: Word; input: Expression | undefined },
): SpecialControl | undefined {
  if (input === undefined) return undefined;
  if (reader.peek()?.tokenType === Equals) reader.take();
  const options: Word[] = [];
  for (let word = optionAhead(reader); word !== undefined; word = optionAhead(reader)) {
    options.push(word);
  }
  const points = groups(valuesAhead(reader), 3).map(([f, m, p]) => [f, m, p] as const);
  if (!isComplete<readonly [Expression, Expression, Expression]>(points)) return undefined;
  return { form: 'frequency', keyword, input, options, points };
}

function optionAhead(reader: CardReader): Word | undefined {
  reader.skipSeparators();
  const token = reader.peek();
  if (!reader.nextIsWord() || token === undefined || reader.isNumber(token.image)) return undefined;
  reader.take();
  return reader.wordOf(token);
}

/** Values up to the first `key=`; what separates them does not matter. */
function valuesAhead(reader: CardReader): Expression[] {
  const values: Expression[] = [];
  for (;;) {
    reader.skipSeparators();
    if (reader.peek()?.tokenType === Equals) reader.take();
    else if (reader.atEnd || reader.nextIsAssignment()) return values;
    else values.push(reader.value(reader.take()));
  }
}

function groups(values: readonly Expression[], size: number): (Expression | undefined)[][] {
  const count = Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, index) =>
    Array.from({ length: size }, (__, at) => values[index * size + at]),
  );
}

function isComplete<Point extends readonly Expression[]>(
  points: readonly (readonly (Expression | undefined)[])[],
): points is readonly Point[] {
  return points.length > 0 && points.every((point) => point.every((value) => value !== undefined));
}
