/**
 * Every `*@ expect` line against the analysed circuit. In an inequality VOE stands for every value the
 * budget allows, in an equality for the known error (design section 4).
 */

import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { Diagnostics } from '../../grammar/diagnostic.ts';

import { didYouMean } from '../../grammar/suggest.ts';
import { textOf } from '../../grammar/walk.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { Circuit, Expectation } from '../circuit/circuit.ts';
import { type Coincidence, coincidence } from './coincidence.ts';
import { obedience } from './declarations.ts';
import { compareUnits } from './dimensions.ts';
import { FormulaFault, MissingQuantity } from './fault.ts';
import { type Formula, type FormulaCompiler, formulaCompiler, type Resolve } from './formula.ts';
import {
  agrees,
  type Equality,
  holdsElsewhere,
  type Identity,
  sidesIn,
  Trials,
} from './identity.ts';
import { DEFAULT_RELATIVE, type Judgement, judged, named, type Values } from './judgement.ts';
import { mistakenFor } from './mistaken.ts';
import { proposal } from './proposal.ts';
import { QUANTITY_NAMES, type Quantity, quantityOf, type Subject } from './quantities.ts';
import { parsedFormula, type Slip, slipOf } from './slip.ts';
import { spelledUnit, type Unit, Units, unitName, unitSymbol } from './unit.ts';

export interface ExpectationResult extends Judgement {
  /** Of both sides: `V`, `Ω` ...; empty for ratios. */
  readonly unit: string;
  /** Whether an equality holds for other element values, too; null for inequalities and where there is nothing to vary. */
  readonly identity: Identity | null;
  /** When and how a coincidence breaks. */
  readonly coincidence: Coincidence | null;
  /** The small change that makes a wrong formula right. */
  readonly slip: Slip | null;
  /** The other quantity that a wrong formula is right for: `-gain(VIN)`. */
  readonly formulaOf: string | null;
  /** The closed form of the left side, where a wrong formula stands against a quantity that has one. */
  readonly closedForm: string | null;
}

export interface CheckOptions {
  /** The circuit with other values of top-level parameters; without it formulas in parameters are not tested at other values. */
  readonly withParameters?: (parameters: ReadonlyMap<string, number>) => Circuit;
}

