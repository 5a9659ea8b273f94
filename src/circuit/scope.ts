/**
 * Parameters and functions of one level of the netlist, and the value of an expression there.
 * Parameters are evaluated when asked for, so they may be used before they are defined; a definition
 * that needs itself is refused. An inner level shadows the outer one.
 */

import type { Expression, Word } from '../../grammar/expression.ts';
import type { Span } from '../../grammar/source.ts';
import { DIALECTS, type Dialect } from '../../grammar/spice/dialect.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import { binary, conditional, constant, type Formula, partsOf, unary } from '../devices/formula.ts';
import {
  TABLE_HINT,
  TableFault,
  type Vocabulary,
  vocabulary,
  vocabularyIn,
  type Words,
} from './functions.ts';
import { operationOf } from './operators.ts';

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

/** How many operations a formula of the solution may have. */
const MAXIMUM_OPERATIONS = 20_000;

/** What the value being computed has taken so far; shared by all scopes of one netlist. */
interface Effort {
  depth: number;
  calls: number;
  operations: number;
}

type Probe = Extract<Expression, { kind: 'probe' }>;

/** How an expression is read: what its words mean, and what its probes stand for. */
interface Reading {
  readonly words: Words;
  readonly probe: (probe: Probe) => Formula;
}

/** What a parameter is, and what its words mean. */
interface Definition {
  readonly expression: Expression;
  readonly reading: Reading;
}

const NGSPICE_WORDS = vocabulary(DIALECTS.ngspice, 27);

export class Scope {
  readonly #parent: Scope | undefined;
  readonly #expressions = new Map<string, Definition>();
  readonly #values = new Map<string, Formula>();
  readonly #functions = new Map<string, UserFunction>();
  readonly #pending = new Set<string>();
  readonly #effort: Effort;
  readonly #words: Vocabulary;
  readonly #constants: Reading;

  /** The vocabulary is that of the outer level; without one that of ngspice at 27 deg C. */
  constructor(parent?: Scope, words?: Vocabulary) {
    this.#parent = parent;
    this.#words = words ?? parent?.words ?? NGSPICE_WORDS;
    this.#constants = { words: this.#words, probe: refuseProbe };
    this.#effort = parent === undefined ? { depth: 0, calls: 0, operations: 0 } : parent.#effort;
  }

  get words(): Vocabulary {
    return this.#words;
  }

  /** The last definition of a name wins, as in ngspice; `dialect` where it is not that of the scope. */
  define(name: string, expression: Expression, dialect?: Dialect): void {
    const words = vocabularyIn(dialect, this.#words);
    const reading = words === this.#words ? this.#constants : { words, probe: refuseProbe };
    this.#expressions.set(name.toLowerCase(), { expression, reading });
  }

  /** A value that beats every definition: what an instance hands to its subcircuit. */
  fix(name: string, value: number): void {
    this.#values.set(name.toLowerCase(), constant(value));
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
    if (expression.kind === 'number' && Number.isFinite(expression.value)) return expression.value;
    this.#effort.calls = 0;
    const value = this.#number({ expression, reading: this.#constants });
    if (Number.isFinite(value)) return value;
    throw notFinite(expression, value);
  }

  /**
   * An expression of the solution: parameters are numbers in it, functions inlined, and `probe` says
   * what a voltage or current is. @throws {EvaluationFault} as `evaluate`, and for more than 20,000 operations.
   */
  formula(expression: Expression, probe: (probe: Probe) => Formula): Formula {
    Object.assign(this.#effort, { calls: 0, operations: 0 });
    const formula = this.#formula(expression, { words: this.#words.behavioural, probe });
    for (const part of partsOf(formula)) {
      if (part.kind !== 'constant' || Number.isFinite(part.value)) continue;
      throw notFinite(expression, part.value);
    }
    return formula;
  }

  #number({ expression, reading }: Definition): number {
    const formula = this.#formula(expression, reading);
    // Without probes nothing but constants can come out.
    return formula.kind === 'constant' ? formula.value : Number.NaN;
  }

  #lookup(name: string, { span, words }: { span: Span; words: Words }): Formula {
    const key = name.toLowerCase();
    const fixed = this.#values.get(key);
    if (fixed !== undefined) return fixed;
    const definition = this.#expressions.get(key);
    if (definition === undefined) {
      if (this.#parent !== undefined) return this.#parent.#lookup(name, { span, words });
      const value = words.constants.get(key);
      if (value !== undefined) return constant(value);
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
      const number = this.#deeper('parameter', span, () => this.#number(definition));
      const value = constant(number);
      this.#values.set(key, value);
      return value;
    } finally {
      this.#pending.delete(key);
    }
  }

  #deeper<T>(what: 'parameter' | 'function', span: Span, evaluate: () => T): T {
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

  #formula(expression: Expression, reading: Reading): Formula {
    const formula = this.#read(expression, reading);
    if (formula.kind !== 'constant' && ++this.#effort.operations > MAXIMUM_OPERATIONS) {
      const message = `This expression has more than ${MAXIMUM_OPERATIONS} operations.`;
      throw new EvaluationFault('expression_too_long', expression.span, message);
    }
    return formula;
  }

