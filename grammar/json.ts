/**
 * JSON text -> its value and the place of every part of it, so that a fault of the content can point at its
 * characters. Unlike JSON.parse it refuses a key that stands twice in an object, of which one would be lost.
 */

import type { Diagnostics } from './diagnostic.ts';
import type { Source, Span } from './source.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** Keys are the user's own: no prototype. */
export interface JsonObject {
  readonly [key: string]: Json;
}

export interface ReadJson {
  readonly value: Json;
  /** The place of the value at a path as `jsonPath` writes it; of the whole text for an unknown path. */
  spanOf(path: string): Span;
}

/** Deeper nesting is refused. */
const DEEPEST = 64;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const WORD = /true|false|null/y;

/** `parts[2].tables[0].vos`: `parent` is the path of the object or list. */
export function jsonPath(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  const plain = /^[A-Za-z_$][\w$]*$/.test(key);
  if (!plain) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** The value of a JSON text; undefined after a fault of its syntax, which goes to `diagnostics`. */
export function parseJson(source: Source, diagnostics: Diagnostics): ReadJson | undefined {
  const reader = new Reader(source);
  try {
    const value = reader.document();
    return { value, spanOf: (path) => reader.spans.get(path) ?? reader.span(0) };
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    diagnostics.error('bad_json', fault.span, fault.message, fault.hint);
    return undefined;
  }
}

class JsonFault extends Error {
  readonly span: Span;
  readonly hint: string | undefined;

  constructor(message: string, { span, hint }: { span: Span; hint?: string }) {
    super(message);
    this.span = span;
    this.hint = hint;
  }
}

class Reader {
  readonly spans = new Map<string, Span>();
  readonly #source: Source;
  #at = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  span(start: number, end = Math.min(start + 1, this.#source.text.length)): Span {
    return { source: this.#source, start, end: Math.max(start, end) };
  }

  document(): Json {
    if (this.#source.text.startsWith('\ufeff')) this.#at = 1;
    const value = this.#value('', 0);
    this.#match(SPACE);
    if (this.#at < this.#source.text.length) {
      throw new JsonFault('Something stands behind the end of the JSON value.', {
        span: this.span(this.#at),
      });
    }
    return value;
  }

  #value(path: string, depth: number): Json {
    this.#match(SPACE);
    const start = this.#at;
    if (depth > DEEPEST) {
      throw new JsonFault(`The JSON is nested deeper than ${DEEPEST} levels.`, {
        span: this.span(start),
      });
    }
    const value = this.#valueHere(path, depth);
    this.spans.set(path, this.span(start, this.#at));
    return value;
  }

  #valueHere(path: string, depth: number): Json {
    const first = this.#source.text[this.#at];
    if (first === '{') return this.#object(path, depth);
    if (first === '[') return this.#list(path, depth);
    if (first === '"') return this.#string();
    const word = this.#match(WORD);
    if (word !== '') return word === 'null' ? null : word === 'true';
    const number = this.#match(NUMBER);
    if (number !== '') return Number(number);
    throw this.#unexpected('a value');
  }

  #object(path: string, depth: number): JsonObject {
    const object: { [key: string]: Json } = Object.create(null);
    this.#at++;
    if (this.#skip('}')) return object;
    do {
      this.#match(SPACE);
      const start = this.#at;
      if (this.#source.text[start] !== '"') throw this.#unexpected('a key in double quotes');
      const key = this.#string();
      if (Object.hasOwn(object, key)) {
        throw new JsonFault(`The key ${JSON.stringify(key)} stands twice in one object.`, {
          span: this.span(start, this.#at),
          hint: 'Only one of the two values could count; remove one.',
        });
      }
      if (!this.#skip(':')) throw this.#unexpected('":"');
      object[key] = this.#value(jsonPath(path, key), depth + 1);
    } while (this.#skip(','));
    if (!this.#skip('}')) throw this.#unexpected('"," or "}"');
    return object;
  }

  #list(path: string, depth: number): Json[] {
    const list: Json[] = [];
    this.#at++;
    if (this.#skip(']')) return list;
    do list.push(this.#value(jsonPath(path, list.length), depth + 1));
    while (this.#skip(','));
    if (!this.#skip(']')) throw this.#unexpected('"," or "]"');
    return list;
  }

  #string(): string {
    const start = this.#at;
    const text = this.#match(STRING);
    try {
      return JSON.parse(text) as string;
    } catch {
      throw new JsonFault('This string does not end, or holds an escape that JSON does not have.', {
        span: this.span(start, Math.max(start + 1, this.#at)),
      });
    }
  }

  #skip(sign: string): boolean {
    this.#match(SPACE);
    if (this.#source.text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.#source.text) ?? [];
    this.#at += found.length;
    return found;
  }

  #unexpected(wanted: string): JsonFault {
    const sign = this.#source.text[this.#at];
    const found = sign === undefined ? 'the end of the text' : JSON.stringify(sign);
    return new JsonFault(`Here JSON needs ${wanted}, and there is ${found}.`, {
      span: this.span(this.#at),
      hint: 'JSON has double quotes, no comments and no comma behind the last item.',
    });
  }
}
