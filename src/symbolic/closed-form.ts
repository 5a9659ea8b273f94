/**
 * The closed forms of a circuit: quantity -> fraction -> shape, checked against the numeric solver before anyone
 * sees it. A session keeps what the quantities of one circuit share.
 */

import { type LinearCircuit, opAmpsOf } from '../circuit/circuit.ts';
import { biasCurrents } from '../circuit/specification.ts';
import { approximation } from './approximation.ts';
import { TooLongError } from './determinant.ts';
import { type Equalities, type EqualityFault, equalitiesOf, namedIn } from './equalities.ts';
import { type Fraction, NOTHING, substitutedFraction } from './fraction.ts';
import { type CauseGains, causesOf, outputErrorTree } from './output-error.ts';
import { type Quantity, quantityName, questionOf } from './quantity.ts';
import { type Shaping, shapeOf, shaping } from './shape.ts';
import { elementValue, valueOfSymbols } from './symbol-values.ts';
import { type Symbols, symbolsOf } from './symbols.ts';
import { transfer } from './transfer.ts';
import type { Tree } from './tree.ts';
import { type Check, type Point, points, verified } from './verification.ts';
import { type WrittenForm, writtenForm } from './written-form.ts';

export interface ClosedForm extends WrittenForm {
  readonly quantity: string;
  readonly tree: Tree;
  readonly check: Check;
  /** Relative error at the element values of the circuit, of an approximation. */
  readonly error?: number;
}

/** Why a quantity has no closed form. */
export interface NoForm {
  readonly quantity: string;
  readonly reason: 'absent' | 'too_long';
}

export interface ClosedFormOptions {
  /** `R4=R2`, `R20=2*R10`. */
  readonly equal?: readonly string[];
  /** Leave out what changes a quantity by no more than this part of it. */
  readonly approximate?: number;
}

export interface ClosedForms {
  readonly faults: readonly EqualityFault[];
  /** Equalities that the values of the circuit do not have. */
  readonly untrue: readonly EqualityFault[];
  readonly symbols: Symbols;
  /** What a symbol of the forms is in this circuit: the value of an element, or a known V_OS, I_BN or I_BI. */
  valueAt(symbol: string): number;
  /** @throws {UnverifiedError} for a form that is wrong, which is a fault of the program. */
  form(quantity: Quantity): ClosedForm | NoForm;
}

export function hasForm(found: ClosedForm | NoForm): found is ClosedForm {
  return 'tree' in found;
}

/** Closed forms of a linear circuit without faults. */
export function closedForms(
  circuit: LinearCircuit,
  { equal = [], approximate }: ClosedFormOptions = {},
): ClosedForms {
  const named = namedIn(equal, circuit.elements);
  const symbols = symbolsOf(circuit, {
    isSeparate: (element) => approximate !== undefined || named.has(element),
  });
  const { equalities, faults, untrue } = equalitiesOf(equal, symbols);
  let drawn: readonly Point[] | undefined;
  const session: Session = {
    circuit,
    symbols,
    equalities,
    at: shaping(symbols),
    fractions: new Map(),
    written: new Map(),
    points: () => {
      drawn ??= points(circuit, { symbols, equalities });
      return drawn;
    },
  };
  const causes = causeValues(circuit);
  return {
    faults,
    untrue,
    symbols,
    valueAt: valueOfSymbols(symbols, {
      element: elementValue,
      cause: (name) => causes.get(name),
    }),
    form: (quantity) => {
      const name = quantityName(quantity);
      try {
        return formOf(quantity, { session, approximate }) ?? { quantity: name, reason: 'absent' };
      } catch (fault) {
        if (fault instanceof TooLongError) return { quantity: name, reason: 'too_long' };
        throw fault;
      }
    },
  };
}

interface Session {
  readonly circuit: LinearCircuit;
  readonly symbols: Symbols;
  readonly equalities: Equalities;
  readonly at: Shaping;
  readonly fractions: Map<string, Fraction | undefined>;
  readonly written: Map<Tree, WrittenForm>;
  readonly points: () => readonly Point[];
}

function formOf(
  quantity: Quantity,
  { session, approximate }: { session: Session; approximate: number | undefined },
): ClosedForm | undefined {
  const name = quantityName(quantity);
  const tree = treeOf(quantity, session, (f) => f);
  if (tree === undefined) return undefined;
  const check = verified(tree, quantity, session.points());
  const written = (form: Tree): WrittenForm => {
    const known = session.written.get(form) ?? writtenForm(form, session.symbols.definitions);
    session.written.set(form, known);
    return known;
  };
  if (approximate === undefined) return { quantity: name, tree, ...written(tree), check };
  let error = 0;
  const shorter = treeOf(quantity, session, (f) => {
    const found = approximation(f, { valueAt: valuesOf(session), largest: approximate });
    error = Math.max(error, found.error);
    return found.fraction;
  });
  const approximated = shorter ?? tree;
  return { quantity: name, tree: approximated, ...written(approximated), check, error };
}

function treeOf(
  quantity: Quantity,
  session: Session,
  change: (f: Fraction) => Fraction,
): Tree | undefined {
  if (quantity.kind !== 'VOE') {
    const f = fractionOf(quantity, session);
    return f && shapeOf(change(f), session.at);
  }
  const gains: CauseGains[] = [];
  for (const opAmp of opAmpsOf(session.circuit)) {
    const [offset, nonInverting, inverting] = (['GNO', 'ZN', 'ZI'] as const).map((kind) => {
      const f = fractionOf({ kind, opAmp }, session);
      return f && change(f);
    });
    if (offset === undefined || nonInverting === undefined || inverting === undefined) {
      return undefined;
    }
    gains.push({ opAmp, offset, nonInverting, inverting });
  }
  return outputErrorTree(gains, session.at);
}

function fractionOf(
  quantity: Exclude<Quantity, { kind: 'VOE' }>,
  session: Session,
): Fraction | undefined {
  const name = quantityName(quantity);
  const known = session.fractions.get(name);
  if (known !== undefined || session.fractions.has(name)) return known;
  const found = newFraction(quantity, session);
  session.fractions.set(name, found);
  return found;
}

function newFraction(
  quantity: Exclude<Quantity, { kind: 'VOE' }>,
  { circuit, symbols, equalities }: Session,
): Fraction | undefined {
  const question = questionOf(quantity, circuit);
  const f = question && transfer(circuit, { question, symbols });
  if (f === undefined || f === NOTHING || equalities.named.size === 0) return f;
  return substitutedFraction(f, equalities.replacement);
}

function causeValues(circuit: LinearCircuit): ReadonlyMap<string, number> {
  return new Map(
    opAmpsOf(circuit).flatMap((opAmp) => {
      const names = causesOf(opAmp);
      const { nonInverting, inverting } = biasCurrents(opAmp.specification);
      return [
        [names.offset, opAmp.specification.offsetVoltage.nominal] as const,
        [names.nonInverting, nonInverting] as const,
        [names.inverting, inverting] as const,
      ];
    }),
  );
}

/** The values of the elements of the circuit, by variable. */
function valuesOf({ symbols }: Session): (v: number) => number {
  const values = new Map<number, number>();
  for (const element of symbols.names.values()) {
    values.set(symbols.of(element) ?? -1, elementValue(element));
  }
  return (v) => values.get(v) ?? Number.NaN;
}
