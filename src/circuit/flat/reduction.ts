/**
 * Partial evaluation: in an expression that depends on the solution or on time, every constant part
 * becomes its number, and functions of the netlist are written out. A constant expression is a number.
 */

import type { Expression } from '../../../grammar/expression.ts';
import { EvaluationFault, Scope } from '../scope.ts';

export type Probe = Extract<Expression, { kind: 'probe' }>;

export interface ReductionRules {
  readonly scope: Scope;
  /** The probe in the names of the flat netlist. */
  readonly probe: (probe: Probe) => Expression;
}

/** Names that only a running simulation knows. */
const RUNNING: ReadonlySet<string> = new Set(['time', 'hertz', 'freq']);

/** How many parts one expression may have when all its functions are written out. */
const MAXIMUM_PARTS = 20_000;
/** How deep functions may call each other. */
const MAXIMUM_DEPTH = 200;

type Formals = ReadonlyMap<string, Expression>;
const NO_FORMALS: Formals = new Map();

export class Reduction {
  readonly #rules: ReductionRules;
  /** Whether the body of a function depends on the solution, whatever its arguments. */
  readonly #openBodies = new Map<Expression, boolean>();
  #unknown: ReadonlySet<string> = RUNNING;
  #parts = 0;
  #depth = 0;

  constructor(rules: ReductionRules) {
    this.#rules = rules;
  }

  /**
   * `unknown` are further names that stay, as the `s` of a transfer function.
   *
   * @throws {EvaluationFault} where `Scope.evaluate` does, and `expression_too_long`.
   */
  reduce(expression: Expression, unknown: readonly string[] = []): Expression {
    this.#unknown = unknown.length === 0 ? RUNNING : new Set([...RUNNING, ...unknown]);
    this.#parts = 0;
    this.#depth = 0;
    return this.#reduce(expression, NO_FORMALS);
  }

  #reduce(expression: Expression, formals: Formals): Expression {
    const { span } = expression;
    if (++this.#parts > MAXIMUM_PARTS) {
      const message = `This expression has more than ${MAXIMUM_PARTS} parts when its functions are written out.`;
      throw new EvaluationFault('expression_too_long', span, message);
    }
    if (expression.kind === 'number') return expression;
    if (!this.#isOpen(expression, formals)) {
      return { kind: 'number', value: this.#scopeWith(formals).evaluate(expression), span };
    }
    const operand = (each: Expression): Expression => signed(this.#reduce(each, formals));
    switch (expression.kind) {
      case 'name':
        return formals.get(expression.name.toLowerCase()) ?? expression;
      case 'probe':
        return this.#rules.probe(expression);
      case 'unary':
      case 'magnitude':
        return { ...expression, operand: operand(expression.operand) };
      case 'binary':
        return { ...expression, left: operand(expression.left), right: operand(expression.right) };
      case 'conditional': {
        const { test, consequent, alternative } = expression;
        if (this.#isOpen(test, formals)) {
          const [a, b, c] = [operand(test), operand(consequent), operand(alternative)];
          return { ...expression, test: a, consequent: b, alternative: c };
        }
        const holds = this.#scopeWith(formals).evaluate(test) !== 0;
        return this.#reduce(holds ? consequent : alternative, formals);
      }
      case 'call':
        return this.#call(expression, formals);
    }
  }

  #call(call: Extract<Expression, { kind: 'call' }>, formals: Formals): Expression {
    const { name, span } = call;
    const operands = call.arguments.map((each) => this.#reduce(each, formals));
    const user = this.#rules.scope.userFunction(name);
    if (user === undefined) return { ...call, arguments: operands };
    if (operands.length !== user.formals.length) {
      const message = `Function "${name}" takes ${user.formals.length} arguments, not ${operands.length}.`;
      throw new EvaluationFault('wrong_argument_count', span, message);
    }
    const inner = new Map<string, Expression>();
    for (const [i, formal] of user.formals.entries()) {
      const operand = operands[i];
      if (operand !== undefined) inner.set(formal.text.toLowerCase(), operand);
    }
    if (++this.#depth > MAXIMUM_DEPTH) {
      const message = `The functions here rest on each other more than ${MAXIMUM_DEPTH} deep.`;
      throw new EvaluationFault('function_too_deep', span, message);
    }
    const body = this.#reduce(user.body, inner);
    this.#depth--;
    return body;
  }

  /** Whether the value is not known before the simulation. */
  #isOpen(expression: Expression, formals: Formals): boolean {
    const open = (each: Expression): boolean => this.#isOpen(each, formals);
    switch (expression.kind) {
      case 'number':
        return false;
      case 'probe':
        return true;
      case 'name': {
        const name = expression.name.toLowerCase();
        const formal = formals.get(name);
        if (formal !== undefined) return formal.kind !== 'number';
        return this.#unknown.has(name) && !this.#rules.scope.has(name);
      }
      case 'unary':
      case 'magnitude':
        return open(expression.operand);
      case 'binary':
        return open(expression.left) || open(expression.right);
      case 'conditional':
        return [expression.test, expression.consequent, expression.alternative].some(open);
      case 'call':
        return expression.arguments.some(open) || this.#isOpenFunction(expression.name);
    }
  }

  #isOpenFunction(name: string): boolean {
    const body = this.#rules.scope.userFunction(name)?.body;
    if (body === undefined) return false;
    const known = this.#openBodies.get(body);
    if (known !== undefined) return known;
    this.#openBodies.set(body, false); // a function that calls itself is refused when it is evaluated
    const open = this.#isOpen(body, NO_FORMALS);
    this.#openBodies.set(body, open);
    return open;
  }

  #scopeWith(formals: Formals): Scope {
    const { scope } = this.#rules;
    if (formals.size === 0) return scope;
    const inner = new Scope(scope);
    for (const [name, value] of formals) if (value.kind === 'number') inner.fix(name, value.value);
    return inner;
  }
}

/** A number as an operand: `3 * (-2)`, because a sign behind an operator is refused by some. */
function signed(expression: Expression): Expression {
  if (expression.kind !== 'number' || !(expression.value < 0)) return expression;
  const { value, span } = expression;
  return { kind: 'unary', operator: '-', operand: { ...expression, value: -value }, span };
}

/** factor * expression, as simple as it can be written. */
export function times(expression: Expression, factor: number): Expression {
  const { span } = expression;
  if (factor === 1) return expression;
  if (expression.kind === 'number') return { ...expression, value: expression.value * factor };
  const number: Expression = { kind: 'number', value: factor, span };
  return { kind: 'binary', operator: '*', left: number, right: expression, span };
}

/** expression / divisor */
export function over(expression: Expression, divisor: number): Expression {
  const { span } = expression;
  if (divisor === 1) return expression;
  if (expression.kind === 'number') return { ...expression, value: expression.value / divisor };
  const number: Expression = { kind: 'number', value: divisor, span };
  return { kind: 'binary', operator: '/', left: expression, right: number, span };
}
