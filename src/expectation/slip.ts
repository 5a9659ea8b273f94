/**
 * A formula that is wrong: which small change makes it right for all values. The slips of hand calculations are few
 * (names exchanged, a sign, series for parallel, a forgotten 1, the formula of another quantity), so each is tried,
 * and what is reported has been tested like any other formula.
 */

import { parseFormula } from '../../grammar/directive/parse.ts';
import type { BinaryOperator, Expression } from '../../grammar/expression.ts';
import { SyntaxFault } from '../../grammar/precedence.ts';
import { extentOf, operands, symbolsOf, textOf } from '../../grammar/walk.ts';
import { FormulaFault } from './fault.ts';
import type { Formula, FormulaCompiler } from './formula.ts';
import { agrees, type Equality, holdsElsewhere, type Trials } from './identity.ts';
import { elementOf } from './quantities.ts';

/** What is wrong, in a sentence, and the formula that holds. */
export interface Slip {
  readonly reason: string;
  /** As text. */
  readonly formula: string;
  /** It holds for all values, not for those of the circuit only. */
  readonly everywhere: true;
}

/** As a part of a sentence. */
export function slipText({ reason, formula }: Slip): string {
  return `${reason}: ${formula} holds at all values`;
}

interface Candidate {
  readonly text: string;
  readonly reason: string;
}

/** More candidates than this are not tried. */
const MOST_CANDIDATES = 400;

/** The first change of `right` that makes the equality hold in all trials. */
export function slipOf(
  { equality, right }: { readonly equality: Equality; readonly right: Expression },
  { trials, compile, parse }: { trials: Trials; compile: FormulaCompiler; parse: Parse },
): Slip | undefined {
  // A name for a name is another statement, not a correction.
  if (right.kind === 'name' || right.kind === 'probe') return undefined;
  for (const { text, reason } of candidates(right, { equality, trials }).slice(
    0,
    MOST_CANDIDATES,
  )) {
    const expression = parse(text);
    const changed = expression === undefined ? undefined : compiled(expression, compile);
    if (changed === undefined) continue;
    const candidate = { ...equality, right: changed };
    if (agrees(trials.here(candidate), candidate) !== true) continue;
    // What is true for these values only explains nothing: many a wrong formula is.
    if (holdsElsewhere(candidate, trials) === true) {
      return { reason, formula: text, everywhere: true };
    }
  }
  return undefined;
}

/** The expression that a text is; undefined if it is none. */
export type Parse = (text: string) => Expression | undefined;

function compiled(expression: Expression, compile: FormulaCompiler): Formula | undefined {
  try {
    return compile(expression);
  } catch (fault) {
    if (fault instanceof FormulaFault) return undefined;
    throw fault;
  }
}

function candidates(
  right: Expression,
  { equality, trials }: { readonly equality: Equality; readonly trials: Trials },
): Candidate[] {
  const text = textOf(right);
  const isSum = right.kind === 'binary' && (right.operator === '+' || right.operator === '-');
  const factor = isSum ? `(${text})` : text;
  return [
    { text: `-${factor}`, reason: 'the sign is wrong' },
    { text: `1 + ${text}`, reason: '1 is missing' },
    { text: `${text} - 1`, reason: '1 is too much' },
    ...exchanges(right),
    ...operators(right, { equality, trials }),
    { text: `1/(${text})`, reason: 'it is the reciprocal' },
    { text: `2*${factor}`, reason: 'a factor of 2 is missing' },
    { text: `${factor}/2`, reason: 'a factor of 2 is too much' },
    ...replacements(right, { equality, trials }),
    ...forgotten(factor, { equality, trials }),
    ...otherQuantities(right),
  ];
}

/** Two names in each other's place. */
function exchanges(right: Expression): Candidate[] {
  const names = placesOf(right);
  const distinct = [...new Set(names.map(({ text }) => text))];
  return distinct.flatMap((a, i) =>
    distinct.slice(i + 1).map((b) => ({
      text: edited(
        right,
        names.flatMap(({ text, start, end }) =>
          text === a ? [{ start, end, text: b }] : text === b ? [{ start, end, text: a }] : [],
        ),
      ),
      reason: `${a} and ${b} are exchanged`,
    })),
  );
}

/** Another element of the same kind in the place of a name. */
function replacements(
  right: Expression,
  { equality, trials }: { readonly equality: Equality; readonly trials: Trials },
): Candidate[] {
  const { circuit } = trials.ground;
  const { prefix } = equality;
  const names = placesOf(right);
  return [...new Set(names.map(({ text }) => text))].flatMap((name) => {
    const element = elementOf(circuit, prefix + name);
    if (element === undefined) return [];
    return circuit.elements.flatMap((other) => {
      if (other.kind !== element.kind || other === element || !other.name.startsWith(prefix)) {
        return [];
      }
      const short = other.name.slice(prefix.length);
      const changes = names.flatMap(({ text, start, end }) =>
        text === name ? [{ start, end, text: short }] : [],
      );
      return [{ text: edited(right, changes), reason: `${name} stands where ${short} belongs` }];
    });
  });
}

