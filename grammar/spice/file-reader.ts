/** Reads one file of a netlist: its pieces in the order of the text, included files in their places. */

import { Diagnostics } from '../diagnostic.ts';
import { parseDirective } from '../directive/parse.ts';
import type { Word } from '../expression.ts';
import { PartPlaces } from '../placed.ts';
import { SyntaxFault } from '../precedence.ts';
import type { Source, Span } from '../source.ts';
import { buildCard, type Command } from './build.ts';
import type { CardPlace } from './card-cursor.ts';
import { CardReader } from './card-reader.ts';
import { reportUnclosed } from './control-block.ts';
import { type Includes, includedDialect, includeFile } from './include.ts';
import { withoutElements } from './library-elements.ts';
import { type Piece, pieces, type Region, type Remark } from './lines.ts';
import { Nesting } from './nest.ts';
import type { ParseLimits } from './parse.ts';
import { parseCards, type RawCard } from './parser.ts';
import type { RecognisedDialect } from './recognise.ts';
import { looksLikeCard } from './title.ts';
import type { Statement } from './tree.ts';

export interface FileContext {
  readonly source: Source;
  readonly diagnostics: Diagnostics;
  readonly dialect: RecognisedDialect;
  /** The dialect of the netlist that includes this file. */
  readonly root?: RecognisedDialect;
  readonly includes: Includes;
  readonly limits: ParseLimits;
  /** Read only what stands between `.lib section` and `.endl`. */
  readonly section?: string;
}

/** Reads one file; included files have readers of their own. */
export class FileReader {
  title: string | undefined;
  readonly #context: FileContext;
  readonly #nesting: Nesting;
  /** Undefined outside `.lib X ... .endl`; true while its cards are wanted. */
  #inSection: boolean | undefined;
  #sectionFound = false;
  #indentationTold = false;
  /** Faults that await the judgement whether their definition is used. */
  #held = 0;
  /** True behind `.alter`. */
  #altered = false;

  constructor(context: FileContext) {
    this.#context = context;
    const { root, dialect } = context;
    const foreign = root !== undefined && root.name !== dialect.name;
    this.#nesting = new Nesting(context.diagnostics, foreign ? dialect.facts : undefined);
  }

