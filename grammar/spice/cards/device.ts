/**
 * The letters that are kept word by word, and what their words mean where that is unambiguous: nodes,
 * a model's name, values, flags, `key=value`. Which of two words is a node and which a model is told by
 * their number and by whether they read as values; a card that fits no reading has no `device`.
 */

import type { IToken } from 'chevrotain';
import type { Expression, Word } from '../../expression.ts';
import { SyntaxFault } from '../../precedence.ts';
import type { CardReader } from '../card-reader.ts';
import { joinLines } from '../card-text.ts';
import {
  CloseToken,
  CommaToken,
  Enclosed,
  Equals,
  OpenToken,
  StringToken,
  WordToken,
} from '../tokens.ts';
import type { Assignment, Device, OtherCard } from '../tree.ts';
import { codeModelOf } from './code-model.ts';

/** Node counts of a letter; with more than the least, the model's place says how many there are. */
interface Shape {
  readonly least: number;
  readonly most: number;
  /** The card names a model behind its nodes. */
  readonly model: boolean;
  /** The word behind the nodes is a controlling source. */
  readonly control?: boolean;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  D: { least: 2, most: 2, model: true },
  Q: { least: 3, most: 5, model: true },
  J: { least: 3, most: 3, model: true },
  Z: { least: 3, most: 3, model: true },
  M: { least: 3, most: 7, model: true },
  S: { least: 4, most: 4, model: true },
  W: { least: 2, most: 2, model: true, control: true },
  T: { least: 4, most: 4, model: false },
  O: { least: 4, most: 4, model: true },
  U: { least: 3, most: 3, model: true },
  // Up to eight conductors and a return at either end.
  P: { least: 4, most: 18, model: true },
  Y: { least: 4, most: 4, model: true },
};
/** LTspice's special functions: eight nodes and what they are. */
const LTSPICE_A: Shape = { least: 8, most: 8, model: true };
/** SLiCAP's nullor. */
const NULLOR: Shape = { least: 4, most: 4, model: true };

const SEPARATORS = new Set([CommaToken, OpenToken, CloseToken]);
const FLAG = /^(?:on|off|thermal)$/i;

/** Every part of the card, `=` and `{...}` too; parentheses and commas only separate. */
export function buildOther(reader: CardReader, name: Word): OtherCard {
  const letter = name.text.slice(0, 1).toUpperCase();
  const tokens = reader.takeAll().filter(({ tokenType }) => !SEPARATORS.has(tokenType));
  const words = tokens.map((token) => oneLine(reader.wordOf(token)));
  const shape = shapeOf(letter, reader);
  const codeModel = letter === 'A' && shape === undefined ? codeModelOf(words) : undefined;
  const device = shape === undefined ? undefined : deviceOf(tokens, { reader, shape });
  const card = { kind: 'card', letter, name, words, span: reader.span } as const;
  if (codeModel !== undefined) return { ...card, codeModel };
  return device === undefined ? card : { ...card, device };
}

/** Braces that reach over line ends are one word. */
function oneLine(word: Word): Word {
  return /[\r\n]/.test(word.text) ? { text: joinLines(word.text), span: word.span } : word;
}

function shapeOf(letter: string, { dialect }: CardReader): Shape | undefined {
  if (letter === 'A') return dialect.name === 'ltspice' ? LTSPICE_A : undefined;
  if (letter === 'N') return dialect.flavour === 'slicap' ? NULLOR : undefined;
  // PSpice's and Xyce's U is a digital device with a list of nodes of its own; HSPICE's P a port, Xyce's Y any device.
  if (letter === 'U' && !['ngspice', 'ltspice'].includes(dialect.name)) return undefined;
  if ('PY'.includes(letter) && dialect.name !== 'ngspice') return undefined;
  return SHAPES[letter];
}

function deviceOf(
  tokens: readonly IToken[],
  { reader, shape }: { reader: CardReader; shape: Shape },
): Device | undefined {
  const firstKey = tokens.findIndex(({ tokenType }) => tokenType === Equals);
  const positional = firstKey < 0 ? tokens : tokens.slice(0, Math.max(0, firstKey - 1));
  const fixed = shape.least + (shape.control === true ? 1 : 0) + (shape.model ? 1 : 0);
  let end = positional.length;
  const values: Expression[] = [];
  const flags: Word[] = [];
  while (end > fixed && isTail(positional[end - 1], reader)) {
    end--;
    const token = positional[end];
    if (token === undefined) break;
    if (FLAG.test(token.image)) flags.unshift(reader.wordOf(token));
    else values.unshift(reader.value(token));
  }
  const head = positional.slice(0, end);
  if (head.length < fixed || head.some(({ tokenType }) => tokenType !== WordToken))
    return undefined;
  const words = head.map((token) => reader.wordOf(token));
  const model = shape.model ? words.pop() : undefined;
  const control = shape.control === true ? words.pop() : undefined;
  if (words.length > shape.most) return undefined;
  const keyed = assignmentsOf(firstKey < 0 ? [] : tokens.slice(firstKey - 1), reader);
  if (keyed === undefined) return undefined;
  return {
    nodes: words,
    ...(control === undefined ? {} : { control }),
    ...(model === undefined ? {} : { model }),
    values,
    flags: [...flags, ...keyed.flags],
    parameters: keyed.assignments,
  };
}

/** A value or flag behind the model. */
function isTail(token: IToken | undefined, reader: CardReader): boolean {
  if (token === undefined) return false;
  if (token.tokenType === Enclosed) return true;
  return token.tokenType === WordToken && (FLAG.test(token.image) || reader.isNumber(token.image));
}

/** `key = value` in any number, flags between them; undefined when something else stands there. */
function assignmentsOf(
  tokens: readonly IToken[],
  reader: CardReader,
): { assignments: Assignment[]; flags: Word[] } | undefined {
  const assignments: Assignment[] = [];
  const flags: Word[] = [];
  for (let at = 0; at < tokens.length; ) {
    const key = tokens[at];
    const value = tokens[at + 2];
    if (key?.tokenType !== WordToken) {
      // `ic=1,2`: further values of the key before.
      if (key === undefined || assignments.length === 0) return undefined;
      at++;
      continue;
    }
    if (tokens[at + 1]?.tokenType !== Equals) {
      if (FLAG.test(key.image)) flags.push(reader.wordOf(key));
      else if (assignments.length === 0) return undefined;
      at++;
      continue;
    }
    const read = value === undefined ? undefined : lenientValue(value, reader);
    if (value === undefined || read === undefined) return undefined;
    const span = reader.spanOf(key, value);
    assignments.push({ kind: 'assignment', key: reader.wordOf(key), value: read, span });
    at += 3;
  }
  return { assignments, flags };
}

function lenientValue(token: IToken, reader: CardReader): Expression | undefined {
  if (token.tokenType === StringToken) return reader.string(token);
  try {
    return reader.value(token);
  } catch (fault) {
    if (fault instanceof SyntaxFault && fault.code !== 'rkm_number') return undefined;
    throw fault;
  }
}
