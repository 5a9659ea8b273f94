/**
 * A raw card becomes a piece of syntax tree, by its first letter or its dot word. What steers the
 * reading itself (`.subckt`, `.include`, `.lib`) is told to the caller as a command.
 */

import type { Expression, Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Span } from '../source.ts';
import { suggestionHint } from '../suggest.ts';
import type { CardReader } from './card-reader.ts';
import { bareExpression, buildFunction, buildParameters } from './cards/assignments.ts';
import { buildBehavioural } from './cards/behavioural.ts';
import { buildCurrentControlled, buildVoltageControlled } from './cards/controlled.ts';
import { buildOther } from './cards/device.ts';
import { buildCoupling, buildInstance } from './cards/instance.ts';
import { KEPT, READ } from './cards/keywords.ts';
import { buildModel, buildOptions } from './cards/model.ts';
import { twoNodes } from './cards/nodes.ts';
import { buildPassive } from './cards/passive.ts';
import { buildSource } from './cards/source.ts';
import { SPECIAL_FORMS } from './cards/special.ts';
import { buildStart } from './cards/start.ts';
import { buildSubcircuitHead, type SubcircuitHead } from './cards/subcircuit.ts';
import { CloseToken, WordToken } from './tokens.ts';
import type { DotCard, ElementCard } from './tree.ts';

export type Command =
  | { readonly command: 'statements'; readonly statements: readonly (ElementCard | DotCard)[] }
  | { readonly command: 'open'; readonly head: SubcircuitHead; readonly span: Span }
  | { readonly command: 'close'; readonly name?: Word; readonly span: Span }
  | {
      readonly command: 'include';
      readonly path: Word;
      readonly section?: Word;
      readonly library: boolean;
    }
  /** `.lib X`: a file, or the head of the section X if an `.endl` follows. */
  | { readonly command: 'library'; readonly path: Word }
  | { readonly command: 'end_section'; readonly span: Span }
  | { readonly command: 'title'; readonly text: string }
  /** `.if`, `.elseif`, `.else`; the last has no condition. */
  | {
      readonly command: 'branch';
      readonly first: boolean;
      readonly condition?: Expression;
      readonly span: Span;
    }
  | { readonly command: 'end_if'; readonly span: Span }
  /** HSPICE: what follows describes further runs. */
  | { readonly command: 'alter'; readonly span: Span };

/** @throws {SyntaxFault} at the first fault of the card. */
export function buildCard(reader: CardReader): Command {
  const token = reader.take();
  if (token === undefined) throw new Error('a card has at least one part');
  const name = reader.wordOf(token);
  if (token.tokenType === WordToken && name.text.startsWith('.')) return dotCard(reader, name);
  if (token.tokenType === CloseToken && reader.peek() === undefined) {
    return loneParenthesis(reader);
  }
  const letter = name.text.slice(0, 1).toUpperCase();
  if (token.tokenType !== WordToken || !/^[A-Z]$/.test(letter)) throw unknownCard(reader, name);
  return { command: 'statements', statements: [element(reader, name, letter)] };
}

function element(reader: CardReader, name: Word, letter: string): ElementCard {
  // Vendor models close the parentheses of a TABLE wrongly; what is kept is not judged.
  const kept = 'EGFH'.includes(letter) && reader.mentions(SPECIAL_FORMS);
  if ('RCLVIEGFHXK'.includes(letter) && !kept) reader.checkParentheses();
  switch (letter) {
    case 'R':
    case 'C':
    case 'L':
      return buildPassive(reader, name);
    case 'V':
    case 'I':
      return buildSource(reader, name);
    case 'E':
    case 'G':
      return buildVoltageControlled(reader, name);
    case 'F':
    case 'H':
      return buildCurrentControlled(reader, name);
    case 'X':
      return buildInstance(reader, name);
    case 'K':
      return buildCoupling(reader, name);
    case 'B':
      return buildBehavioural(reader, name);
    default:
      return buildOther(reader, name);
  }
}

/** Vendor files close the parenthesis of a `.model` on a line without a `+`. */
function loneParenthesis(reader: CardReader): Command {
  const message = 'This ")" stands alone and is ignored.';
  const hint = 'Put a + before it if it ends the card above.';
  reader.diagnostics.warning('stray_parenthesis', reader.span, message, hint);
  return { command: 'statements', statements: [] };
}

function unknownCard(reader: CardReader, name: Word) {
  return reader.fault('unknown_card', name.span, {
    message: `"${shorten(name.text)}" begins no SPICE card.`,
    hint: 'A card begins with a letter (R, C, V ...) or a dot; a comment begins with *, a continued line with +.',
  });
}