/** Another quantity of the same op amp and the same unit. */
function otherQuantities(right: Expression): Candidate[] {
  return probesOf(right).flatMap(({ quantity, names, span }) => {
    const group = GROUPS.find((names) => names.includes(quantity.toUpperCase())) ?? [];
    const rest = names.map(({ text }) => text).join(',');
    return group.flatMap((other) => {
      if (other === quantity.toUpperCase()) return [];
      const { start, end } = span;
      const text = edited(right, [{ start, end, text: `${other}(${rest})` }]);
      return [{ text, reason: `${quantity} stands where ${other} belongs` }];
    });
  });
}

const GROUPS: readonly (readonly string[])[] = [
  ['VIE', 'VOST', 'VOS', 'VIBN', 'VIBI'],
  ['RNEQ', 'RIEQ'],
  ['IBN', 'IBI', 'IB', 'IOS'],
  ['GN', 'GNO'],
];

function probesOf(expression: Expression): Extract<Expression, { kind: 'probe' }>[] {
  return symbolsOf(expression).flatMap((symbol) => (symbol.kind === 'probe' ? [symbol] : []));
}

/** A noise gain that is left out, between the input and the output of an op amp. */
function forgotten(
  factor: string,
  { equality, trials }: { readonly equality: Equality; readonly trials: Trials },
): Candidate[] {
  const { prefix } = equality;
  const named = [...equality.left.symbols, ...equality.right.symbols].flatMap((symbol) =>
    symbol.kind === 'probe' ? [prefix + (symbol.names[0]?.text ?? '')] : [],
  );
  const opAmps = trials.ground.circuit.elements.filter(
    ({ kind, name }) => kind === 'opAmp' && name.startsWith(prefix),
  );
  const ofFormula = opAmps
    .filter(({ name }) => named.includes(name))
    .sort((a, b) => named.indexOf(a.name) - named.indexOf(b.name));
  return (ofFormula.length > 0 ? ofFormula : opAmps).flatMap(({ name }) => {
    const gain = `GN(${name.slice(prefix.length)})`;
    return [
      { text: `${factor}*${gain}`, reason: `${gain} is missing as a factor` },
      { text: `${factor}/${gain}`, reason: `${gain} is missing as a divisor` },
    ];
  });
}

const OTHERS: readonly (readonly [from: BinaryOperator, to: string, reason: string])[] = [
  ['+', '-', 'a plus should be a minus'],
  ['-', '+', 'a minus should be a plus'],
  ['+', '||', 'resistors in parallel are added'],
  ['||', '+', 'resistors in series are put in parallel'],
  ['/', '*', 'a quotient should be a product'],
  ['*', '/', 'a product should be a quotient'],
];

/** Another operator at one place; only resistors are put in parallel. */
function operators(
  root: Expression,
  { equality, trials }: { readonly equality: Equality; readonly trials: Trials },
): Candidate[] {
  const isResistive = (operand: Expression) =>
    symbolsOf(operand).every((symbol) =>
      symbol.kind === 'name'
        ? elementOf(trials.ground.circuit, equality.prefix + symbol.name)?.kind === 'resistor'
        : /^R/i.test(symbol.quantity),
    );
  const found: Candidate[] = [];
  const visit = (expression: Expression): void => {
    if (expression.kind === 'binary') {
      const { left, right, operator } = expression;
      const between = source(root).slice(left.span.end, right.span.start);
      const at = left.span.end + between.indexOf(operator);
      for (const [from, to, reason] of OTHERS) {
        if (from !== operator || between.indexOf(operator) < 0) continue;
        if (to === '||' && !(isResistive(left) && isResistive(right))) continue;
        const change = { start: at, end: at + operator.length, text: to };
        found.push({ text: edited(root, [change]), reason });
      }
    }
    operands(expression).forEach(visit);
  };
  visit(root);
  return found;
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where the plain names of an expression stand. */
function placesOf(expression: Expression): Change[] {
  if (expression.kind === 'name') {
    const { start, end } = expression.span;
    return [{ start, end, text: expression.name }];
  }
  return operands(expression).flatMap(placesOf);
}

/** The text of an expression with changes at their places. */
function edited(root: Expression, changes: readonly Change[]): string {
  const { start, end } = extentOf(root);
  let text = '';
  let at = start;
  for (const change of [...changes].sort((a, b) => a.start - b.start)) {
    text += source(root).slice(at, change.start) + change.text;
    at = change.end;
  }
  return (text + source(root).slice(at, end)).trim();
}

function source({ span }: Expression): string {
  return span.source.text;
}

/** The formula that a text is; undefined if it is none. */
export function parsedFormula(text: string): Expression | undefined {
  try {
    return parseFormula({ name: '<formula>', text });
  } catch (fault) {
    if (fault instanceof SyntaxFault) return undefined;
    throw fault;
  }
}
