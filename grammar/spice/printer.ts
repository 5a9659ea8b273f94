/**
 * Syntax tree -> clean netlist: one card per line, numbers in full, included files in their places.
 * Read back by the rules of the printed dialect it is the same tree, apart from spans and units.
 */

import { hasBareLists } from './cards/model.ts';
import { DIALECTS, type DialectName } from './dialect.ts';
import { parametersWord, printAssignments, printCard, printValue } from './print-card.ts';
import { type Languages, printExpression } from './print-expression.ts';
import type { Assignment, DotCard, Netlist, Statement, Subcircuit } from './tree.ts';

export interface PrintOptions {
  /** Whose rules the text shall obey; the netlist's own unless given. */
  readonly to?: DialectName;
}

/** The text of a netlist, its title on the first line. */
export function printNetlist({ title, dialect, statements }: Netlist, options: PrintOptions = {}) {
  const languages = { from: dialect.facts, to: DIALECTS[options.to ?? dialect.name] };
  const body = statements.flatMap((statement) => printStatement(statement, languages));
  return `${[title, ...body, '.end'].join('\n')}\n`;
}

/** The lines of a statement. */
function printStatement(statement: Statement, languages: Languages): string[] {
  switch (statement.kind) {
    case 'card':
      return [printCard(statement, languages)];
    case 'subcircuit':
      return printSubcircuit(statement, languages);
    case 'directive': {
      const { source, start, end } = statement.span;
      return [source.text.slice(start, end).trimEnd()];
    }
    case 'if': {
      const lines = statement.branches.flatMap(({ condition, statements }, index) => [
        condition === undefined
          ? '.else'
          : `${index === 0 ? '.if' : '.elseif'} (${printExpression(condition, languages)})`,
        ...statements.flatMap((inner) => printStatement(inner, languages)),
      ]);
      return [...lines, '.endif'];
    }
    default:
      return [printDotCard(statement, languages)];
  }
}

function printSubcircuit(definition: Subcircuit, languages: Languages): string[] {
  const { name, ports, optional = [], parameters, texts = [], statements, comments } = definition;
  const head = ['.subckt', name.text, ...ports.map(({ text }) => text)];
  if (optional.length > 0) {
    head.push('OPTIONAL:', ...optional.map(({ port, node }) => `${port.text}=${node.text}`));
  }
  // Behind OPTIONAL: only a word of their own tells the parameters apart.
  const word = optional.length > 0 ? 'PARAMS:' : parametersWord(parameters, languages);
  if (parameters.length > 0) head.push(word, ...printAssignments(parameters, languages));
  if (texts.length > 0) head.push('TEXT:', ...printAssignments(texts, languages));
  return [
    // A blank line keeps the comments of an outer definition from those of this one.
    '',
    head.filter((part) => part !== '').join(' '),
    ...comments.map(({ text }) => `* ${text.startsWith('@') ? ' ' : ''}${text}`.trimEnd()),
    ...statements.flatMap((statement) => printStatement(statement, languages)),
    `.ends ${name.text}`,
  ];
}

function printDotCard(card: DotCard, languages: Languages): string {
  switch (card.kind) {
    case 'parameters':
      return ['.param', ...card.assignments.map((each) => definition(each, languages))].join(' ');
    case 'function': {
      const formals = card.formals.map(({ text }) => text).join(', ');
      return `.func ${card.name.text}(${formals}) {${printExpression(card.body, languages)}}`;
    }
    case 'model': {
      const { name, type, base, parameters, words = [], lists = [] } = card;
      const ako = base === undefined ? '' : `ako:${base.text} `;
      const flags = words.map(({ text }) => text);
      const single = parameters.filter(({ key }) => lists.every((each) => each.key !== key));
      const whole = lists.map(({ key, values }) => {
        const list = values.map((value) => printValue(value, languages)).join(' ');
        return `${key.text}=${hasBareLists(type.text) ? list : `[${list}]`}`;
      });
      const list = [...flags, ...printAssignments(single, languages), ...whole].join(' ');
      return `.model ${name.text} ${ako}${type.text}(${list})`;
    }
    case 'global':
      return ['.global', ...card.nodes.map(({ text }) => text)].join(' ');
    case 'connect':
      return ['.connect', ...card.nodes.map(({ text }) => text)].join(' ');
    case 'start': {
      const values = card.values.map(
        ({ node, value }) => `V(${node.text})=${printValue(value, languages)}`,
      );
      return [card.keyword.text, ...values].join(' ');
    }
    case 'temperature':
      return ['.temp', ...card.values.map((value) => printValue(value, languages))].join(' ');
    case 'options': {
      const words = card.words.map(({ text }) => text);
      return ['.options', ...words, ...printAssignments(card.assignments, languages)].join(' ');
    }
    case 'kept':
      return isUnderstood(card.keyword.text, languages) ? card.text : commented(card.text);
  }
}

/** Kept cards that every dialect has; another program's own ones would stop the reader. */
const COMMON = /^\.(?:op|tran|ac|dc|tf|noise|save|meas|measure|four|lib|include)$/i;

function isUnderstood(keyword: string, { from, to }: Languages): boolean {
  return from.name === to.name || COMMON.test(keyword);
}

function commented(text: string): string {
  return text.replace(/^/gm, '* ');
}

function definition({ key, value }: Assignment, languages: Languages): string {
  return `${key.text}=${printValue(value, languages)}`;
}
