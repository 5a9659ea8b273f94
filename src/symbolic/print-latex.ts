/** Trees as LaTeX, for math mode. */

import { signedTerms } from './print-text.ts';
import type { Tree } from './tree.ts';
import { writtenSymbol } from './written-symbol.ts';

export function treeLatex(tree: Tree): string {
  switch (tree.kind) {
    case 'number':
      return String(tree.value);
    case 'symbol':
      return symbolLatex(tree.name);
    case 'sum':
      return signedTerms(tree.terms, inProduct);
    case 'negative':
      return `-${inProduct(tree.operand)}`;
    case 'product':
      return tree.factors.map(inProduct).join(' \\, ');
    case 'quotient':
      return `\\frac{${treeLatex(tree.over)}}{${treeLatex(tree.under)}}`;
    case 'power':
      return `${asBase(tree.base)}^{${tree.exponent}}`;
    case 'parallel':
      return tree.operands.map(asOperand).join(' \\parallel ');
  }
}

export function symbolLatex(name: string): string {
  const { letter, subscript } = writtenSymbol(name);
  const first = /^[A-Za-z]$/.test(letter) ? letter : `\\text{${escaped(letter)}}`;
  if (subscript === '') return first;
  return /^\d+$/.test(subscript)
    ? `${first}_{${subscript}}`
    : `${first}_{\\mathrm{${escaped(subscript)}}}`;
}

function escaped(text: string): string {
  return text.replace(/[_$#&%{}]/g, '\\$&');
}

function inParentheses(tree: Tree): string {
  return `\\left(${treeLatex(tree)}\\right)`;
}

function inProduct(tree: Tree): string {
  const isLoose = tree.kind === 'sum' || tree.kind === 'negative' || tree.kind === 'parallel';
  return isLoose ? inParentheses(tree) : treeLatex(tree);
}

function asBase(tree: Tree): string {
  return tree.kind === 'symbol' || tree.kind === 'number' ? treeLatex(tree) : inParentheses(tree);
}

function asOperand(tree: Tree): string {
  return tree.kind === 'quotient' ? treeLatex(tree) : asBase(tree);
}
