/** What turning a card into a flat one needs to know of the place where the card stands. */

import type { Expression, Word } from '../../../grammar/expression.ts';
import type { Assignment } from '../../../grammar/spice/tree.ts';
import { EvaluationFault } from '../scope.ts';

export interface FlatPlace {
  /** True at top level, where names stay what they are. */
  readonly isTop: boolean;
  /** How many of the element stand in parallel. */
  readonly multiplier: number;
  /** The flat name of the element of a card. */
  readonly name: (word: Word) => Word;
  readonly node: (word: Word) => Word;
  /** An element whose current is sensed, and how many in parallel it stands for. */
  readonly source: (word: Word) => { readonly word: Word; readonly multiplier: number };
  readonly model: (word: Word) => Word;
  readonly isModel: (name: string) => boolean;
  /** Constant parts as numbers, probes by flat names; `unknown` names stay. */
  readonly value: (expression: Expression, unknown?: readonly string[]) => Expression;
  /** The values of `key=value`; a bare word that is no parameter stays a word. */
  readonly values: (parameters: readonly Assignment[]) => readonly Assignment[];
}

/** A card that has no exact counterpart for several in parallel. */
export function refuseMultiplier(
  word: Word,
  { multiplier, what }: { multiplier: number; what: string },
): void {
  if (multiplier === 1) return;
  throw new EvaluationFault(
    'unsupported_multiplier',
    word.span,
    `"${word.text}" (${what}) stands in an instance with the multiplier m=${multiplier}, which cannot be written into it.`,
    'Write the parallel instances out.',
  );
}

/** `m=` of a card times the multiplier of its instance. */
export function withMultiplier(
  parameters: readonly Assignment[],
  { name, multiplier }: { name: Word; multiplier: number },
): readonly Assignment[] {
  if (multiplier === 1) return parameters;
  const isM = ({ key }: Assignment): boolean => key.text.toLowerCase() === 'm';
  const own = parameters.find(isM)?.value;
  const { span } = name;
  const value: Expression = {
    kind: 'number',
    value: own?.kind === 'number' ? own.value * multiplier : multiplier,
    span,
  };
  const stated: Assignment = { kind: 'assignment', key: { text: 'm', span }, value, span };
  return [...parameters.filter((each) => !isM(each)), stated];
}
