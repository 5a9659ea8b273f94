/** A closed form in every notation. */

import { TooLongError } from './determinant.ts';
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
  /** With the names of parts that have them from the start. */
  readonly mathml: string;
}

/** Longer expressions are not written out [characters]. */
export const LONGEST_EXPRESSION = 1_000_000;

/**
 * A tree in every notation, with the definitions of names that it has from its symbols.
 * @throws {TooLongError} when the expression without them is too long.
 */
export function writtenForm(tree: Tree, definitions: ReadonlyMap<string, Tree>): WrittenForm {
  const named = namedParts(tree, definitions);
  return {
    expression: expanded(
      tree,
      named.parts.filter(({ name }) => definitions.has(name)),
    ),
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

/** The expression with the parts in place of their names. */
function expanded(tree: Tree, parts: NamedParts['parts']): string {
  const texts = new Map<string, string>();
  for (const part of parts) texts.set(part.name, `(${inserted(part.tree, texts)})`);
  return inserted(tree, texts);
}

function inserted(tree: Tree, texts: ReadonlyMap<string, string>): string {
  const plain = treeText(tree, { plain: true });
  if (texts.size === 0) return plain;
  let length = 0;
  const pieces = plain.split(/([\w.$@#\u00a7-\uffef]+)/).map((word) => {
    const piece = texts.get(word) ?? word;
    length += piece.length;
    if (length > LONGEST_EXPRESSION) throw new TooLongError();
    return piece;
  });
  return pieces.join('');
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