function dotCard(reader: CardReader, keyword: Word): Command {
  const whole = keyword.text.toLowerCase();
  // Vendor files draw lines: `.ENDS*******`.
  const word = /^\.ends(?![a-z0-9_.])/.test(whole) ? '.ends' : whole;
  switch (word) {
    case '.subckt':
    case '.macro':
      reader.checkParentheses();
      return { command: 'open', head: buildSubcircuitHead(reader), span: reader.span };
    case '.ends':
    case '.eom': {
      const name = reader.optionalWord();
      return { command: 'close', span: reader.span, ...(name === undefined ? {} : { name }) };
    }
    case '.param':
    case '.params':
    case '.global_param':
    case '.func':
      reader.checkParentheses();
      return {
        command: 'statements',
        statements: word === '.func' ? [buildFunction(reader)] : buildParameters(reader),
      };
    case '.include':
    case '.inc':
    case '.incl':
      return { command: 'include', path: restAsPath(reader, keyword), library: false };
    case '.lib':
      return library(reader, keyword);
    case '.endl':
      return { command: 'end_section', span: reader.span };
    case '.if':
    case '.elseif':
      return branch(reader, keyword);
    case '.else':
      return { command: 'branch', first: false, span: reader.span };
    case '.endif':
      return { command: 'end_if', span: reader.span };
    case '.alter':
      return { command: 'alter', span: reader.span };
    case '.title':
      return {
        command: 'title',
        text: reader.source.text.slice(reader.rest.start, reader.rest.end),
      };
    default:
      return { command: 'statements', statements: [plainDotCard(reader, keyword)] };
  }
}

function plainDotCard(reader: CardReader, keyword: Word): DotCard {
  const word = keyword.text.toLowerCase();
  switch (word) {
    case '.model':
      return buildModel(reader);
    case '.options':
    case '.option':
    case '.opt':
      return buildOptions(reader);
    case '.global': {
      const nodes: Word[] = [];
      for (let node = reader.optionalWord(); node !== undefined; node = reader.optionalWord())
        nodes.push(node);
      return { kind: 'global', nodes, span: reader.span };
    }
    case '.temp':
    case '.temperature':
      return temperature(reader);
    case '.nodeset':
    case '.ic':
      return buildStart(reader, keyword);
    case '.connect':
      return { kind: 'connect', nodes: twoNodes(reader, keyword), span: reader.span };
  }
  if (KEPT.has(word)) {
    const { span, source } = reader;
    return { kind: 'kept', keyword, text: source.text.slice(span.start, span.end), span };
  }
  throw reader.fault('unknown_dot_card', keyword.span, {
    message: `"${shorten(keyword.text)}" is not a known dot card.`,
    hint: suggestionHint(word, {
      known: [...READ, ...KEPT],
      otherwise: 'Make it a comment with * if it is of no importance here.',
    }),
  });
}

/** `.if (condition)`: the parentheses are part of the expression. */
function branch(reader: CardReader, keyword: Word): Command {
  if (reader.atEnd) {
    const message = `${keyword.text} has no condition.`;
    throw reader.missing('missing_value', message, `Write ${keyword.text} (condition).`);
  }
  const condition = bareExpression(reader);
  const first = keyword.text.toLowerCase() === '.if';
  return { command: 'branch', first, condition, span: reader.span };
}

function temperature(reader: CardReader): DotCard {
  const values = [];
  if (reader.peek()?.image === '=') reader.take();
  for (reader.skipSeparators(); !reader.atEnd; reader.skipSeparators())
    values.push(reader.value(reader.take()));
  if (values.length === 0)
    throw reader.missing('missing_value', '.temp has no value.', 'Write .temp 25.');
  return { kind: 'temperature', values, span: reader.span };
}

/** The rest of the card is one path, blanks too. */
function restAsPath(reader: CardReader, keyword: Word): Word {
  const token = reader.peek();
  if (token === undefined) {
    const hint = `Write ${keyword.text} "file".`;
    throw reader.missing('missing_file', `${keyword.text} names no file.`, hint);
  }
  if (token.tokenType !== WordToken) return reader.unquoted(token);
  const span = reader.rest;
  return { text: reader.source.text.slice(span.start, span.end), span };
}

function library(reader: CardReader, keyword: Word): Command {
  const token = reader.peek();
  const { defaultLibrary } = reader.dialect.facts;
  if (token === undefined && defaultLibrary !== undefined) {
    return { command: 'library', path: { text: defaultLibrary, span: keyword.span } };
  }
  const section = reader.peek(1);
  // An unquoted path may hold blanks, as in `C:\\My Documents\\x.lib`.
  const isPath = section !== undefined && /[\\/]/.test(section.image);
  if (token === undefined || section === undefined || isPath || reader.peek(2) !== undefined) {
    return { command: 'library', path: restAsPath(reader, keyword) };
  }
  return {
    command: 'include',
    path: reader.unquoted(token),
    section: reader.unquoted(section),
    library: true,
  };
}
