/**
 * Flat statements become nested ones: a stack of open `.subckt` definitions. Nesting is no matter of
 * the grammar, so that a missing `.ends` costs one error and not the rest of the file.
 */

import type { Diagnostic, Diagnostics } from '../diagnostic.ts';
import type { Expression, Word } from '../expression.ts';
import { shorten } from '../expression-faults.ts';
import type { Span } from '../source.ts';
import type { SubcircuitHead } from './cards/subcircuit.ts';
import type { Dialect } from './dialect.ts';
import type { Conditional, Statement } from './tree.ts';

/** Definitions within definitions: the tree is walked recursively later. */
const DEEPEST_DEFINITION = 100;

interface Frame {
  readonly kind: 'definition';
  /** Absent when the `.subckt` line was broken: its body is read for faults and dropped. */
  readonly head: SubcircuitHead | undefined;
  readonly span: Span;
  readonly statements: Statement[];
  readonly comments: Word[];
  readonly faults: Diagnostic[];
}

/** An open `.if`; the last branch is the one being read. */
interface Choice {
  readonly kind: 'choice';
  readonly span: Span;
  readonly branches: {
    readonly condition?: Expression;
    readonly statements: Statement[];
    readonly span: Span;
  }[];
}

export class Nesting {
  readonly statements: Statement[] = [];
  readonly #diagnostics: Diagnostics;
  readonly #dialect: Dialect | undefined;
  readonly #open: (Frame | Choice)[] = [];
  /** The comment lines directly above the next card. */
  #above: Word[] = [];

  /** `dialect` where it is another than that of the netlist. */
  constructor(diagnostics: Diagnostics, dialect?: Dialect) {
    this.#diagnostics = diagnostics;
    this.#dialect = dialect;
  }

  add(statement: Statement): void {
    this.#target.push(this.#placed(statement));
    if (statement.kind !== 'directive') this.gap();
  }

  /** Parameters and models outside of definitions keep the rules of their file. */
  #placed(statement: Statement): Statement {
    if (this.#dialect === undefined) return statement;
    if (statement.kind !== 'parameters' && statement.kind !== 'model') return statement;
    return { dialect: this.#dialect, ...statement };
  }

  /** Where statements go now. */
  get #target(): Statement[] {
    const inner = this.#open.at(-1);
    if (inner === undefined) return this.statements;
    if (inner.kind === 'definition') return inner.statements;
    return inner.branches.at(-1)?.statements ?? [];
  }

  comment(comment: Word): void {
    this.#above.push(comment);
    this.#open.findLast((frame) => frame.kind === 'definition')?.comments.push(comment);
  }

  /** True inside a `.subckt`. */
  get inDefinition(): boolean {
    return this.#open.some(({ kind }) => kind === 'definition');
  }

  /** Leaves the judgement of a fault to who knows whether the definition around it is used; false outside of one. */
  hold(fault: Diagnostic): boolean {
    const definition = this.#open.findLast((frame) => frame.kind === 'definition');
    definition?.faults.push(fault);
    return definition !== undefined;
  }

  /** `.if`, `.elseif`, `.else`. */
  branch(span: Span, { first, condition }: { first: boolean; condition?: Expression }): void {
    this.#above = [];
    const opened = { statements: [], span, ...(condition === undefined ? {} : { condition }) };
    if (first) {
      if (this.#open.length < DEEPEST_DEFINITION) {
        this.#open.push({ kind: 'choice', span, branches: [opened] });
        return;
      }
      const hint = `At most ${DEEPEST_DEFINITION} levels are accepted.`;
      this.#diagnostics.error('nested_too_deep', span, 'The .if blocks are nested too deep.', hint);
      return;
    }
    const choice = this.#open.at(-1);
    const message = 'This branch belongs to no .if.';
    const hint = 'Add the missing .if, or remove it.';
    if (choice?.kind !== 'choice') this.#diagnostics.error('stray_else', span, message, hint);
    else choice.branches.push(opened);
  }

  endIf(span: Span): void {
    this.#above = [];
    const choice = this.#open.at(-1);
    if (choice?.kind === 'choice') {
      this.#open.pop();
      this.#finishChoice(choice);
      return;
    }
    const hint = 'Remove it, or add the missing .if.';
    this.#diagnostics.error('stray_endif', span, 'This .endif closes no .if.', hint);
  }

  #finishChoice({ branches, span }: Choice): void {
    const statement: Conditional = { kind: 'if', branches, span };
    this.add(statement);
  }

  /** A blank line or a card that made no statement: comments above it belong to nothing below. */
  gap(): void {
    if (this.#above.length > 0) this.#above = [];
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
    this.#open.push({
      kind: 'definition',
      head: kept,
      span,
      statements: [],
      comments: this.#above,
      faults: [],
    });
    this.#above = [];
  }

  /** `.ends`, or `.ends NAME`, which closes whatever is open inside NAME with an error. */
  close(span: Span, name?: Word): void {
    const wanted = name?.text.toLowerCase();
    const index = this.#open.findLastIndex(
      (frame) => frame.kind === 'definition' && frame.head?.name.text.toLowerCase() === wanted,
    );
    while (wanted !== undefined && index >= 0 && this.#open.length - 1 > index) this.#unclosed();
    const inner = this.#open.findLastIndex(({ kind }) => kind === 'definition');
    while (inner >= 0 && this.#open.length - 1 > inner) this.#unclosed();
    if (inner < 0) {
      this.#above = [];
      const hint = 'Remove it, or add the missing .subckt line.';
      this.#diagnostics.error('stray_ends', span, 'This .ends closes no subcircuit.', hint);
      return;
    }
    const frame = this.#open.pop();
    this.#above = [];
    if (frame?.kind === 'definition') this.#finish(frame);
  }

  /** Closes what the end of the file leaves open. */
  end(): readonly Statement[] {
    while (this.#open.length > 0) this.#unclosed();
    return this.statements;
  }

  #unclosed(): void {
    const frame = this.#open.pop();
    if (frame === undefined) return;
    if (frame.kind === 'choice') {
      const message = 'This .if is not closed.';
      this.#diagnostics.error('unclosed_if', frame.span, message, 'Add .endif.');
      this.#finishChoice(frame);
      return;
    }
    const name = shorten(frame.head?.name.text ?? '');
    const message = `The subcircuit "${name}" is not closed.`;
    this.#diagnostics.error('unclosed_subcircuit', frame.span, message, `Add .ends ${name}.`);
    this.#finish(frame);
  }

  #finish({ head, span, statements, comments, faults }: Frame): void {
    if (head === undefined) return;
    this.add({
      kind: 'subcircuit',
      ...head,
      statements,
      comments,
      ...(this.#dialect === undefined ? {} : { dialect: this.#dialect }),
      ...(faults.length === 0 ? {} : { faults }),
      span,
    });
  }
}