/** The results of all expectations, and the faults of formulas as diagnostics. */
export async function checkExpectations(
  circuit: Circuit,
  result: CircuitAnalysis,
  { withParameters }: CheckOptions = {},
): Promise<{
  readonly results: readonly ExpectationResult[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  if (circuit.expectations.length === 0) return { results: [], diagnostics: [] };
  const compile = await formulaCompiler();
  const diagnostics = new Diagnostics();
  const obey = obedience(circuit, compile);
  const trials = new Trials({ circuit, result, obey, withParameters });
  const results = circuit.expectations.map((expectation): ExpectationResult => {
    try {
      return checked(expectation, { circuit, result, trials, compile });
    } catch (fault) {
      if (!(fault instanceof FormulaFault)) throw fault;
      diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
      return unjudged(expectation);
    }
  });
  return { results, diagnostics: diagnostics.all };
}

interface Context {
  readonly circuit: Circuit;
  readonly result: CircuitAnalysis;
  readonly trials: Trials;
  readonly compile: FormulaCompiler;
}

function checked(expectation: Expectation, context: Context): ExpectationResult {
  const { circuit, result, compile } = context;
  const { prefix, parameters, left, right, high } = expectation;
  const subject: Subject = { circuit, result, prefix, parameters };
  const unit = unitOfSides(expectation, subject);
  const formulas = {
    left: compile(left),
    right: compile(right),
    ...(high === undefined ? {} : { high: compile(high) }),
  };
  let sides: Values[] = [];
  try {
    sides = values(expectation, subject).map((resolve) => ({
      actual: formulas.left.evaluate(resolve),
      expected: formulas.right.evaluate(resolve),
      ...(formulas.high === undefined ? {} : { high: formulas.high.evaluate(resolve) }),
    }));
  } catch (fault) {
    if (!(fault instanceof MissingQuantity)) throw fault;
  }
  if (sides.some(({ expected, high: end }) => end !== undefined && end < expected)) {
    throw new FormulaFault(
      right.span,
      'The range is upside down.',
      'Write the lower value first.',
      'bad_range',
    );
  }
  const known = judged(expectation, sides);
  const drawn = known.passes
    ? judgedAsDrawn(expectation, { trials: context.trials, formulas })
    : undefined;
  const judgement = { ...(drawn?.passes === false ? drawn : known), unit };
  return { ...judgement, ...tested(expectation, { ...context, formulas, judgement }) };
}

/**
 * An equality of two formulas in specifications that are 0 with limits: with values within the limits, for at 0 most
 * formulas are 0 = 0. undefined where there are none.
 */
function judgedAsDrawn(
  expectation: Expectation,
  {
    trials,
    formulas: { left, right },
  }: {
    readonly trials: Trials;
    readonly formulas: { readonly left: Formula; readonly right: Formula };
  },
): Judgement | undefined {
  const { relation, prefix, parameters } = expectation;
  // A plain number speaks of the known value.
  if (relation !== '=' || left.symbols.length === 0 || right.symbols.length === 0) return undefined;
  const equality: Equality = { left, right, prefix, parameters, relative: DEFAULT_RELATIVE };
  const here = trials.here(equality);
  if (here.circuit === trials.ground.circuit) return undefined;
  const sides = sidesIn(here, equality);
  // Sides that cancel are known no better than what they are made of.
  if (sides === undefined || agrees(here, equality) === true) return undefined;
  return judged(expectation, [sides]);
}

/** The unit of both sides. @throws {FormulaFault} where units do not fit. */
function unitOfSides({ left, right, high, absolute }: Expectation, subject: Subject): string {
  const units = new Units();
  const symbol = (at: Parameters<Resolve>[0]): Unit => found(at, subject).unit ?? units.unknown();
  const unit = compareUnits({ left, right }, { units, symbol });
  if (high !== undefined) compareUnits({ left, right: high }, { units, symbol });
  const bound = absolute?.unit === undefined ? undefined : spelledUnit(absolute.unit);
  if (absolute !== undefined && bound !== undefined && !units.unify(unit, bound.unit)) {
    const [is, of] = [unitName(bound.unit), unitName(units.resolved(unit))];
    throw new FormulaFault(
      absolute.span,
      `A tolerance in ${is} does not fit to a value in ${of}.`,
      'Write it in the unit of the value.',
      'unit_mismatch',
    );
  }
  return unitSymbol(units.resolved(unit));
}

/** A formula that cannot be read, or whose units do not fit. */
function unjudged(expectation: Expectation): ExpectationResult {
  return {
    ...named(expectation),
    actual: null,
    expected: null,
    unit: '',
    passes: false,
    identity: null,
    coincidence: null,
    slip: null,
    formulaOf: null,
    closedForm: null,
  };
}

/** The values under which an expectation must hold. */
function values(expectation: Expectation, subject: Subject): Resolve[] {
  if (expectation.relation === '=') return [resolver(subject, undefined)];
  const { error, budget } = subject.result;
  if (error === null || budget === null) return [resolver(subject, undefined)];
  const low = error.output + budget.opAmps.low;
  const high = error.output + budget.opAmps.high;
  const ends = low < 0 && high > 0 ? [low, 0, high] : [low, high];
  return ends.map((voe) => resolver(subject, voe));
}

function resolver(subject: Subject, voe: number | undefined): Resolve {
  return (symbol) => {
    const isVoe = symbol.kind === 'name' && symbol.name.toUpperCase() === 'VOE';
    if (isVoe && voe !== undefined) return voe;
    const { value } = found(symbol, subject);
    if (value !== null) return value;
    throw new MissingQuantity(symbol.span, `"${textOf(symbol)}" does not exist here.`);
  };
}

/** @throws {FormulaFault} when there is nothing of that name. */
function found(symbol: Parameters<Resolve>[0], subject: Subject): Quantity {
  const quantity = quantityOf(symbol, subject);
  if (quantity !== undefined) return quantity;
  const written = textOf(symbol);
  const names = [...subject.circuit.elements.map(({ name }) => name), ...QUANTITY_NAMES];
  throw new FormulaFault(
    symbol.span,
    `"${written}" is no quantity of this circuit${didYouMean(written, names)}.`,
    `Quantities are element names, parameters and ${QUANTITY_NAMES.join(', ')}.`,
  );
}

/**
 * Identity, and what explains it. A side that is a plain number speaks of the given values: it is an identity where
 * it holds for all values, as a noise gain of 1, and no formula otherwise.
 */
function tested(
  expectation: Expectation,
  {
    trials,
    compile,
    formulas,
    judgement,
  }: Context & {
    readonly formulas: { readonly left: Formula; readonly right: Formula };
    readonly judgement: Judgement;
  },
): Pick<ExpectationResult, 'identity' | 'coincidence' | 'slip' | 'formulaOf' | 'closedForm'> {
  const nothing = {
    identity: null,
    coincidence: null,
    slip: null,
    formulaOf: null,
    closedForm: null,
  };
  const { actual, expected, passes } = judgement;
  const { left, right } = formulas;
  const sizes = [left.symbols.length, right.symbols.length];
  if (expectation.relation !== '=' || Math.max(...sizes) === 0) return nothing;
  if (actual === null || expected === null) return nothing;
  const { relative, absolute, prefix, parameters } = expectation;
  // Of zero no part can be taken: what cancels is judged by what it is made of.
  const part = absolute === undefined || expected === 0 ? 0 : Math.abs(absolute.value / expected);
  const bound = Math.max(relative ?? 0, part, DEFAULT_RELATIVE);
  const equality: Equality = { left, right, prefix, parameters, relative: bound };
  // A quantile of samples is no formula of the values.
  const isSampled = ({ symbols }: Formula) =>
    symbols.some((at) => at.kind === 'probe' && at.quantity.toUpperCase() === 'MC');
  if (isSampled(left) || isSampled(right)) return nothing;
  const isNumber = Math.min(...sizes) === 0;
  // A rounded number, or one that is not what it should be, is no formula.
  if (isNumber && (!passes || bound > DEFAULT_RELATIVE)) return nothing;
  const elsewhere = holdsElsewhere(equality, trials);
  if (elsewhere === null) return nothing;
  if (passes && elsewhere) return { ...nothing, identity: 'holds' };
  if (isNumber) return nothing;
  const identity = passes ? 'coincidence' : 'fails';
  if (!trials.mayExplain()) return { ...nothing, identity };
  const exact = { ...equality, relative: DEFAULT_RELATIVE };
  const sources = { trials, compile, parse: parsedFormula };
  return {
    identity,
    coincidence: passes ? (coincidence(equality, trials) ?? null) : null,
    slip: slipOf({ equality: exact, right: expectation.right }, sources) ?? null,
    formulaOf: mistakenFor(exact, sources) ?? null,
    closedForm: proposal(expectation.left, { circuit: trials.ground.circuit, prefix }) ?? null,
  };
}
