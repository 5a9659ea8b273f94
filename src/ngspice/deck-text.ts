// Deck -> the text that ngspice reads.
//
// The title is a nonce, so that an answer to another deck is recognised. Every step writes its plot to a file
// of its own and destroys it, so that a failed `op` leaves nothing to be mistaken for its result. A witness,
// a source of ours in an island of its own, is set to the step's number: v(witness) in the file proves that
// the solution was made after the step's alterations. The witness also keeps the number of vectors at two or more
// (with one, ngspice forgets its name).

import type { Deck, Step } from './engine.ts';

/** The node whose voltage is the number of the step, counted from 1 [V]. */
export const WITNESS = 'nullorwitness';

/** Where the plot of a step is written; `step` counts from 1. */
export function stepFile(step: number): string {
  return `/step${step}.raw`;
}

/** The line that ngspice prints before it begins a step. */
export function stepMarker(nonce: string, step: number): string {
  return `@@ ${nonce} ${step}`;
}

/** A title that no other run has. Lower case, because ngspice lowers it in places. */
export function makeNonce(): string {
  const random = () => Math.floor(Math.random() * 2 ** 48).toString(36);
  return `nullor${random()}x${random()}`;
}

/** Why ngspice cannot be asked `deck`, or null. The text below is made of faultless decks only. */
export function deckFault(deck: Deck): string | null {
  const bad =
    deck.elements.find((line) => !/^(?:[a-z]|\.(?:model|nodeset)\b)[\x20-\x7e]*$/i.test(line)) ??
    deck.options?.find((option) => !/^[a-z]\w*(?:=[-+.\w]+)?$/i.test(option)) ??
    deck.steps.flatMap((step) => step.commands).find((line) => !/^[\x20-\x7e]+$/.test(line));
  if (bad !== undefined) {
    return `${JSON.stringify(bad)} is not one line of plain text that ngspice can be given`;
  }
  const node = nodeWithoutColumn(deck.elements);
  if (node !== null) return `node ${node} has currents flowing into it and no voltage: no path`;
  return deck.steps.length === 0 ? 'the deck asks nothing: it has no steps' : null;
}

/**
 * A node whose voltage is in no equation: it is touched by current outputs (I, F, G, B with `i=`) and nothing else.
 * Its matrix column is empty, and ngspice-45.2 with KLU then does not complain but leaves it out and
 * hands out the other voltages under wrong names (measured: 1 V at the wrong one of two nodes).
 */
function nodeWithoutColumn(elements: readonly string[]): string | null {
  const driven = new Set<string>();
  const others = new Set<string>(['0']);
  for (const line of elements) {
    if (line.startsWith('.')) continue;
    const words = line.toLowerCase().split(/[\s(),=]+/);
    const isCurrentOutput = /^[ifg]|^b.*\bi\s*=/i.test(line);
    words.slice(1, 3).forEach((word) => {
      (isCurrentOutput ? driven : others).add(word);
    });
    // Control nodes count. In an expression nodes stand between operators, too, but always in v(...).
    words.slice(3).forEach((word) => {
      others.add(word);
    });
  }
  return [...driven].find((node) => !others.has(node)) ?? null;
}

/** The whole input file, title to `.end`. */
export function deckText(deck: Deck, nonce: string): string {
  return [
    nonce,
    `v${WITNESS} ${WITNESS} 0 0`,
    `r${WITNESS} ${WITNESS} 0 1`,
    ...deck.elements,
    ['.options klu', ...(deck.options ?? [])].join(' '), // KLU: 1e-15 instead of 1e-16 A_OL
    '.control',
    ...deck.steps.flatMap((step, i) => stepLines(step, nonce, i + 1)),
    '.endc',
    '.end',
    '',
  ].join('\n');
}

/** The deck has no capacitors; those inside devices are open at 1 mHz. */
const SMALL_SIGNAL = 'ac lin 1 1m 1m';

export function isSmallSignal({ analysis }: Step): boolean {
  return analysis === 'small signal';
}

function stepLines(step: Step, nonce: string, number: number): string[] {
  return [
    `echo ${stepMarker(nonce, number)}`,
    ...step.commands,
    `alter v${WITNESS} ${isSmallSignal(step) ? 'acmag ' : ''}= ${number}`,
    isSmallSignal(step) ? SMALL_SIGNAL : 'op',
    `write ${stepFile(number)}`,
    'destroy',
  ];
}
