/** A closed form in every notation. */

import { type NamedParts, namedParts } from './named-parts.ts';
import { symbolLatex, treeLatex } from './print-latex.ts';
import { treeMathml } from './print-mathml.ts';
import { treeText } from './print-text.ts';
import type { Tree } from './tree.ts';

export interface WrittenForm {
  /** In the names of elements, numbers and + - * / ^ ( ) alone, complete; null when longer than `LONGEST_EXPRESSION`. */
  readonly expression: string | null;
  /** The same in parts that have names, of a form that needs them; null for all others. */
  readonly inParts: ExpressionInParts | null;
  /** As a person writes it; `||` is parallel, and parts of a long one are named behind `where`. */
  readonly text: string;
  readonly latex: string;
  /** With the names of parts that have them from the start. */
  readonly mathml: string;
}

export interface ExpressionInParts {
  readonly expression: string;
  /** Each in the names of elements and of the parts before it. */
  readonly parts: readonly { readonly name: string; readonly expression: string }[];
}

/** Longer expressions are not written out [characters]. */
export const LONGEST_EXPRESSION = 1_000_000;

/** A tree in every notation, with the definitions of names that it has from its symbols. */
export function writtenForm(tree: Tree, definitions: ReadonlyMap<string, Tree>): WrittenForm {
  const named = namedParts(tree, definitions);
  const inParts: ExpressionInParts = {
    expression: treeText(tree, { plain: true }),
    parts: named.parts
      .filter(({ name }) => definitions.has(name))
      .map((part) => ({ name: part.name, expression: treeText(part.tree, { plain: true }) })),
  };
  return {
    expression: expanded(inParts),
    inParts: inParts.parts.length === 0 ? null : inParts,
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

/** The expression with the parts in place of their names; null when that is too long. */
function expanded({ expression, parts }: ExpressionInParts): string | null {
  const texts = new Map<string, string>();
  for (const part of parts) {
    const text = inserted(part.expression, texts);
    if (text === null) return null;
    texts.set(part.name, `(${text})`);
  }
  return inserted(expression, texts);
}

function inserted(plain: string, texts: ReadonlyMap<string, string>): string | null {
  if (texts.size === 0) return plain;
  const pieces = plain.split(/([\w.$@#\u00a7-\uffef]+)/).map((word) => texts.get(word) ?? word);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return length > LONGEST_EXPRESSION ? null : pieces.join('');
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
