/** LTspice and PSpice take nothing but definitions from a library. */

import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import type { Statement } from './tree.ts';

/** The statements of the library `path` without the elements at its top; a warning tells of them. */
export function withoutElements(
  statements: readonly Statement[],
  {
    path,
    diagnostics,
    label,
  }: { readonly path: Word; readonly diagnostics: Diagnostics; readonly label: string },
): readonly Statement[] {
  const kept = statements.filter(({ kind }) => kind !== 'card');
  if (kept.length < statements.length) {
    const message = `${label} ignores the elements of the library "${path.text}" that stand in no subcircuit.`;
    const hint = 'Use .include to make them part of the circuit.';
    diagnostics.warning('library_elements', path.span, message, hint);
  }
  return kept;
}
