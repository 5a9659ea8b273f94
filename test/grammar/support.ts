/** Short ways to write a netlist and to look at its tree without the spans. */

import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { position } from '../../grammar/source.ts';
import { type ParseOptions, parseNetlist } from '../../grammar/spice/parse.ts';

/** Parses `body` below a title line, so that its first line is line 2. */
export function parse(body: string, options?: ParseOptions) {
  return parseNetlist({ name: 'test.cir', text: `title\n${body}` }, options);
}

/** `severity code line:column`. */
export function place({ severity, code, span }: Diagnostic): string {
  const { line, column } = position(span.source, span.start);
  return `${severity} ${code} ${line}:${column}`;
}

export const faults = (body: string, options?: ParseOptions): string[] =>
  parse(body, options).diagnostics.map(place);

/** Any part of a tree. */
type Loose = {
  readonly [key in
    | 'kind'
    | 'text'
    | 'value'
    | 'unit'
    | 'name'
    | 'operator'
    | 'operand'
    | 'left'
    | 'right'
    | 'test'
    | 'consequent'
    | 'alternative'
    | 'arguments'
    | 'quantity'
    | 'names'
    | 'key']?: unknown;
};

/** The own parts of an object, or those that it gives for a copy. */
export function entries(value: object): readonly (readonly [string, unknown])[] {
  const data = 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value;
  return Object.entries(data);
}

/** The tree as plain data: no spans, a word is its text, an expression is Lisp. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Loose;
  if (typeof record.text === 'string' && record.kind === undefined) return record.text;
  const lisp = expression(record);
  if (lisp !== undefined) return lisp;
  const kept = entries(record).filter(([key]) => key !== 'span' && key !== 'keySpan');
  return Object.fromEntries(kept.map(([key, entry]) => [key, plain(entry)]));
}

function expression(record: Loose): unknown {
  switch (record.kind) {
    case 'number':
      return record.unit === undefined ? record.value : `${record.value} ${record.unit}`;
    case 'name':
      return record.name;
    case 'unary':
      return [record.operator, plain(record.operand)];
    case 'binary':
      return [record.operator, plain(record.left), plain(record.right)];
    case 'conditional':
      return ['?', plain(record.test), plain(record.consequent), plain(record.alternative)];
    case 'call':
      return [record.name, ...(plain(record.arguments) as unknown[])];
    case 'probe':
      return `${record.quantity}(${(plain(record.names) as string[]).join(',')})`;
    case 'magnitude':
      return ['||', plain(record.operand)];
    case 'assignment':
      return { [plain(record.key) as string]: plain(record.value) };
    default:
      return undefined;
  }
}

/** The plain statements of a text that must have no faults at all. */
export function statements(body: string, options?: ParseOptions): unknown[] {
  const { statements: found, diagnostics } = parse(body, options);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(place).join('\n'));
  return plain(found) as unknown[];
}

export function statement(body: string): Record<string, unknown> {
  const [first] = statements(body);
  return first as Record<string, unknown>;
}