  #read(expression: Expression, reading: Reading): Formula {
    const at = (operand: Expression): Formula => this.#formula(operand, reading);
    switch (expression.kind) {
      case 'number':
        return constant(expression.value);
      case 'name':
        return this.#lookup(expression.name, { span: expression.span, words: reading.words });
      case 'unary': {
        const operand = at(expression.operand);
        if (expression.operator === '+') return operand;
        return unary(expression.operator === '-' ? 'negate' : 'not', operand);
      }
      case 'binary': {
        const [left, right] = [at(expression.left), at(expression.right)] as const;
        const operation = operationOf(expression.operator, reading.words.power);
        if (operation === 'divide' && left.kind !== 'constant' && isZero(right)) {
          throw new EvaluationFault('not_finite', expression.right.span, 'Division by zero.');
        }
        return binary(operation, [left, right]);
      }
      case 'conditional': {
        const test = at(expression.test);
        // Of a known condition only one side is read: functions that call themselves come to an end so.
        if (test.kind === 'constant') {
          if (Number.isNaN(test.value)) return test;
          return at(test.value !== 0 ? expression.consequent : expression.alternative);
        }
        return conditional(test, [at(expression.consequent), at(expression.alternative)]);
      }
      case 'magnitude':
        return unary('abs', at(expression.operand));
      case 'call':
        return this.#call(expression, reading);
      case 'probe':
        return reading.probe(expression);
    }
  }

  #call(call: Call, reading: Reading): Formula {
    const { name, arguments: operands, span } = call;
    const user = this.userFunction(name);
    if (user !== undefined) return this.#callUser(user, call, reading);
    const { functions } = reading.words;
    const builtIn = functions.get(name.toLowerCase());
    if (builtIn === undefined) {
      throw new EvaluationFault(
        'unknown_function',
        span,
        `There is no function "${name}"${didYouMean(name, functions.keys())}.`,
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
    try {
      return builtIn.of(...operands.map((operand) => this.#formula(operand, reading)));
    } catch (fault) {
      if (!(fault instanceof TableFault)) throw fault;
      throw new EvaluationFault('bad_table', span, fault.message, TABLE_HINT);
    }
  }

  #callUser(
    user: UserFunction,
    { name, arguments: operands, span }: Call,
    reading: Reading,
  ): Formula {
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
      if (operand === undefined) return;
      inner.#values.set(formal.text.toLowerCase(), this.#formula(operand, reading));
    });
    return this.#deeper('function', span, () => inner.#formula(user.body, reading));
  }
}

function isZero(formula: Formula): boolean {
  return formula.kind === 'constant' && formula.value === 0;
}

type Call = Extract<Expression, { kind: 'call' }>;

function refuseProbe({ quantity, span }: Probe): never {
  throw new EvaluationFault(
    'voltage_in_parameter',
    span,
    `"${quantity}(...)" depends on the solution and cannot stand in a constant expression.`,
  );
}

function notFinite({ span }: Expression, value: number): EvaluationFault {
  const message = `This expression has no finite value (it is ${value}).`;
  return new EvaluationFault('not_finite', span, message);
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