  read(offset: number): readonly Statement[] {
    const { source, dialect } = this.#context;
    for (const piece of pieces(source.text, offset, dialect.facts)) {
      this.#piece(piece);
      if (this.#stopped()) break;
    }
    return this.#nesting.end();
  }

  /** The part before the first `.alter` is the circuit; the others are variants of it. */
  #alter(span: Span): void {
    this.#altered = true;
    this.#context.diagnostics.warning(
      'alter_ignored',
      span,
      'What follows .alter is another run and is not read.',
      'Write the variant into a file of its own to analyse it.',
    );
  }

  get sectionFound(): boolean {
    return this.#sectionFound;
  }

  /** True behind `.alter`, and when so many faults were met that more of them help nobody. */
  #stopped(): boolean {
    const { diagnostics, limits } = this.#context;
    return this.#altered || diagnostics.all.length + this.#held >= limits.diagnostics;
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
        const text = source.text.slice(span.start, span.end);
        if (!piece.closed && reportUnclosed(piece, { opening, text, diagnostics })) return;
        const keyword = { text: piece.opening, span: opening };
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
          const [span, hint] = [this.#span(piece.rest), 'Move .end to the end of the file.'];
          diagnostics.warning('text_after_end', span, message, hint);
        }
    }
  }

  /** Cards and the lines between them, in the order of the text. */
  #cards({ start, end, remarks }: Region & { readonly remarks: readonly Remark[] }): void {
    const { source, dialect, diagnostics } = this.#context;
    const { lexical } = dialect.facts;
    const cards = start < end ? parseCards(source.text.slice(start, end), lexical) : [];
    const places = new PartPlaces(cards[0]?.parts ?? [], { source, base: start });
    const place = { places, diagnostics, dialect };
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
      remarksBefore(places.start(card.first));
      this.#card(card, place);
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
      this.#warnIndented(span);
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

  /** A card that only its indentation makes a comment. */
  #warnIndented(span: Span): void {
    const { source, diagnostics, dialect } = this.#context;
    const { facts } = dialect;
    if (!facts.lexical.indentedComment || this.#indentationTold) return;
    if (!looksLikeCard(source.text.slice(span.start, span.end))) return;
    this.#indentationTold = true;
    const message = `This line is a comment, because ${facts.label} reads indented lines as comments.`;
    diagnostics.warning('indented_comment', span, message, 'Begin a card in the first column.');
  }

  #card(card: RawCard, place: CardPlace): void {
    const held = this.#context.includes.parent !== undefined && this.#nesting.inDefinition;
    if (!held) {
      this.#build(new CardReader(card, place));
      return;
    }
    const diagnostics = new Diagnostics();
    this.#build(new CardReader(card, { ...place, diagnostics }));
    for (const diagnostic of diagnostics.all) {
      if (diagnostic.severity === 'error' && this.#nesting.hold(diagnostic)) this.#held++;
      else this.#context.diagnostics.all.push(diagnostic);
    }
  }

  #build(reader: CardReader): void {
    const { source } = this.#context;
    const { diagnostics } = reader;
    try {
      this.#obey(buildCard(reader), reader);
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      if (!this.#wanted) return;
      const { code, start, end, message, hint } = fault;
      diagnostics.error(code, { source, start, end }, message, hint);
      // The body of a broken definition must not fall out into the circuit.
      if (/^\.(subckt|macro)$/i.test(reader.keyword)) this.#nesting.open(undefined, reader.span);
      else this.#nesting.gap();
    }
  }

  #obey(command: Command, reader: CardReader): void {
    if (command.command === 'library') {
      if (this.#sectionEnds(reader.span.end)) this.#startSection(command.path.text);
      else if (this.#wanted) this.#include(command.path, { library: true });
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
        this.#include(command.path, command);
        return;
      case 'branch':
        this.#nesting.branch(command.span, command);
        return;
      case 'end_if':
        this.#nesting.endIf(command.span);
        return;
      case 'alter':
        this.#alter(command.span);
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

  #include(path: Word, { section, library }: { section?: Word; library: boolean }): void {
    const { diagnostics, includes, dialect, limits } = this.#context;
    this.#nesting.gap();
    const wanted = section === undefined ? {} : { section: section.text.toLowerCase() };
    const file = includeFile(path, { includes, diagnostics, dialect, library, ...wanted });
    if (file === undefined) {
      const text = `${library ? '.lib' : '.include'} "${path.text}"${section === undefined ? '' : ` ${section.text}`}`;
      const keyword = { text: library ? '.lib' : '.include', span: path.span };
      this.#nesting.add({ kind: 'kept', keyword, text, span: path.span });
      return;
    }
    const { source } = file;
    const root = this.#context.root ?? dialect;
    const reader = new FileReader({
      source,
      diagnostics,
      dialect: includedDialect(source, { path, root, includer: dialect, diagnostics }),
      root,
      includes: file,
      limits,
      ...wanted,
    });
    const bom = source.text.startsWith('\uFEFF') ? 1 : 0;
    const statements = reader.read(bom);
    const models = library && section === undefined && !dialect.facts.libraryElements;
    const taken = models
      ? withoutElements(statements, { path, diagnostics, label: dialect.facts.label })
      : statements;
    for (const statement of taken) this.#nesting.add(statement);
    if (section !== undefined && !reader.sectionFound) {
      const message = `The library "${path.text}" has no section "${section.text}".`;
      const hint = 'A section begins with ".lib name" and ends with ".endl".';
      diagnostics.error('missing_section', section.span, message, hint);
    }
  }
}
