/**
 * Whether an equality holds for all values of the elements or for those of the circuit alone. Both sides are taken
 * at random values, a few near the given ones and a few decades away from them, and the circuit is solved for each.
 */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import { type Circuit, type Element, isLinear } from '../circuit/circuit.ts';
import { drawnWithin } from './drawn.ts';
import { MissingQuantity } from './fault.ts';
import type { Formula } from './formula.ts';
import { quantityOf, restsOnSpreads, type Subject } from './quantities.ts';
import {
  type Factors,
  multiplied,
  solvedTrial,
  type Trial,
  uniform,
  withoutSamples,
  withoutSpreads,
} from './trial.ts';
import { independent, type Variable, variablesOf } from './variables.ts';

/** `coincidence`: true for the values of the circuit, false for others. */
export type Identity = 'holds' | 'coincidence' | 'fails';

export interface Sides {
  readonly actual: number;
  readonly expected: number;
}

/** An equality and how exactly it is meant. */
export interface Equality {
  readonly left: Formula;
  readonly right: Formula;
  readonly prefix: string;
  readonly parameters: ReadonlyMap<string, number>;
  /** The part of the sides by which they may differ. */
  readonly relative: number;
}

/** Where the values of a trial come from. */
export interface Ground {
  readonly circuit: Circuit;
  readonly result: CircuitAnalysis;
  /** Elements as the declarations of the netlist (`*@ let`) have them. */
  readonly obey: (elements: readonly Element[]) => readonly Element[];
  /** The circuit with other values of top-level parameters, by lower-case name. */
  readonly withParameters?: ((values: ReadonlyMap<string, number>) => Circuit) | undefined;
}

/** Beyond this an equality is a rounded one, which is tested near the given values only. */
const EXACT = 1e-7;
/** What is left of the agreement of a rounded equality when the values move [times the given bound]. */
const SLACK = 4;
/** Every value that enters is taken to be known to this part. */
const UNCERTAIN = 1e-10;
const SEED = 0x2545f491;
/** So many wrong formulas and coincidences of one circuit are explained; the others are only told. */
const MOST_EXPLAINED = 60;
/** A circuit with more elements is tried twice, near the given values and away from them. */
const LARGE = 2000;

export class Trials {
  readonly ground: Ground;
  readonly #cache = new Map<string, readonly Trial[]>();
  /** By whether the budget is asked for, and the value that is changed. */
  readonly #single = new Map<string, Trial>();
  /** By the values that were drawn. */
  readonly #here = new Map<string, Trial>();

  #explained = 0;

  constructor(ground: Ground) {
    this.ground = ground;
  }

  /** Whether there is time to find out why a formula is wrong; each asking counts. */
  mayExplain(): boolean {
    return this.ground.circuit.elements.length <= LARGE && this.#explained++ < MOST_EXPLAINED;
  }

  /** The variables for an equality, and the circuit they vary: without spreads unless it asks for them. */
  setting(equality: Equality): Setting {
    const symbols = [...equality.left.symbols, ...equality.right.symbols];
    const { circuit, obey, withParameters } = this.ground;
    const { prefix } = equality;
    const spreads = symbols.some((symbol) => restsOnSpreads(symbol, { circuit, prefix }));
    const parameters = equality.parameters;
    const known = (given: Circuit) => {
      if (spreads) return withoutSamples(given);
      return withoutSpreads(drawnWithin(given, { symbols, prefix }) ?? given);
    };
    const plain = known(circuit);
    const variables = variablesOf(plain, { symbols, prefix });
    const drawn = specifications(plain);
    return {
      variables,
      drawn,
      parameters,
      spreads,
      isNear: equality.relative > EXACT || !isLinear(circuit),
      at: (factors, values) => {
        if (values === undefined) return this.#with(plain, { variables, factors, spreads, drawn });
        const base = known(withParameters?.(values) ?? circuit);
        const given = { variables: independent(variables, base), factors };
        return solvedTrial({ ...base, elements: obey(multiplied(base.elements, given)) });
      },
    };
  }

  /**
   * The circuit as it is, but with values for those specifications in the equality that are known by limits around 0;
   * itself where there are none, or where the equality asks for the budget.
   */
  here(equality: Equality): Trial {
    const { circuit, result } = this.ground;
    const { prefix } = equality;
    const symbols = [...equality.left.symbols, ...equality.right.symbols];
    const ground = { circuit, result };
    if (symbols.some((symbol) => restsOnSpreads(symbol, { circuit, prefix }))) return ground;
    const drawn = drawnWithin(circuit, { symbols, prefix });
    if (drawn === undefined) return ground;
    const key = specifications(drawn);
    const known = this.#here.get(key) ?? solvedTrial(withoutSpreads(drawn));
    this.#here.set(key, known);
    return known;
  }

