/** A fault of a directive, at the words that are to blame. */

import { SyntaxFault } from '../precedence.ts';
import type { Span } from '../source.ts';

export function faultAt(
  span: Span,
  options: { code: string; message: string; hint: string },
): SyntaxFault {
  const { message, code, hint } = options;
  return new SyntaxFault(message, { code, start: span.start, end: span.end, hint });
}
