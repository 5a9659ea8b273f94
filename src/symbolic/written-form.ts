/** A closed form in every notation. */

import { type NamedParts, namedParts } from './named-parts.ts';
import { symbolLatex, treeLatex } from './print-latex.ts';
import { treeMathml } from './print-mathml.ts';
import { treeText } from './print-text.ts';
import type { Tree } from './tree.ts';

export interface WrittenForm {
  /** In names, numbers and + - * / ^ ( ) alone, complete. */
  readonly expression: string;
  /** As a person writes it; `||` is parallel, and parts of a long one are named behind `where`. */
  readonly text: string;
  readonly latex: string;
  /** Without named parts. */
  readonly mathml: string;
}

export function writtenForm(tree: Tree): WrittenForm {
  const named = namedParts(tree);
  return {
    expression: treeText(tree, { plain: true }),
    text: withParts(named, {
      print: treeText,
      name: (name) => name,
      where: ' where ',
      separator: ', ',
    }),
    latex: withParts(named, {
      print: treeLatex,
      name: symbolLatex,
      where: ' \\quad\\text{where}\\quad ',
      separator: ',\\quad ',
    }),
    mathml: treeMathml(tree),
  };
}

interface Notation {
  readonly print: (tree: Tree) => string;
  readonly name: (name: string) => string;
  readonly where: string;
  readonly separator: string;
}

function withParts({ tree, parts }: NamedParts, notation: Notation): string {
  const whole = notation.print(tree);
  if (parts.length === 0) return whole;
  const definitions = parts.map(
    (part) => `${notation.name(part.name)} = ${notation.print(part.tree)}`,
  );
  return `${whole}${notation.where}${definitions.join(notation.separator)}`;
}
