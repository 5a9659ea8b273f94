/** What is wrong (or worth knowing) about a user's text, and how it is shown. */

import { lineText, original, position, type Span } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

export interface Diagnostic {
  readonly severity: Severity;
  /** A stable name for programs, in snake_case. */
  readonly code: string;
  /** One sentence that quotes the user's own words. */
  readonly message: string;
  readonly span: Span;
  /** What to write instead. */
  readonly hint?: string;
}

/** Collects diagnostics of one run, in the order they are found. */
export class Diagnostics {
  readonly all: Diagnostic[] = [];

  error(code: string, span: Span, message: string, hint?: string): void {
    this.#add('error', code, span, message, hint);
  }

  warning(code: string, span: Span, message: string, hint?: string): void {
    this.#add('warning', code, span, message, hint);
  }

  info(code: string, span: Span, message: string, hint?: string): void {
    this.#add('info', code, span, message, hint);
  }

  get hasErrors(): boolean {
    return this.all.some((diagnostic) => diagnostic.severity === 'error');
  }

  #add(severity: Severity, code: string, span: Span, message: string, hint?: string): void {
    this.all.push({ severity, code, message, span, ...(hint === undefined ? {} : { hint }) });
  }
}

/** The longest source line that is shown in full; a longer one is cut around the caret. */
const FRAME_WIDTH = 120;

/**
 * `file:line:column: error: message`, the source line, a caret under the span, and the hint.
 * Lines longer than FRAME_WIDTH are cut on both sides of the caret.
 */
export function renderDiagnostic({ severity, message, span: found, hint }: Diagnostic): string {
  const span = original(found);
  const { line, column } = position(span.source, span.start);
  const head = `${span.source.name}:${line}:${column}: ${severity}: ${message}`;
  const full = lineText(span.source, span.start).replace(/[\t\p{Cc}]/gu, ' ');
  const cut = Math.max(0, Math.min(column - 1 - FRAME_WIDTH / 2, full.length - FRAME_WIDTH));
  const text = full.slice(cut, cut + FRAME_WIDTH);
  const gutter = `${line} | `;
  const indent = ' '.repeat(gutter.length - 2);
  const caretAt = column - 1 - cut;
  const width = Math.max(1, Math.min(span.end - span.start, text.length - caretAt));
  const frame = [`${gutter}${text}`, `${indent}| ${' '.repeat(caretAt)}${'^'.repeat(width)}`];
  return [head, ...frame, ...(hint === undefined ? [] : [`${indent}= hint: ${hint}`])].join('\n');
}
