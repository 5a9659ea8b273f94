/**
 * A formula of an expectation -> a mathjs expression with our symbols. The directive grammar parses, so
 * that `R1 || R2` and `|VOE|` mean what an engineer means; mathjs evaluates. mathjs is loaded when the
 * first formula needs it, without its matrix solvers.
 */

import type { MathNode } from 'mathjs';
import type { Expression } from '../../grammar/expression.ts';
import type { SymbolNode } from '../../grammar/walk.ts';
import { FormulaFault } from './fault.ts';
import { literalOf } from './literal.ts';

/** The value of a name or probe [SI]. @throws {FormulaFault} when it has none. */
export type Resolve = (symbol: SymbolNode) => number;

export interface Formula {
  /** From left to right, each as often as it is written. */
  readonly symbols: readonly SymbolNode[];
  /** @throws {FormulaFault} from `resolve`. */
  evaluate(resolve: Resolve): number;
}

export type FormulaCompiler = (expression: Expression) => Formula;

/** Loads mathjs once and gives the compiler of formulas. */
export async function formulaCompiler(): Promise<FormulaCompiler> {
  const { math } = await import('./mathjs.ts');

  const operator = (symbol: string, name: string, operands: MathNode[]): MathNode =>
    new math.OperatorNode(symbol as '+', name as 'add', operands);
  const call = (name: string, operands: MathNode[]): MathNode =>
    new math.FunctionNode(new math.SymbolNode(name), operands);
  /** a b / (a + b): resistors in parallel. */
  const parallel = (a: MathNode, b: MathNode): MathNode =>
    operator('/', 'divide', [operator('*', 'multiply', [a, b]), operator('+', 'add', [a, b])]);

  return (root) => {
    const symbols: SymbolNode[] = [];
    const build = (expression: Expression): MathNode => {
      switch (expression.kind) {
        case 'number':
          return new math.ConstantNode(literalOf(expression).value);
        case 'name':
        case 'probe':
          symbols.push(expression);
          return new math.SymbolNode(symbolName(symbols.length - 1));
        case 'magnitude':
          return call('abs', [build(expression.operand)]);
        case 'unary':
          if (expression.operator === '-')
            return operator('-', 'unaryMinus', [build(expression.operand)]);
          if (expression.operator === '+') return build(expression.operand);
          throw new FormulaFault(
            expression.span,
            `"${expression.operator}" has no meaning in a formula.`,
          );
        case 'binary':
          return binary(expression, build(expression.left), build(expression.right));
        case 'call':
          return called(expression, expression.arguments.map(build));
        case 'conditional':
          throw new FormulaFault(expression.span, 'A formula has no conditions.');
      }
    };
    const binary = (
      { operator: symbol, span }: Extract<Expression, { kind: 'binary' }>,
      a: MathNode,
      b: MathNode,
    ): MathNode => {
      if (symbol === '||') return parallel(a, b);
      const name = OPERATORS.get(symbol);
      if (name === undefined)
        throw new FormulaFault(span, `"${symbol}" has no meaning in a formula.`);
      return operator(symbol === '**' ? '^' : symbol, name, [a, b]);
    };
    const called = (
      { name, span }: Extract<Expression, { kind: 'call' }>,
      operands: MathNode[],
    ): MathNode => {
      const key = name.toLowerCase();
      if (key === 'parallel' && operands.length > 1) return operands.reduce(parallel);
      const function_ = FUNCTIONS.get(key);
      if (function_ !== undefined && operands.length > 0) return call(function_, operands);
      throw new FormulaFault(
        span,
        `There is no function "${name}" for formulas.`,
        `Functions are parallel, ${[...FUNCTIONS.keys()].join(', ')}.`,
      );
    };
    const compiled = build(root).compile();
    return {
      symbols,
      evaluate: (resolve) => {
        const scope = new Map(symbols.map((symbol, i) => [symbolName(i), resolve(symbol)]));
        return Number(compiled.evaluate(scope));
      },
    };
  };
}

/** Names of the netlist never reach mathjs, which would take `m` or `RC` for a unit. */
function symbolName(index: number): string {
  return `s${index}`;
}

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['+', 'add'],
  ['-', 'subtract'],
  ['*', 'multiply'],
  ['/', 'divide'],
  ['^', 'pow'],
  ['**', 'pow'],
]);

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['abs', 'abs'],
  ['sqrt', 'sqrt'],
  ['min', 'min'],
  ['max', 'max'],
  ['exp', 'exp'],
  ['ln', 'log'],
  ['log10', 'log10'],
]);
