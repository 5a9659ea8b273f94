/** `R4 = R2`, `R20 = 2*R10`: elements that are declared to be equal, which shows the design equation of a circuit. */

import { didYouMean } from '../../grammar/suggest.ts';
import type { Element } from '../circuit/circuit.ts';
import { elementValue } from './symbol-values.ts';
import type { Symbols } from './symbols.ts';

/** A variable is `factor` times another one. */
export interface Replacement {
  readonly variable: number;
  readonly factor: bigint;
}

export interface Equalities {
  /** What stands for a variable in the end. */
  replacement(variable: number): Replacement;
  /** Whether an element is named in an equality. */
  readonly named: ReadonlySet<Element>;
}

/** What is wrong with a declared equality, for the user. */
export interface EqualityFault {
  readonly text: string;
  readonly message: string;
}

/** Values that differ by rounding are the same. */
const SAME = 1e-9;

const FORM = /^\s*([^\s=*]+)\s*=\s*(?:([1-9]\d{0,5})\s*\*\s*)?([^\s=*]+)\s*$/;

/** The elements that equalities name, before there are symbols; faults are found by `equalitiesOf`. */
export function namedIn(
  texts: readonly string[],
  elements: readonly Element[],
): ReadonlySet<Element> {
  const names = new Set(
    texts.flatMap((text) => {
      const [, left, , right] = FORM.exec(text) ?? [];
      return [left, right].flatMap((name) => name?.toLowerCase() ?? []);
    }),
  );
  return new Set(elements.filter(({ name }) => names.has(name.toLowerCase())));
}

/** Equalities in the order of the texts: each names an element that is not yet given by another one. */
export function equalitiesOf(
  texts: readonly string[],
  symbols: Symbols,
): {
  readonly equalities: Equalities;
  readonly faults: readonly EqualityFault[];
  /** Equalities that the values of the circuit do not have. */
  readonly untrue: readonly EqualityFault[];
} {
  const faults: EqualityFault[] = [];
  const untrue: EqualityFault[] = [];
  const given = new Map<number, Replacement>();
  const named = new Set<Element>();
  const find = (name: string, text: string): Element | undefined => {
    for (const element of symbols.names.values()) {
      if (element.name.toLowerCase() !== name.toLowerCase()) continue;
      named.add(element);
      return element;
    }
    const known = [...symbols.names.keys()];
    const message = `No element "${name}" has a value that formulas name${didYouMean(name, known)}.`;
    faults.push({ text, message });
    return undefined;
  };
  const replacement = (variable: number): Replacement => {
    const found = given.get(variable);
    if (found === undefined) return { variable, factor: 1n };
    const further = replacement(found.variable);
    return { variable: further.variable, factor: found.factor * further.factor };
  };
  for (const text of texts) {
    const [, left, factor = '1', right] = FORM.exec(text) ?? [];
    if (left === undefined || right === undefined) {
      faults.push({
        text,
        message: `"${text}" is no equality of elements, such as R4=R2 or R20=2*R10.`,
      });
      continue;
    }
    const [first, second] = [find(left, text), find(right, text)];
    const [a, b] = [first && symbols.of(first), second && symbols.of(second)];
    if (first === undefined || second === undefined || a === undefined || b === undefined) continue;
    const [from, to] = [replacement(a), replacement(b)];
    if (given.has(a) || from.variable === to.variable) {
      faults.push({ text, message: `"${left}" is given by an equality before this one.` });
    } else {
      given.set(a, { variable: to.variable, factor: BigInt(factor) * to.factor });
      const [actual, declared] = [elementValue(first), Number(factor) * elementValue(second)];
      if (Math.abs(actual - declared) > SAME * Math.abs(actual)) {
        const message = `In the netlist "${left}" is ${actual}, not ${declared}: values are those of "${right}".`;
        untrue.push({ text, message });
      }
    }
  }
  return { equalities: { replacement, named }, faults, untrue };
}
