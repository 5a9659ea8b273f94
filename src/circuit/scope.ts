/**
 * Parameters and functions of one level of the netlist, and the value of an expression there.
 * Parameters are evaluated when asked for, so they may be used before they are defined; a definition
 * that needs itself is refused. An inner level shadows the outer one.
 */

import type { Expression, Word } from '../../grammar/expression.ts';
import type { Span } from '../../grammar/source.ts';
import { DIALECTS } from '../../grammar/spice/dialect.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import { type Vocabulary, vocabulary } from './functions.ts';

/** Why an expression has no value; turned into a diagnostic where the card is built. */
export class EvaluationFault extends Error {
  readonly code: string;
  readonly span: Span;
  readonly hint: string | undefined;

  constructor(code: string, span: Span, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.span = span;
    this.hint = hint;
  }
}

export interface UserFunction {
  readonly formals: readonly Word[];
  readonly body: Expression;
}

/** How deep functions may call each other, and parameters rest on each other. */
const MAXIMUM_DEPTH = 500;
/** How many calls one value may take: functions that call each other twice per level double them. */
const MAXIMUM_CALLS = 100_000;

/** What the value being computed has taken so far; shared by all scopes of one netlist. */
interface Effort {
  depth: number;
  calls: number;
}

export class Scope {
  readonly #parent: Scope | undefined;
  readonly #expressions = new Map<string, Expression>();
  readonly #values = new Map<string, number>();
  readonly #functions = new Map<string, UserFunction>();
  readonly #pending = new Set<string>();
  readonly #effort: Effort;
  readonly #words: Vocabulary;

  /** The vocabulary is that of the outer level; without one ngspice's at 27 deg C. */
  constructor(parent?: Scope, words?: Vocabulary) {
    this.#parent = parent;
    this.#words = words ?? parent?.words ?? vocabulary(DIALECTS.ngspice, 27);
    this.#effort = parent === undefined ? { depth: 0, calls: 0 } : parent.#effort;
  }

  get words(): Vocabulary {
    return this.#words;
  }

  /** The last definition of a name wins, as in ngspice. */
  define(name: string, expression: Expression): void {
    this.#expressions.set(name.toLowerCase(), expression);
  }

  /** A value that beats every definition: what an instance hands to its subcircuit. */
  fix(name: string, value: number): void {
    this.#values.set(name.toLowerCase(), value);
  }

  defineFunction(name: string, formals: readonly Word[], body: Expression): void {
    this.#functions.set(name.toLowerCase(), { formals, body });
  }

  /** Whether a parameter of this name is visible here. */
  has(name: string): boolean {
    const key = name.toLowerCase();
    const own = this.#values.has(key) || this.#expressions.has(key);
    return own || (this.#parent?.has(name) ?? false);
  }

  /** The function that the netlist defines under this name, as visible here. */
  userFunction(name: string): UserFunction | undefined {
    return this.#functions.get(name.toLowerCase()) ?? this.#parent?.userFunction(name);
  }

  /** @throws {EvaluationFault} when a name is unknown, circular, or the value is not a finite number. */
  evaluate(expression: Expression): number {
    this.#effort.calls = 0;
    const value = this.#evaluate(expression);
    if (Number.isFinite(value)) return value;
    throw new EvaluationFault(
      'not_finite',
      expression.span,
      `This expression has no finite value (it is ${value}).`,
    );
  }

  #lookup(name: string, span: Span): number {
    const key = name.toLowerCase();
    const fixed = this.#values.get(key);
    if (fixed !== undefined) return fixed;
    const expression = this.#expressions.get(key);
    if (expression === undefined) {
      if (this.#parent !== undefined) return this.#parent.#lookup(name, span);
      const constant = this.#words.constants.get(key);
      if (constant !== undefined) return constant;
      throw new EvaluationFault(
        'undefined_parameter',
        span,
        `Parameter "${name}" is not defined${didYouMean(name, this.#names())}.`,
        `Define it with ".param ${name}=...".`,
      );
    }
    if (this.#pending.has(key)) {
      throw new EvaluationFault(
        'circular_parameter',
        span,
        `Parameter "${name}" is defined by itself.`,
      );
    }
    this.#pending.add(key);
    try {
      const value = this.#deeper('parameter', span, () => this.#evaluate(expression));
      this.#values.set(key, value);
      return value;
    } finally {
      this.#pending.delete(key);
    }
  }

  #deeper(what: 'parameter' | 'function', span: Span, evaluate: () => number): number {
    const effort = this.#effort;
    if (effort.depth >= MAXIMUM_DEPTH) {
      const message = `The ${what}s here rest on each other more than ${MAXIMUM_DEPTH} deep.`;
      throw new EvaluationFault(`${what}_too_deep`, span, message);
    }
    effort.depth++;
    try {
      return evaluate();
    } finally {
      effort.depth--;
    }
  }

