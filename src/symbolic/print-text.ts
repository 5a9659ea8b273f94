/** Trees as text: `(1 + R4/R3)*(R1 || R2)`, or with + - * / ^ ( ) alone. */

import { isNumber, type Tree } from './tree.ts';

export interface TextOptions {
  /** Write a || b as a*b/(a + b). */
  readonly plain?: boolean;
}

/** How tightly a form binds. */
const SUM = 1;
const PRODUCT = 2;
const POWER = 3;
const ATOM = 4;

export function treeText(tree: Tree, { plain = false }: TextOptions = {}): string {
  const text = (at: Tree, least: number): string => {
    const { written, binds } = form(at);
    return binds < least ? `(${written})` : written;
  };
  const form = (at: Tree): { written: string; binds: number } => {
    switch (at.kind) {
      case 'number':
        return { written: String(at.value), binds: ATOM };
      case 'symbol':
        return { written: at.name, binds: ATOM };
      case 'sum':
        return { written: signedTerms(at.terms, (term) => text(term, PRODUCT)), binds: SUM };
      case 'negative':
        return { written: `-${text(at.operand, PRODUCT)}`, binds: SUM };
      case 'product':
        return { written: at.factors.map((each) => text(each, PRODUCT)).join('*'), binds: PRODUCT };
      case 'quotient':
        return { written: `${text(at.over, PRODUCT)}/${text(at.under, POWER)}`, binds: PRODUCT };
      case 'power':
        return { written: `${text(at.base, ATOM)}^${at.exponent}`, binds: POWER };
      case 'parallel': {
        if (!plain) {
          const written = at.operands.map((each) => text(each, ATOM)).join(' || ');
          return { written, binds: SUM }; // in parentheses wherever it is a part: nobody has to know how it binds
        }
        return plainParallel(at.operands);
      }
    }
  };
  const plainParallel = (operands: readonly Tree[]): { written: string; binds: number } => {
    const [a, b] = operands;
    if (a !== undefined && b !== undefined && operands.length === 2) {
      const under = `(${text(a, PRODUCT)} + ${text(b, PRODUCT)})`;
      return { written: `${text(a, PRODUCT)}*${text(b, POWER)}/${under}`, binds: PRODUCT };
    }
    const inverses = operands.map((each) => `1/${text(each, POWER)}`);
    return { written: `1/(${inverses.join(' + ')})`, binds: PRODUCT };
  };
  return text(tree, 0);
}

/** `a - b + c` from terms of which some are negative. */
export function signedTerms(terms: readonly Tree[], text: (term: Tree) => string): string {
  return terms
    .map((term, i) => {
      if (term.kind !== 'negative') return i === 0 ? text(term) : ` + ${text(term)}`;
      return i === 0 ? `-${text(term.operand)}` : ` - ${text(term.operand)}`;
    })
    .join('');
}

/** Whether a tree says that something has no effect at all. */
export function isZero(tree: Tree): boolean {
  return isNumber(tree, 0n);
}
