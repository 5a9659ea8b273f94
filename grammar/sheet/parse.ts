/**
 * A Markdown or plain text -> the calculations in it. A stretch with a relation sign is a calculation: what stands
 * before its first and behind its last term is prose, as a label or the end of a sentence; what cannot be read
 * is an entry that says so.
 */

import type { IToken, Lexer } from 'chevrotain';
import type { Expression } from '../expression.ts';
import { checkShape, parserFault, shorten } from '../expression-faults.ts';
import { ExpressionRules } from '../expression-parser.ts';
import { bindings, type PrecedenceTable, SyntaxFault } from '../precedence.ts';
import type { Source } from '../source.ts';
import { chainsIn } from './chains.ts';
import { Implied, productsIn } from './implied.ts';
import { readSheetNumber } from './number.ts';
import { type Stretch, stretches } from './stretches.ts';
import { Arrow, Compared, PlusMinusSign, sheetLexer, sheetVocabulary } from './tokens.ts';
import type { Sheet, SheetEntry, SheetRelation, SheetTerm } from './tree.ts';

/** More characters than this are not read, and more calculations. */
const LONGEST_SHEET = 1_000_000;
const MOST_ENTRIES = 2000;

/** As in directives; a product that is implied binds like a written one. */
const TABLE: PrecedenceTable = {
  infix: bindings([['+', '-'], ['*', '/'], ['||'], [] /* signs */, ['^', '**']], {
    right: ['^', '**'],
  }),
  prefix: 4,
};

class SheetParser extends ExpressionRules {
  constructor() {
    super([...sheetVocabulary, Implied], { skipValidations: true, maxLookahead: 2 });
    this.performSelfAnalysis();
  }
}

let made: { readonly lexer: Lexer; readonly parser: SheetParser } | undefined;

export function parseSheet(source: Source): Sheet {
  const { text } = source;
  if (text.length > LONGEST_SHEET) {
    const span = { source, start: 0, end: 1 };
    const message = `The sheet has more than ${LONGEST_SHEET} characters.`;
    return { source, entries: [{ kind: 'unread', message, hint: 'Split it.', span }] };
  }
  const entries: SheetEntry[] = [];
  const { found, unclosed } = stretches(source);
  for (const stretch of found) {
    if (entries.length >= MOST_ENTRIES) {
      const message = `Behind this line nothing is read: there are ${MOST_ENTRIES} calculations before it.`;
      entries.push({ kind: 'unread', message, hint: 'Split the sheet.', span: stretch.span });
      break;
    }
    for (const entry of entriesOf(stretch)) {
      const previous = entries.at(-1);
      if (entry.kind === 'unread') entries.push(entry);
      else if (!entry.continues) {
        const { continues: _, ...calculation } = entry;
        entries.push(calculation);
      } else if (previous?.kind === 'calculation') {
        // A line that begins with a relation sign goes on with the calculation above it.
        const span = { ...previous.span, end: entry.span.end };
        entries.splice(-1, 1, { ...previous, terms: [...previous.terms, ...entry.terms], span });
      } else {
        const message =
          'This line begins with a relation sign, and there is no calculation above it.';
        entries.push({ kind: 'unread', message, hint: HINT, span: entry.span });
      }
    }
  }
  for (const { what, span } of unclosed) {
    const message = `This ${what} is not closed; what stands behind it is not read as it is meant.`;
    entries.push({ kind: 'unread', message, hint: 'Write its end, or take it out.', span });
  }
  return { source, entries };
}

type Found =
  | (Extract<SheetEntry, { kind: 'calculation' }> & { readonly continues: boolean })
  | Extract<SheetEntry, { kind: 'unread' }>;

