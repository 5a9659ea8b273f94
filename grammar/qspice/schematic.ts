/** QSPICE schematic -> syntax tree. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import type { Source } from '../source.ts';
import { type Node, readNodes } from './nodes.ts';
import type { Component, Point, Schematic, SheetText } from './tree.ts';

/** Never throws for a text; a file whose brackets do not match is empty, with an error. */
export function parseQspiceSchematic(source: Source, diagnostics: Diagnostics): Schematic {
  const children = readNodes(source, diagnostics)?.children ?? [];
  const point = (node: Node, index: number): Point | undefined => {
    const word = node.words[index];
    const found = pointOf(word?.text);
    if (found === undefined) {
      const message = `"${tagOf(node)}" lacks a point.`;
      diagnostics.error('bad_point', word?.span ?? node.span, message);
    }
    return found;
  };
  const named = (tag: string) => children.filter((node) => tagOf(node) === tag);
  return {
    source,
    components: named('component').flatMap((node) => {
      const at = point(node, 1);
      return at === undefined ? [] : [componentOf(node, at, point)];
    }),
    wires: named('wire').flatMap((node) => {
      const [from, to] = [point(node, 1), point(node, 2)];
      return from === undefined || to === undefined ? [] : [{ from, to, name: quoted(node)[0] }];
    }),
    labels: named('net').flatMap((node) => {
      const [at, [name]] = [point(node, 1), quoted(node)];
      return at === undefined || name === undefined ? [] : [{ at, name }];
    }),
    texts: named('text').flatMap(textOf),
  };
}

function componentOf(
  node: Node,
  at: Point,
  point: (node: Node, index: number) => Point | undefined,
): Component {
  const symbol = node.children.find((child) => tagOf(child) === 'symbol');
  const parts = (tag: string) => symbol?.children.filter((child) => tagOf(child) === tag) ?? [];
  const [library] = parts('library');
  return {
    at,
    orientation: Number(node.words[2]?.text) % 16 || 0,
    type: parts('type:')[0]?.words[1]?.text ?? '',
    texts: parts('text').flatMap((text) => quoted(text).slice(0, 1)),
    pins: parts('pin').flatMap((pin) => {
      const place = point(pin, 1);
      return place === undefined ? [] : [{ at: place, name: quoted(pin)[0]?.text ?? '' }];
    }),
    library: library && libraryOf(library),
    span: symbol?.span ?? node.span,
  };
}

/** `library file: NPN.txt`, `library file: |.subckt A in out\n...` */
function libraryOf({ words, span: { source } }: Node): Word | undefined {
  const [first, last] = [words[2], words.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const span = { source, start: first.span.start, end: last.span.end };
  return { text: source.text.slice(span.start, span.end), span };
}

/** The mark of UTF-8 that QSPICE puts before a text, in the code page that the rest of the file has. */
const MARK = '\u00ef\u00bb\u00bf';

function textOf(node: Node): SheetText[] {
  const [word] = quoted(node);
  if (word === undefined) return [];
  const isComment = node.words[4]?.text === '1';
  const { text, span } = word;
  if (!text.startsWith(MARK)) return [{ isComment, text, span }];
  const rest = { ...span, start: span.start + MARK.length };
  return [
    {
      isComment,
      text: text.slice(MARK.length).replace(/\u00c2(?=[\u0080-\u00bf])/g, ''),
      span: rest,
    },
  ];
}

function tagOf({ words: [first] }: Node): string {
  return first?.text ?? '';
}

function quoted({ words }: Node): Word[] {
  return words.filter(({ isQuoted }) => isQuoted);
}

/** Farther away is no drawing, and products of differences would not be exact. */
const LARGEST = 20_000_000;

function pointOf(text = ''): Point | undefined {
  const [, x, y] = /^\((-?\d{1,9}),(-?\d{1,9})\)$/.exec(text) ?? [];
  if (x === undefined || y === undefined) return undefined;
  const point = { x: Number(x), y: Number(y) };
  return Math.max(Math.abs(point.x), Math.abs(point.y)) > LARGEST ? undefined : point;
}
