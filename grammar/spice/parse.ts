/**
 * Netlist text -> syntax tree, included files in their places. Every fault of the text is reported
 * in one run; a card with a fault is not in the tree.
 */

import { Diagnostics } from '../diagnostic.ts';
import { parseDirective } from '../directive/parse.ts';
import { SyntaxFault } from '../precedence.ts';
import type { Source, Span } from '../source.ts';
import { buildCard, type Command } from './build.ts';
import { CardReader } from './card-reader.ts';
import type { DialectName } from './dialect.ts';
import { type Includes, includeFile, rootIncludes } from './include.ts';
import { lineEnd, nextLine, type Piece, pieces, type Region, type Remark } from './lines.ts';
import { Nesting } from './nest.ts';
import { parseCards, type RawCard } from './parser.ts';
import { type RecognisedDialect, recogniseDialect } from './recognise.ts';
import { titleOf, warnTitle } from './title.ts';
import type { Netlist, Statement } from './tree.ts';

export interface ParseLimits {
  /** Files within files. */
  readonly includeDepth: number;
  /** Included files in all. */
  readonly includes: number;
  /** Errors and warnings, after which the reading stops. */
  readonly diagnostics: number;
}

export interface ParseOptions {
  /** The text of a file that `from` includes; without it, or when undefined, `missing_include`. */
  readonly resolve?: (path: string, from: Source) => Source | undefined;
  /** True for a text without a title line. */
  readonly include?: boolean;
  /** Whose rules hold; recognised when it is not given. */
  readonly dialect?: DialectName;
  readonly limits?: Partial<ParseLimits>;
}

const LIMITS: ParseLimits = { includeDepth: 20, includes: 1000, diagnostics: 1000 };

/** The syntax tree of `source` and every fault in it; never throws for a text. */
export function parseNetlist(source: Source, options: ParseOptions = {}): Netlist {
  const diagnostics = new Diagnostics();
  const limits = { ...LIMITS, ...options.limits };
  const dialect = recogniseDialect(source, options.dialect);
  const start = source.text.startsWith('\uFEFF') ? 1 : 0;
  const at = { source, start, end: Math.min(start + 1, source.text.length) };
  if (source.text.includes('\0')) {
    const hint = 'Give the text of a netlist; UTF-16 text has to be decoded first.';
    diagnostics.error('binary_file', at, `"${source.name}" is a binary file, not a netlist.`, hint);
    return { source, title: '', dialect, statements: [], diagnostics: diagnostics.all };
  }
  const root = rootIncludes(source, { resolve: options.resolve, limits });
  const file = new FileReader({ source, diagnostics, dialect, includes: root, limits });
  const titled = options.include !== true;
  const body = titled ? nextLine(source.text, lineEnd(source.text, start)) : start;
  if (titled) warnTitle({ source, start, end: lineEnd(source.text, start) }, diagnostics);
  const statements = file.read(body);
  const title =
    file.title ?? (titled ? titleOf(source.text.slice(start, lineEnd(source.text, start))) : '');
  if (!diagnostics.hasErrors && statements.every(({ kind }) => kind === 'directive')) {
    const message = `"${source.name}" contains no circuit.`;
    const hint = 'The first line is the title; element cards such as "R1 a b 1k" follow it.';
    diagnostics.error('empty_netlist', at, message, hint);
  }
  return { source, title, dialect, statements, diagnostics: diagnostics.all };
}

interface FileContext {
  readonly source: Source;
  readonly diagnostics: Diagnostics;
  readonly dialect: RecognisedDialect;
  readonly includes: Includes;
  readonly limits: ParseLimits;
  /** Read only what stands between `.lib section` and `.endl`. */
  readonly section?: string;
}

/** Reads one file; included files have readers of their own. */
class FileReader {
  title: string | undefined;
  readonly #context: FileContext;
  readonly #nesting: Nesting;
  /** Undefined outside `.lib X ... .endl`; true while its cards are wanted. */
  #inSection: boolean | undefined;
  #sectionFound = false;

  constructor(context: FileContext) {
    this.#context = context;
    this.#nesting = new Nesting(context.diagnostics);
  }

  read(offset: number): readonly Statement[] {
    const { source, dialect } = this.#context;
    for (const piece of pieces(source.text, offset, dialect.facts)) {
      this.#piece(piece);
      if (this.#stopped()) break;
    }
    return this.#nesting.end();
  }

  get sectionFound(): boolean {
    return this.#sectionFound;
  }

  /** True when so many faults were met that more of them help nobody. */
  #stopped(): boolean {
    return this.#context.diagnostics.all.length >= this.#context.limits.diagnostics;
  }