  /** One value changed is asked for by every formula, and solved once. */
  #with(
    base: Circuit,
    {
      variables,
      factors,
      spreads,
      drawn,
    }: Pick<Setting, 'variables' | 'spreads' | 'drawn'> & { factors: Factors },
  ): Trial {
    const [first, second] = factors;
    const key = second === undefined ? JSON.stringify([spreads, drawn, first]) : undefined;
    const known = key === undefined ? undefined : this.#single.get(key);
    if (known !== undefined) return known;
    const elements = this.ground.obey(multiplied(base.elements, { variables, factors }));
    const trial = solvedTrial({ ...base, elements });
    if (key !== undefined) this.#single.set(key, trial);
    return trial;
  }

  /** Trials of a setting, made once. */
  *of(setting: Setting): Generator<{ readonly trial: Trial; readonly parameters: Parameters }> {
    const names = setting.variables.map(({ name }) => name);
    const { parameters } = setting;
    const key = JSON.stringify([
      setting.isNear,
      setting.spreads,
      setting.drawn,
      names,
      [...parameters],
    ]);
    const known = [...(this.#cache.get(key) ?? [])];
    const random = uniform(SEED);
    const all = setting.isNear ? NEAR : NEAR_AND_WIDE;
    const spans = this.ground.circuit.elements.length > LARGE ? all.slice(0, 2) : all;
    for (const [index, span] of spans.entries()) {
      const factors: Factors = new Map(names.map((name) => [name, span(random())]));
      const moved = new Map([...parameters].map(([name, value]) => [name, value * span(random())]));
      const trial = known[index] ?? setting.at(factors, moved.size === 0 ? undefined : moved);
      if (index >= known.length) known.push(trial);
      this.#cache.set(key, known);
      yield { trial, parameters: moved };
    }
  }
}

type Parameters = ReadonlyMap<string, number>;

export interface Setting {
  readonly variables: readonly Variable[];
  readonly parameters: Parameters;
  /** Whether the budget is asked for. */
  readonly spreads: boolean;
  /** The specifications, some of which may have been drawn. */
  readonly drawn: string;
  /** Whether only values near the given ones are tried. */
  readonly isNear: boolean;
  readonly at: (factors: Factors, parameters?: Parameters) => Trial;
}

/** The same text for the same specifications. */
function specifications({ elements }: Circuit): string {
  return JSON.stringify(
    elements.flatMap((element) => (element.kind === 'opAmp' ? [element.specification] : [])),
  );
}

/** Factors as a function of u in (0, 1): within a fifth, and a decade and a half to either side. */
const near = (u: number) => 1 + 0.2 * (2 * u - 1);
const wide = (u: number) => 10 ** (1.5 * (2 * u - 1));
const NEAR = [near, near, near];
const NEAR_AND_WIDE = [wide, near, wide, wide, near, wide];

/** Both sides in a trial; undefined where the circuit does not have a quantity. */
export function sidesIn(
  trial: Trial,
  equality: Equality,
  parameters: Parameters = equality.parameters,
): Sides | undefined {
  return sidesAt(trial, { equality, parameters, resolveWith: (value) => value });
}

function sidesAt(
  { circuit, result }: Trial,
  {
    equality,
    parameters,
    resolveWith,
  }: {
    readonly equality: Equality;
    readonly parameters: Parameters;
    readonly resolveWith: (value: number) => number;
  },
): Sides | undefined {
  if (result === null) return undefined;
  const subject: Subject = { circuit, result, prefix: equality.prefix, parameters };
  try {
    const side = (formula: Formula) =>
      formula.evaluate((symbol) => {
        const value = quantityOf(symbol, subject)?.value ?? null;
        if (value === null) throw new MissingQuantity(symbol.span, 'It does not exist here.');
        return resolveWith(value);
      });
    const sides = { actual: side(equality.left), expected: side(equality.right) };
    return Number.isFinite(sides.actual) && Number.isFinite(sides.expected) ? sides : undefined;
  } catch (fault) {
    if (fault instanceof MissingQuantity) return undefined;
    throw fault;
  }
}

/** Whether both sides are equal as far as the values that enter decide it; undefined where there is no such quantity. */
export function agrees(
  trial: Trial,
  equality: Equality,
  parameters: Parameters = equality.parameters,
): boolean | undefined {
  const sides = sidesIn(trial, equality, parameters);
  if (sides === undefined) return undefined;
  const bound = equality.relative > EXACT ? SLACK * equality.relative : equality.relative;
  let tolerance = bound * Math.max(Math.abs(sides.actual), Math.abs(sides.expected));
  if (Math.abs(sides.actual - sides.expected) <= tolerance) return true;
  // Sides that cancel are known no better than what they are made of.
  for (const pattern of [1, 2, 3]) {
    let count = 0;
    const moved = sidesAt(trial, {
      equality,
      parameters,
      resolveWith: (value) => value * (1 + ((count++ * pattern) % 3 === 1 ? -1 : 1) * UNCERTAIN),
    });
    if (moved === undefined) return undefined;
    tolerance += Math.abs(moved.actual - sides.actual) + Math.abs(moved.expected - sides.expected);
  }
  return Math.abs(sides.actual - sides.expected) <= tolerance;
}

/**
 * Holds in all trials, or not in all; null where there is nothing to vary or nothing could be solved.
 */
export function holdsElsewhere(equality: Equality, trials: Trials): boolean | null {
  const setting = trials.setting(equality);
  if (setting.variables.length === 0 && setting.parameters.size === 0) return null;
  // Elements that rest on a parameter cannot move without it.
  const fixed = trials.ground.withParameters === undefined || equality.prefix !== '';
  if (setting.parameters.size > 0 && fixed) return null;
  let judged = 0;
  for (const { trial, parameters } of trials.of(setting)) {
    const found = agrees(trial, equality, parameters);
    if (found === false) return false;
    if (found === true) judged++;
  }
  return judged > 0 ? true : null;
}
