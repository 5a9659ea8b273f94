/**
 * Flat statements become nested ones: a stack of open `.subckt` definitions. Nesting is no matter of
 * the grammar, so that a missing `.ends` costs one error and not the rest of the file.
 */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Span } from '../source.ts';
import type { SubcircuitHead } from './cards/subcircuit.ts';
import type { Statement } from './tree.ts';

/** Definitions within definitions: the tree is walked recursively later. */
const DEEPEST_DEFINITION = 100;

interface Frame {
  /** Absent when the `.subckt` line was broken: its body is read for faults and dropped. */
  readonly head: SubcircuitHead | undefined;
  readonly span: Span;
  readonly statements: Statement[];
  readonly comments: Word[];
}

export class Nesting {
  readonly statements: Statement[] = [];
  readonly #diagnostics: Diagnostics;
  readonly #open: Frame[] = [];
  /** The comment lines directly above the next card. */
  #above: Word[] = [];

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  add(statement: Statement): void {
    (this.#open.at(-1)?.statements ?? this.statements).push(statement);
    if (statement.kind !== 'directive') this.#above = [];
  }

  comment(comment: Word): void {
    this.#above.push(comment);
    this.#open.at(-1)?.comments.push(comment);
  }

  /** A blank line or a card that made no statement: comments above it belong to nothing below. */
  gap(): void {
    this.#above = [];
  }

  open(head: SubcircuitHead | undefined, span: Span): void {
    if (this.#open.length === DEEPEST_DEFINITION) {
      const hint = `At most ${DEEPEST_DEFINITION} levels are accepted.`;
      this.#diagnostics.error(
        'nested_too_deep',
        span,
        'The subcircuit definitions are nested too deep.',
        hint,
      );
    }
    const kept = this.#open.length < DEEPEST_DEFINITION ? head : undefined;
    this.#open.push({ head: kept, span, statements: [], comments: this.#above });
    this.#above = [];
  }

  /** `.ends`, or `.ends NAME`, which closes whatever is open inside NAME with an error. */
  close(span: Span, name?: Word): void {
    const wanted = name?.text.toLowerCase();
    const index = this.#open.findLastIndex(({ head }) => head?.name.text.toLowerCase() === wanted);
    while (wanted !== undefined && index >= 0 && this.#open.length - 1 > index) this.#unclosed();
    const frame = this.#open.pop();
    this.#above = [];
    if (frame === undefined) {
      const hint = 'Remove it, or add the missing .subckt line.';
      this.#diagnostics.error('stray_ends', span, 'This .ends closes no subcircuit.', hint);
      return;
    }
    this.#finish(frame);
  }

  /** Closes what the end of the file leaves open. */
  end(): readonly Statement[] {
    while (this.#open.length > 0) this.#unclosed();
    return this.statements;
  }

  #unclosed(): void {
    const frame = this.#open.pop();
    if (frame === undefined) return;
    const name = shorten(frame.head?.name.text ?? '');
    const message = `The subcircuit "${name}" is not closed.`;
    this.#diagnostics.error('unclosed_subcircuit', frame.span, message, `Add .ends ${name}.`);
    this.#finish(frame);
  }

  #finish({ head, span, statements, comments }: Frame): void {
    if (head === undefined) return;
    this.add({ kind: 'subcircuit', ...head, statements, comments, span });
  }
}
