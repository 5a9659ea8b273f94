/** Trees as presentation MathML. */

import type { Tree } from './tree.ts';
import { writtenSymbol } from './written-symbol.ts';

/** A whole `math` element. */
export function treeMathml(tree: Tree): string {
  return `<math xmlns="http://www.w3.org/1998/Math/MathML">${row(tree)}</math>`;
}

function row(tree: Tree): string {
  switch (tree.kind) {
    case 'number':
      return `<mn>${tree.value}</mn>`;
    case 'symbol':
      return symbolMathml(tree.name);
    case 'sum':
      return grouped(tree.terms.map(signedTerm));
    case 'negative':
      return grouped([operator('\u2212'), inProduct(tree.operand)]);
    case 'product':
      return grouped(joined(tree.factors.map(inProduct), '\u2062')); // invisible times
    case 'quotient':
      return `<mfrac>${row(tree.over)}${row(tree.under)}</mfrac>`;
    case 'power':
      return `<msup>${asBase(tree.base)}<mn>${tree.exponent}</mn></msup>`;
    case 'parallel':
      return grouped(joined(tree.operands.map(asBase), '\u2225'));
  }
}

function signedTerm(term: Tree, index: number): string {
  if (term.kind === 'negative') return operator('\u2212') + inProduct(term.operand);
  return index === 0 ? inProduct(term) : operator('+') + inProduct(term);
}

function symbolMathml(name: string): string {
  const { letter, subscript } = writtenSymbol(name);
  const base = `<mi>${escaped(letter)}</mi>`;
  if (subscript === '') return base;
  const below = /^\d+$/.test(subscript)
    ? `<mn>${subscript}</mn>`
    : `<mi mathvariant="normal">${escaped(subscript)}</mi>`;
  return `<msub>${base}${below}</msub>`;
}

function operator(sign: string): string {
  return `<mo>${sign}</mo>`;
}

function joined(parts: readonly string[], sign: string): string[] {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [operator(sign), part]));
}

function grouped(parts: readonly string[]): string {
  return `<mrow>${parts.join('')}</mrow>`;
}

function inParentheses(tree: Tree): string {
  return grouped([operator('('), row(tree), operator(')')]);
}

function inProduct(tree: Tree): string {
  const isLoose = tree.kind === 'sum' || tree.kind === 'negative' || tree.kind === 'parallel';
  return isLoose ? inParentheses(tree) : row(tree);
}

function asBase(tree: Tree): string {
  return tree.kind === 'symbol' || tree.kind === 'number' ? row(tree) : inParentheses(tree);
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
