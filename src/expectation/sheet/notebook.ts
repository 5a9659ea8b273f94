/**
 * What is known while a sheet is read from top to bottom: the circuit with the values that the sheet has taken for
 * specifications, the names that it has defined, and which of its results are wrong.
 */

import type { Expression } from '../../../grammar/expression.ts';
import { operands, type SymbolNode, withLeaves } from '../../../grammar/walk.ts';
import type { Circuit, OpAmp } from '../../circuit/circuit.ts';
import { FormulaFault, MissingQuantity } from '../fault.ts';
import type { FormulaCompiler } from '../formula.ts';
import { type Ground, Trials } from '../identity.ts';
import { quantityOf, type Subject, valueOfElement } from '../quantities.ts';
import { solvedTrial, withoutSamples } from '../trial.ts';
import { assuming, limitsOf } from './assumption.ts';
import { keyOf, productOf, Vocabulary } from './meaning.ts';
import { isRounded, type Written } from './rounding.ts';

/** A name of the sheet's own. */
interface Own {
  /** In symbols of the circuit and numbers. */
  readonly expression: Expression;
}

/** What the sheet has written for a name. */
export interface Past {
  readonly value: number;
  /** What it is, unrounded. */
  readonly exact: number | undefined;
  readonly line: number;
  /** The line that is to blame when the value is wrong. */
  readonly blame: number | undefined;
}

/** Formulas that are put into formulas may double with every line. */
const LARGEST = 5000;

export class Notebook {
  readonly compile: FormulaCompiler;
  #ground: Ground;
  #trials: Trials;
  #vocabulary: Vocabulary;
  readonly #own = new Map<string, Own>();
  readonly #past = new Map<string, Past>();

  /** The circuit as the netlist has it, with all limits. */
  readonly original: Subject;

  constructor(ground: Ground, compile: FormulaCompiler) {
    this.compile = compile;
    const { circuit, result } = ground;
    this.original = { circuit, result, prefix: '', parameters: new Map() };
    this.#ground = ground;
    this.#trials = new Trials(ground);
    this.#vocabulary = new Vocabulary(ground.circuit);
  }

  get trials(): Trials {
    return this.#trials;
  }

  get vocabulary(): Vocabulary {
    return this.#vocabulary;
  }

  get subject(): Subject {
    const { circuit, result } = this.#ground;
    return { circuit, result, prefix: '', parameters: new Map() };
  }

  /** A name or probe of the sheet in the circuit; undefined when it is the sheet's own or nothing. */
  symbol(expression: Expression): SymbolNode | undefined {
    if (expression.kind === 'name') return this.#vocabulary.name(expression.name, expression.span);
    if (expression.kind !== 'probe') return undefined;
    return this.#vocabulary.application(expression.quantity, expression);
  }

  isOwn(name: string): boolean {
    return this.#own.has(keyOf(name));
  }

  define(name: string, expression: Expression): void {
    this.#own.set(keyOf(name), { expression });
  }

  note(name: Expression, past: Past): void {
    this.#past.set(this.#identity(name), past);
  }

  /** What was written for a name above, if it was wrong. */
  wrongPast(expression: Expression): Past | undefined {
    if (nameOf(expression) === undefined) return undefined;
    const past = this.#past.get(this.#identity(expression));
    return past?.blame === undefined ? undefined : past;
  }