/** The calculations between the prose of a stretch. */
function entriesOf({ text, span, mode }: Stretch): Found[] {
  made ??= { lexer: sheetLexer(), parser: new SheetParser() };
  const { source, start: base } = span;
  const { tokens } = made.lexer.tokenize(text);
  const chains = chainsIn(productsIn(tokens, mode), { text, mode });
  return chains.map(({ chain, isFirst, doubt }): Found => {
    const [first] = chain;
    const last = chain.at(-1);
    const start = base + (first?.startOffset ?? 0);
    const end = base + (last?.startOffset ?? 0) + (last?.image.length ?? 0);
    if (doubt !== undefined) return { kind: 'unread', ...doubt, span: { source, start, end } };
    try {
      checkShape(chain, base);
      const terms = termsOf(chain, { source, base });
      const continues = first !== undefined && isRelation(first);
      if (continues && !isFirst) {
        throw new SyntaxFault('Nothing that can be read stands before this relation sign.', {
          code: 'unread_line',
          start,
          end: start + first.image.length,
          hint: HINT,
        });
      }
      return { kind: 'calculation', terms, continues, span: { source, start, end } };
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      const { message, hint } = fault;
      const at = { source, start: fault.start, end: fault.end };
      return { kind: 'unread', message, hint: hint ?? HINT, span: at };
    }
  });
}

const HINT =
  'A calculation is a chain of formulas and numbers: G_N = 1 + R3/R2 = 10.05. Other text needs no relation sign.';

function isRelation({ tokenType }: IToken): boolean {
  return tokenType === Compared || tokenType === Arrow;
}

const RELATIONS: Readonly<Record<string, SheetRelation>> = {
  '=': '=',
  '<': '<=',
  '<=': '<=',
  '\u2264': '<=',
  '>': '>=',
  '>=': '>=',
  '\u2265': '>=',
  '\u2248': '\u2248',
  '\u2245': '\u2248',
  '\u2243': '\u2248',
  '\uff1d': '=',
  '\uff1c': '<=',
  '\u2266': '<=',
  '\u2a7d': '<=',
  '\uff1e': '>=',
  '\u2267': '>=',
  '\u2a7e': '>=',
};

function relationOf({ tokenType, image }: IToken): SheetRelation {
  if (tokenType === Arrow) return '->';
  const known = RELATIONS[image];
  if (known !== undefined) return known;
  if (image.startsWith('\\l')) return '<=';
  return image.startsWith('\\g') ? '>=' : '\u2248';
}

function termsOf(
  chain: readonly IToken[],
  { source, base }: { readonly source: Source; readonly base: number },
): SheetTerm[] {
  const terms: SheetTerm[] = [];
  let relation: IToken | undefined;
  let term: IToken[] = [];
  const close = (next: IToken | undefined): void => {
    if (term.length === 0 && relation === undefined) return; // it begins with a relation
    if (term.length === 0) {
      const at = relation ?? next;
      const start = base + (at?.startOffset ?? 0);
      throw new SyntaxFault('Nothing stands behind this relation sign.', {
        code: 'unread_line',
        start,
        end: start + (at?.image.length ?? 1),
        hint: HINT,
      });
    }
    const expression = expressionOf(term, { source, base });
    const [first] = term;
    const last = term.at(-1);
    if (first === undefined || last === undefined) return;
    terms.push({
      ...(relation === undefined ? {} : { relation: relationOf(relation) }),
      expression,
      plusMinus: term.some(({ tokenType }) => tokenType === PlusMinusSign),
      span: {
        source,
        start: base + first.startOffset,
        end: base + last.startOffset + last.image.length,
      },
    });
  };
  for (const token of chain) {
    if (!isRelation(token)) {
      term.push(token);
      continue;
    }
    close(token);
    relation = token;
    term = [];
  }
  close(undefined);
  return terms;
}

function expressionOf(
  term: readonly IToken[],
  { source, base }: { readonly source: Source; readonly base: number },
): Expression {
  if (made === undefined) throw new Error('the lexer comes before the parser');
  const { parser } = made;
  parser.context = { source, base, table: TABLE, read: readSheetNumber };
  parser.input = term.filter(({ tokenType }) => tokenType !== PlusMinusSign);
  const expression = parser.expression();
  const last = term.at(-1);
  const end = base + (last?.startOffset ?? 0) + (last?.image.length ?? 0);
  const fault = parserFault(parser, { base, end });
  if (fault === undefined) return expression;
  const text = shorten(source.text.slice(fault.start, Math.max(fault.end, fault.start + 1)));
  throw new SyntaxFault(`This line is not understood at "${text}".`, {
    code: 'unread_line',
    start: fault.start,
    end: fault.end,
    hint: HINT,
  });
}