  /** Names that are visible here, for suggestions. */
  #names(): string[] {
    const outer = this.#parent === undefined ? [] : this.#parent.#names();
    return [...this.#expressions.keys(), ...outer];
  }

  #evaluate(expression: Expression): number {
    switch (expression.kind) {
      case 'number':
        return expression.value;
      case 'name':
        return this.#lookup(expression.name, expression.span);
      case 'unary':
        return unary(expression.operator, this.#evaluate(expression.operand));
      case 'binary':
        return binary(
          expression.operator,
          [this.#evaluate(expression.left), this.#evaluate(expression.right)],
          this.#words,
        );
      case 'conditional': {
        const test = this.#evaluate(expression.test);
        if (Number.isNaN(test)) return test;
        return this.#evaluate(test !== 0 ? expression.consequent : expression.alternative);
      }
      case 'magnitude':
        return Math.abs(this.#evaluate(expression.operand));
      case 'call':
        return this.#call(expression.name, expression.arguments, expression.span);
      case 'probe':
        throw new EvaluationFault(
          'voltage_in_parameter',
          expression.span,
          `"${expression.quantity}(...)" depends on the solution and cannot stand in a constant expression.`,
        );
    }
  }

  #call(name: string, operands: readonly Expression[], span: Span): number {
    const user = this.userFunction(name);
    if (user !== undefined) return this.#callUser(name, user, operands, span);
    const builtIn = this.#words.functions.get(name.toLowerCase());
    if (builtIn === undefined) {
      throw new EvaluationFault(
        'unknown_function',
        span,
        `There is no function "${name}"${didYouMean(name, this.#words.functions.keys())}.`,
      );
    }
    if (operands.length < builtIn.least || operands.length > builtIn.most) {
      const { least, most } = builtIn;
      const more = Number.isFinite(most) ? `${least} to ${most}` : `at least ${least}`;
      throw wrongCount(name, {
        wanted: least === most ? `${least}` : more,
        found: operands.length,
        span,
      });
    }
    const values = operands.map((operand) => this.#evaluate(operand));
    // A choice may leave out an operand that has no value; nothing else can make one of it.
    const decisive = builtIn.choice === true ? values.slice(0, 1) : values;
    return decisive.some(Number.isNaN) ? Number.NaN : builtIn.apply(...values);
  }

  #callUser(name: string, user: UserFunction, operands: readonly Expression[], span: Span): number {
    if (operands.length !== user.formals.length) {
      throw wrongCount(name, { wanted: `${user.formals.length}`, found: operands.length, span });
    }
    if (++this.#effort.calls > MAXIMUM_CALLS) {
      const message = `This value takes more than ${MAXIMUM_CALLS} calls of functions.`;
      throw new EvaluationFault('expression_too_long', span, message);
    }
    const inner = new Scope(this);
    user.formals.forEach((formal, index) => {
      const operand = operands[index];
      if (operand !== undefined) inner.fix(formal.text, this.#evaluate(operand));
    });
    return this.#deeper('function', span, () => inner.#evaluate(user.body));
  }
}

function wrongCount(
  name: string,
  { wanted, found, span }: { wanted: string; found: number; span: Span },
): EvaluationFault {
  return new EvaluationFault(
    'wrong_argument_count',
    span,
    `Function "${name}" takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${found}.`,
  );
}

function unary(operator: string, x: number): number {
  switch (operator) {
    case '-':
      return -x;
    case '+':
      return x;
    default:
      return Number.isNaN(x) ? x : x === 0 ? 1 : 0;
  }
}

/** What has no value in an operand has none in the result: NaN compares as false and has the power 1. */
function binary(
  operator: string,
  [x, y]: readonly [number, number],
  { power }: Vocabulary,
): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
    case '\\':
      return Math.floor(Math.abs(x / y)); // ngspice 45, measured: (-7) \ 2 is 3
    case '**':
    case '^':
      return power(x, y);
    case '<':
      return x < y ? 1 : 0;
    case '<=':
      return x <= y ? 1 : 0;
    case '>':
      return x > y ? 1 : 0;
    case '>=':
      return x >= y ? 1 : 0;
    case '==':
      return x === y ? 1 : 0;
    case '!=':
      return x !== y ? 1 : 0;
    case '&':
    case '&&':
      return x !== 0 && y !== 0 ? 1 : 0;
    case 'xor':
      return (x !== 0) !== (y !== 0) ? 1 : 0;
    default:
      return x !== 0 || y !== 0 ? 1 : 0;
  }
}
