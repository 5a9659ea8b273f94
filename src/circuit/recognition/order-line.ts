/**
 * One comment line that names all pins in order (`* PINOUT ORDER +IN -IN +V -V OUT`), perhaps with the
 * ports in that order on the next line (`* PINOUT ORDER 3 4 5 2 1`); without a label only directly above or
 * below `.subckt`, as the head of its columns.
 */

import type { CommentLine, Description } from './description.ts';
import { pinNamed, settle } from './pin-names.ts';
import { byPort, type Heuristic, type Reading } from './reading.ts';

const LABEL =
  /^\W*(?:.*\b(?:pin-?out|pin|node|terminal|connection|port)s?\b(?:\s*(?:list|order|sequence|names?|assignments?|connections?))*|order|subckt\s+\S+)\s*(?::|=|\s)\s*(?=\S)/i;
const PORTS_LABEL = /^\W*[a-z][a-z\s]*[:\s]\s*(?=\S)/i;

/** A labelled list of pin names, or an unlabelled one with the ports named on a line beside it. */
export const orderLine: Heuristic = (description) => {
  for (const lines of [description.above.toReversed(), description.below]) {
    for (const [index, comment] of lines.entries()) {
      const labelled = comment.text.replace(LABEL, '');
      const isLabelled = labelled !== comment.text;
      const names = namesIn(isLabelled ? labelled : comment.text, description.ports);
      if (names === undefined) continue;
      const beside = [lines[index - 1], lines[index + 1]];
      const order = beside.map((line) => portsOn(line, description)).find((on) => on !== undefined);
      const reading = read(names, { description, order, line: comment.line });
      if (reading !== undefined && (isLabelled || order !== undefined)) return reading;
    }
  }
  return undefined;
};

/** An unlabelled list of pin names on the line above or below `.subckt`. */
export const columnHead: Heuristic = (description) => {
  for (const comment of [description.above.at(-1), description.below[0], description.below[1]]) {
    const names = comment === undefined ? undefined : namesIn(comment.text, description.ports);
    if (comment === undefined || names === undefined) continue;
    const reading = read(names, { description, order: undefined, line: comment.line });
    if (reading !== undefined) return { ...reading, from: 'the column head' };
  }
  return undefined;
};

/** The names on a line if there is one per port; `- IN +` is two names. */
function namesIn(text: string, ports: readonly string[]): string[] | undefined {
  const words = text.trim().split(/[\s,;|]+/);
  for (const names of [words, words.filter((word) => !/^(?:in|input|pin)$/i.test(word))]) {
    if (names.length === ports.length) return names;
  }
  return undefined;
}

/** The ports in the order of this line, when it names each of them once and nothing else. */
function portsOn(comment: CommentLine | undefined, { ports }: Description): string[] | undefined {
  const wanted = ports.map((port) => port.toLowerCase()).sort();
  for (const text of [comment?.text ?? '', (comment?.text ?? '').replace(PORTS_LABEL, '')]) {
    const words = text.trim().split(/[\s,;|]+/);
    const found = words.map((word) => word.toLowerCase()).sort();
    if (found.length === wanted.length && found.every((word, i) => word === wanted[i]))
      return words;
  }
  return undefined;
}

function read(
  names: readonly string[],
  found: { description: Description; order: readonly string[] | undefined; line: number },
): Reading | undefined {
  const { ports } = found.description;
  const pins = settle(names.map(pinNamed));
  // A sentence has no +, - and output among its words.
  const roles = new Set(pins.map((pin) => pin?.role));
  if (!roles.has('plus') || !roles.has('minus') || !roles.has('output')) return undefined;
  const ordered =
    found.order === undefined
      ? pins
      : byPort(
          ports,
          found.order.map((port, index) => [port, pins[index]] as const),
        );
  return ordered && { pins: ordered, from: 'the pin order line', line: found.line };
}