  get #wanted(): boolean {
    return this.#inSection ?? this.#context.section === undefined;
  }

  #span({ start, end }: Region): Span {
    return { source: this.#context.source, start, end };
  }

  #piece(piece: Piece): void {
    const { diagnostics, source } = this.#context;
    switch (piece.kind) {
      case 'cards':
        this.#cards(piece);
        return;
      case 'block': {
        const span = this.#span(piece);
        const opening = { ...span, end: span.start + piece.opening.length };
        if (!piece.closed) {
          const message = `This ${piece.opening} block is not closed.`;
          const hint = `Add the missing ${piece.closing}.`;
          diagnostics.error(`unclosed_${piece.opening.slice(1)}`, opening, message, hint);
          return;
        }
        const keyword = { text: piece.opening, span: opening };
        const text = source.text.slice(span.start, span.end);
        if (this.#wanted) this.#nesting.add({ kind: 'kept', keyword, text, span });
        return;
      }
      case 'end':
        if (piece.rest !== undefined) {
          const { behindEnd, label } = this.#context.dialect.facts;
          const message =
            behindEnd === 'read'
              ? 'The text behind .end is read, as ngspice does; other programs ignore it.'
              : `The text behind .end is ignored, as ${label} does.`;
          const hint = 'Move .end to the end of the file.';
          diagnostics.warning('text_after_end', this.#span(piece.rest), message, hint);
        }
    }
  }

  /** Cards and the lines between them, in the order of the text. */
  #cards({ start, end, remarks }: Region & { readonly remarks: readonly Remark[] }): void {
    const { source, dialect } = this.#context;
    const { lexical } = dialect.facts;
    const cards = start < end ? parseCards(source.text.slice(start, end), lexical) : [];
    let next = 0;
    const remarksBefore = (offset: number): void => {
      for (
        let remark = remarks[next];
        remark !== undefined && remark.start < offset;
        remark = remarks[next]
      ) {
        this.#remark(remark);
        next++;
      }
    };
    for (const card of cards) {
      remarksBefore(start + (card[0]?.startOffset ?? 0));
      this.#card(card, start);
      if (this.#stopped()) return;
    }
    remarksBefore(Number.POSITIVE_INFINITY);
  }

  #remark(remark: Remark): void {
    if (!this.#wanted) return;
    const { source, diagnostics } = this.#context;
    const span = this.#span(remark);
    if (remark.kind === 'blank') this.#nesting.gap();
    else if (remark.kind === 'comment') {
      const marks = /^[*;$/]+[ \t]*/.exec(source.text.slice(span.start, span.end))?.[0].length ?? 0;
      const inner = { ...span, start: span.start + marks };
      this.#nesting.comment({
        text: source.text.slice(inner.start, inner.end).trimEnd(),
        span: inner,
      });
    } else if (remark.kind === 'directive') {
      const directive = parseDirective(span, { diagnostics });
      if (directive !== undefined) this.#nesting.add(directive);
    } else {
      const first = { ...span, end: span.start + 1 };
      const hint = 'Move it behind the card that it continues.';
      diagnostics.error('stray_continuation', first, 'This + continues no card.', hint);
    }
  }

  #card(card: RawCard, base: number): void {
    const { source, diagnostics, dialect } = this.#context;
    const reader = new CardReader(card, { source, base, diagnostics, dialect });
    try {
      this.#obey(buildCard(reader), reader.span);
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      if (!this.#wanted) return;
      const { code, start, end, message, hint } = fault;
      diagnostics.error(code, { source, start, end }, message, hint);
      // The body of a broken definition must not fall out into the circuit.
      if (/^\.(subckt|macro)$/i.test(card[0]?.image ?? ''))
        this.#nesting.open(undefined, reader.span);
      else this.#nesting.gap();
    }
  }

  #obey(command: Command, span: Span): void {
    if (command.command === 'library') {
      if (this.#sectionEnds(span.end)) this.#startSection(command.path.text);
      else if (this.#wanted) this.#include(command.path);
      return;
    }
    if (command.command === 'end_section') {
      if (this.#inSection === undefined) {
        this.#context.diagnostics.error(
          'stray_endl',
          command.span,
          'This .endl closes no library section.',
          'Remove it, or add the missing ".lib section" line.',
        );
      }
      this.#inSection = undefined;
      return;
    }
    if (!this.#wanted) return;
    switch (command.command) {
      case 'statements':
        for (const statement of command.statements) this.#nesting.add(statement);
        return;
      case 'open':
        this.#nesting.open(command.head, command.span);
        return;
      case 'close':
        this.#nesting.close(command.span, command.name);
        return;
      case 'include':
        this.#include(command.path, command.section);
        return;
      case 'title':
        this.title = command.text;
    }
  }

  /** True if an `.endl` follows before the next `.lib` with one argument. */
  #sectionEnds(offset: number): boolean {
    const next = /^[ \t]*\.(?:(endl)\b|lib[ \t]+\S+[ \t]*$)/gim;
    next.lastIndex = offset;
    return next.exec(this.#context.source.text)?.[1]?.toLowerCase() === 'endl';
  }

  #startSection(name: string): void {
    this.#inSection = name.toLowerCase() === this.#context.section;
    if (this.#inSection) this.#sectionFound = true;
  }

  #include(path: { text: string; span: Span }, section?: { text: string; span: Span }): void {
    const { diagnostics, includes, limits } = this.#context;
    this.#nesting.gap();
    const file = includeFile(path, {
      includes,
      diagnostics,
      ...(section === undefined ? {} : { section: section.text.toLowerCase() }),
    });
    if (file === undefined) return;
    const reader = new FileReader({
      source: file.source,
      diagnostics,
      dialect: this.#context.dialect,
      includes: file,
      limits,
      ...(section === undefined ? {} : { section: section.text.toLowerCase() }),
    });
    const bom = file.source.text.startsWith('\uFEFF') ? 1 : 0;
    for (const statement of reader.read(bom)) this.#nesting.add(statement);
    if (section !== undefined && !reader.sectionFound) {
      const message = `The library "${path.text}" has no section "${section.text}".`;
      const hint = 'A section begins with ".lib name" and ends with ".endl".';
      diagnostics.error('missing_section', section.span, message, hint);
    }
  }
}
