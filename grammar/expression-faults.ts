/**
 * What can be wrong with an expression, in our words: its shape, which is checked before the parser
 * runs so that nesting cannot exhaust the stack, its numbers, and what the parser did not expect.
 */

import type { EmbeddedActionsParser, IToken } from 'chevrotain';
import { Bar, Close, Infix, Open, Prefix, ProbeClose, ProbeOpen } from './expression-tokens.ts';
import { parseNumber } from './number.ts';
import { SyntaxFault } from './precedence.ts';
import type { Span } from './source.ts';

/** Parentheses within parentheses. */
export const DEEPEST_EXPRESSION = 200;
/** Operators in one expression: a tree of so many levels is still walked recursively. */
const MOST_OPERATORS = 2000;

/** What is wrong with a word that should be a number. */
export function numberFault(text: string, { start, end }: Span): SyntaxFault {
  const parsed = parseNumber(text);
  if ('fault' in parsed && parsed.fault === 'rkm') {
    return new SyntaxFault(`"${shorten(text)}" is not a SPICE number.`, {
      code: 'rkm_number',
      start,
      end,
      hint: `ngspice reads ${shorten(text)} as ${parsed.ngspiceReads}; write ${parsed.suggestion}.`,
    });
  }
  if ('fault' in parsed && parsed.fault === 'range') {
    return new SyntaxFault(`The number "${shorten(text)}" is too large.`, {
      code: 'bad_number',
      start,
      end,
      hint: 'The largest number is about 1.8e308.',
    });
  }
  return new SyntaxFault(`"${shorten(text)}" is not a number.`, {
    code: 'bad_number',
    start,
    end,
    hint: 'Write a number such as 4.7k or 12u, a parameter name, or an expression in braces.',
  });
}

/** A quotation that fits into a sentence. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

/** @throws {SyntaxFault} at unbalanced parentheses, too deep a nesting, or too many operators. */
export function checkShape(tokens: readonly IToken[], base: number): void {
  const open: IToken[] = [];
  let operators = 0;
  let bars = 0;
  const fault = (token: IToken, code: string, message: string, hint?: string): SyntaxFault => {
    const start = base + token.startOffset;
    return new SyntaxFault(message, { code, start, end: start + token.image.length, hint });
  };
  for (const token of tokens) {
    const type = token.tokenType;
    const image = token.image;
    if (type === Bar && ++bars > DEEPEST_EXPRESSION) {
      throw fault(token, 'nested_too_deep', 'The expression has too many magnitude bars.');
    }
    if (type === Open || type.CATEGORIES?.includes(ProbeOpen)) {
      open.push(token);
      if (open.length > DEEPEST_EXPRESSION) {
        const hint = `At most ${DEEPEST_EXPRESSION} levels are accepted.`;
        throw fault(token, 'nested_too_deep', 'The parentheses are nested too deep.', hint);
      }
    } else if (type === Close || type === ProbeClose) {
      const partner = open.pop();
      if (partner === undefined || partner.image.endsWith('{') !== (image === '}')) {
        const hint = `Remove it, or add the "${image === '}' ? '{' : '('}" that it closes.`;
        throw fault(token, 'stray_parenthesis', `This "${image}" closes nothing.`, hint);
      }
    } else if (type.CATEGORIES?.includes(Infix) || type.CATEGORIES?.includes(Prefix)) {
      if (++operators > MOST_OPERATORS) {
        const message = `The expression has more than ${MOST_OPERATORS} operators.`;
        throw fault(token, 'expression_too_long', message, 'Split it into parameters.');
      }
    }
  }
  const unclosed = open.pop();
  if (unclosed !== undefined) {
    const [left, right] = unclosed.image === '{' ? ['{', '}'] : ['(', ')'];
    const message = `This "${left}" is not closed.`;
    throw fault(unclosed, 'unclosed_parenthesis', message, `Add the missing "${right}".`);
  }
}

/** The first fault that the parser met, in our words. */
export function parserFault(
  parser: EmbeddedActionsParser,
  region: { base: number; end: number },
): SyntaxFault | undefined {
  const first = parser.errors[0];
  if (first === undefined) return undefined;
  const { token } = first;
  if (Number.isNaN(token.startOffset) || token.image === '') {
    return new SyntaxFault('The expression ends too early.', {
      code: 'bad_expression',
      start: Math.max(region.base, region.end - 1),
      end: region.end,
      hint: 'An operand is missing.',
    });
  }
  const start = region.base + token.startOffset;
  return new SyntaxFault(`Unexpected "${shorten(token.image)}" in an expression.`, {
    code: 'bad_expression',
    start,
    end: start + token.image.length,
    hint: 'Expected an operator between operands, or an operand after an operator.',
  });
}
