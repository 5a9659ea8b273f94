/** What is wrong with a formula, at the words that are to blame. */

import type { Span } from '../../grammar/source.ts';

/** A name in a formula that means nothing, a form that a formula cannot have, or units that do not fit. */
export class FormulaFault extends Error {
  readonly span: Span;
  readonly hint: string | undefined;
  readonly code: 'bad_formula' | 'unit_mismatch' | 'bad_range';

  constructor(
    span: Span,
    message: string,
    hint?: string,
    code: 'bad_formula' | 'unit_mismatch' | 'bad_range' = 'bad_formula',
  ) {
    super(message);
    this.span = span;
    this.hint = hint;
    this.code = code;
  }
}

/** A quantity that this circuit does not have: the expectation fails, but the line is right. */
export class MissingQuantity extends FormulaFault {}