  /** The same for all spellings of a name. */
  #identity(name: Expression): string {
    return keyOf(nameOf(this.symbol(name) ?? name) ?? '');
  }

  /** The wrong results above that a formula is made of. */
  wrongPasts(expression: Expression): Past[] {
    const past = this.wrongPast(expression);
    const inner = operands(expression).flatMap((operand) => this.wrongPasts(operand));
    return past === undefined ? inner : [past, ...inner];
  }

  /**
   * A formula of the sheet in symbols of the circuit and numbers; `asWritten` puts the wrong results of the sheet in
   * their places. @throws {FormulaFault} at a name that means nothing.
   */
  meant(expression: Expression, { asWritten = false } = {}): Expression {
    const meant = withLeaves(expression, (leaf) => {
      if (leaf.kind === 'number') return leaf;
      const past = asWritten ? this.wrongPast(leaf) : undefined;
      if (past !== undefined) return { kind: 'number', value: past.value, span: leaf.span };
      return this.#meantName(leaf, asWritten);
    });
    if (sizeOf(meant) > LARGEST) {
      throw new FormulaFault(
        expression.span,
        'With everything put in that it rests on, this formula is too long.',
        `At most ${LARGEST} operations and names are compared.`,
      );
    }
    return meant;
  }

  #meantName(leaf: SymbolNode, asWritten: boolean): Expression {
    const symbol = this.symbol(leaf);
    if (symbol !== undefined) return symbol;
    if (leaf.kind === 'name') {
      const own = this.#own.get(keyOf(leaf.name));
      if (own !== undefined) return own.expression;
    } else {
      const product = productOf(leaf.quantity, leaf);
      if (product !== undefined) return this.meant(product, { asWritten });
    }
    throw new FormulaFault(
      leaf.span,
      `"${nameOf(leaf)}" is nothing in this circuit, and no line above defines it.`,
      'Names are elements, quantities such as G_N, V(out) or V_OE, and what the sheet defines: X = ...',
    );
  }

  /** The value of a formula in symbols of the circuit; undefined where the circuit has none. */
  value(meant: Expression): number | undefined {
    const { subject } = this;
    try {
      const value = this.compile(meant).evaluate((symbol) => {
        const found = quantityOf(symbol, subject)?.value ?? null;
        if (found === null) throw new MissingQuantity(symbol.span, 'It does not exist here.');
        return found;
      });
      return Number.isFinite(value) ? value : undefined;
    } catch (fault) {
      if (fault instanceof MissingQuantity) return undefined;
      throw fault;
    }
  }

  /**
   * The value of an element, of a quantity or of an earlier line that a number is the nearest rounding of; with the
   * line to blame when it is a wrong result.
   */
  knownValue(written: Written): { readonly value: number; readonly blame?: number } | undefined {
    const { circuit, result } = this.#ground;
    const pasts = [...this.#past.values()];
    const values = [
      ...circuit.elements.flatMap((element) => {
        const value = valueOfElement(element)?.value;
        return typeof value === 'number' ? [value] : [];
      }),
      ...result.opAmps.flatMap(({ noiseGain, resistance }) => [
        noiseGain ?? Number.NaN,
        resistance.nonInverting,
        resistance.inverting,
      ]),
      ...pasts.flatMap(({ exact }) => (exact === undefined ? [] : [exact])),
    ].map(Math.abs);
    const distance = (value: number) => Math.abs(value - written.value);
    const [nearest] = values
      .filter((value) => isRounded(value, written))
      .sort((a, b) => distance(a) - distance(b));
    if (nearest !== undefined) return { value: nearest };
    const wrong = pasts.find(
      ({ value, blame }) => blame !== undefined && isRounded(Math.abs(value), written),
    );
    return wrong?.blame === undefined ? undefined : { value: written.value, blame: wrong.blame };
  }

  /** The op amp and the limits behind a specification that the netlist does not know exactly. */
  limits(symbol: SymbolNode) {
    const opAmp = this.#vocabulary.opAmp(symbol);
    if (opAmp === undefined || symbol.kind !== 'probe') return undefined;
    const limits = limitsOf(symbol.quantity, opAmp);
    return limits === undefined || limits.spread.low === limits.spread.high
      ? undefined
      : { opAmp, quantity: symbol.quantity, limits };
  }

  /** Takes a value for a specification; false when its limits exclude it. */
  assume(
    { opAmp, quantity }: { readonly opAmp: OpAmp; readonly quantity: string },
    value: number,
  ): boolean {
    const circuit = assuming(this.#ground.circuit, { opAmp, quantity, value });
    if (circuit === undefined) return false;
    this.#change(circuit);
    return true;
  }

  #change(circuit: Circuit): void {
    const { result } = solvedTrial(withoutSamples(circuit));
    if (result === null) return;
    const { withParameters: _, ...ground } = this.#ground;
    this.#ground = { ...ground, circuit, result };
    this.#trials = new Trials(this.#ground);
    this.#vocabulary = new Vocabulary(this.#ground.circuit);
  }
}

/** The name that an expression consists of, as it is written. */
export function nameOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'probe') return undefined;
  return `${expression.quantity}(${expression.names.map(({ text }) => text).join(',')})`;
}

function sizeOf(expression: Expression): number {
  return operands(expression).reduce((sum, operand) => sum + sizeOf(operand), 1);
}
