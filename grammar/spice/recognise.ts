/**
 * Which program a netlist was written for, by the fingerprints that programs leave in their files
 * (measured on 484 decks). Without one ngspice's rules hold, but for the suffix `a`.
 */

import { position, type Source } from '../source.ts';
import { DIALECTS, type Dialect, type DialectName } from './dialect.ts';

/** A program that writes another program's dialect. */
export type Flavour = 'kicad' | 'esim' | 'slicap';

/** The dialect of a netlist, and why. */
export interface RecognisedDialect {
  readonly name: DialectName;
  readonly flavour?: Flavour;
  /** The rules; `grounds` includes what the netlist's own options add. */
  readonly facts: Dialect;
  /** For people: `".backanno", line 12`. */
  readonly evidence: string;
  /** False when nothing told the dialect: a text that dialects read differently then needs a warning. */
  readonly certain: boolean;
}

interface Fingerprint {
  readonly dialect: DialectName;
  readonly flavour?: Flavour;
  readonly pattern: RegExp;
  readonly weight: number;
}

/** `first`: on the first line only. */
const FIRST_LINE: readonly Fingerprint[] = [
  { dialect: 'ltspice', pattern: /^\*.*\.asc\s*$/i, weight: 4 },
  { dialect: 'tina', pattern: /\(TINA Netlist Editor format\)/i, weight: 5 },
  { dialect: 'pspice', pattern: /\(PSpice format\)/i, weight: 5 },
  { dialect: 'ltspice', pattern: /\(LTSpice format\)/i, weight: 5 },
  { dialect: 'xyce', pattern: /\(Xyce format\)/i, weight: 5 },
  { dialect: 'ngspice', flavour: 'slicap', pattern: /^\s*"[^"]*"\s*$/, weight: 3 },
  { dialect: 'ngspice', flavour: 'esim', pattern: /^\*.*esim/i, weight: 3 },
  { dialect: 'pspice', pattern: /^\* source \S+/i, weight: 4 },
];

const ANYWHERE: readonly Fingerprint[] = [
  { dialect: 'ngspice', pattern: /^[ \t]*\.control\b/im, weight: 5 },
  {
    dialect: 'ngspice',
    flavour: 'kicad',
    pattern: /^[ \t]*\.title[ \t]+KiCad schematic|EESchema Netlist Version|created by Eeschema/im,
    weight: 3,
  },
  {
    dialect: 'ngspice',
    flavour: 'slicap',
    pattern: /^[ \t]*\.(?:detector|lgref)\b|\bdcvar[ \t]*=/im,
    weight: 3,
  },
  { dialect: 'ltspice', pattern: /^[ \t]*\.backanno\b/im, weight: 4 },
  { dialect: 'ltspice', pattern: /\u00a7/, weight: 4 },
  { dialect: 'pspice', pattern: /^\*+ *(?:Schematics Netlist|Analysis directives)/im, weight: 4 },
  { dialect: 'pspice', pattern: /^\* source \S+[ \t]*$/im, weight: 3 },
  { dialect: 'pspice', pattern: /^[ \t]*\.lib[ \t]*(?:"?nom\.lib"?)?[ \t]*$/im, weight: 4 },
  { dialect: 'pspice', pattern: /^[ \t]*(?:\.inc\w*[ \t].*\.als\b|\.aliases\b)/im, weight: 4 },
  { dialect: 'pspice', pattern: /(?<=[ \t])\$N_\d+\b/, weight: 4 },
  { dialect: 'pspice', pattern: /^[ \t]*\.probe(?:64)?[ \t]+V\(alias\(\*\)\)/im, weight: 4 },
  { dialect: 'hspice', pattern: /^[ \t]*\.opt\w*[ \t].*\bpost\b/im, weight: 4 },
  { dialect: 'hspice', pattern: /^[ \t]*\.(?:prot|protect|unprot|unprotect|alter)\b/im, weight: 3 },
  {
    dialect: 'hspice',
    pattern: /^[ \t]*\.lib[ \t]*(['"])[^'"]*\1[ \t]*[A-Z]\w*[ \t]*$/im,
    weight: 3,
  },
  {
    dialect: 'xyce',
    pattern: /^[ \t]*\.options[ \t]+(?:device|nonlin|timeint|linsol|output|mpdeint|hbint)\b/im,
    weight: 4,
  },
  { dialect: 'xyce', pattern: /^[ \t]*\.(?:global_param|preprocess|mpde|mor)\b/im, weight: 4 },
  { dialect: 'xyce', pattern: /^[ \t]*\.print[ \t]+\w+[ \t].*\bformat[ \t]*=/im, weight: 4 },
  { dialect: 'xyce', pattern: /^Y[A-Z]+[ \t]+\S+[ \t]/im, weight: 1 },
];

/** What PSpice's and LTspice's libraries have and those of ngspice have not. */
const LIBRARY: readonly Fingerprint[] = [
  { dialect: 'pspice', pattern: /^[ \t]*\.model[ \t]+\S+[ \t]+[vi]switch\b/im, weight: 3 },
  { dialect: 'pspice', pattern: /^[ \t]*\.model[ \t]+\S+[ \t]+res\b.*\bt_abs\b/im, weight: 3 },
];

/**
 * The rules for a netlist without any fingerprint: those of ngspice, but `10A` is 10 ampere, as PSpice and LTspice
 * read it and as ngspice did before version 40.
 */
const UNMARKED: Dialect = {
  ...DIALECTS.ngspice,
  numbers: { ...DIALECTS.ngspice.numbers, atto: false },
};

/** How much of a long file is searched, from its start and from its end. */
const SEARCHED = 65536;

const ASKED = 'it was asked for';

/** Weights below this are no evidence. */
const ENOUGH = 3;

/** Xyce reads GND as node 0 only when it is told so. */
const REPLACE_GROUND = /^[ \t]*\.preprocess[ \t]+replaceground[ \t]+true\b/im;

/** The dialect of `source`, or the given one. */
export function recogniseDialect(source: Source, forced?: DialectName): RecognisedDialect {
  const found = fingerprints(source, { first: FIRST_LINE, anywhere: ANYWHERE });
  const flavour = found.find((each) => each.flavour !== undefined)?.flavour;
  if (forced !== undefined) {
    const own = forced === 'ngspice' && flavour !== undefined ? { flavour } : {};
    const evidence = ASKED;
    return { name: forced, ...own, facts: factsOf(forced, source), evidence, certain: true };
  }
  const totals = new Map<DialectName, number>();
  for (const { dialect, weight } of found) {
    totals.set(dialect, (totals.get(dialect) ?? 0) + weight);
  }
  let best: DialectName = 'ngspice';
  for (const [dialect, total] of totals) if (total > (totals.get(best) ?? 0)) best = dialect;
  const facts = factsOf(best, source);
  if ((totals.get(best) ?? 0) < ENOUGH) {
    const evidence = "no program's fingerprint was found";
    return { name: 'ngspice', facts: UNMARKED, evidence, certain: false };
  }
  const own = found.filter(({ dialect }) => dialect === best);
  return {
    name: best,
    ...(best === 'ngspice' && flavour !== undefined ? { flavour } : {}),
    facts,
    evidence: own.map(({ text, line }) => `"${text}", line ${line}`).join('; '),
    certain: true,
  };
}

/**
 * The dialect of a file that a netlist of the dialect `root` includes. ngspice reads the libraries of PSpice
 * and LTspice by their own rules (`ngbehavior=ps`, `lt`); the others know no rules but theirs. A file that
 * gives no sign is of the dialect of the file that includes it.
 */
export function recogniseIncluded(
  source: Source,
  { root, includer }: { readonly root: RecognisedDialect; readonly includer: RecognisedDialect },
): RecognisedDialect {
  if (root.name !== 'ngspice' || root.evidence === ASKED) return root;
  const found = fingerprints(source, { first: [], anywhere: [...ANYWHERE, ...LIBRARY] });
  const sum = (name: DialectName) =>
    found.reduce((total, { dialect, weight }) => total + (dialect === name ? weight : 0), 0);
  const foreign = (['pspice', 'ltspice'] as const).find(
    (name) => sum(name) >= ENOUGH && sum(name) > sum('ngspice'),
  );
  if (foreign === undefined) return includer;
  const own = found.filter(({ dialect }) => dialect === foreign);
  const evidence = own.map(({ text, line }) => `"${text}", line ${line}`).join('; ');
  return { name: foreign, facts: DIALECTS[foreign], evidence, certain: true };
}

function factsOf(name: DialectName, { text }: Source): Dialect {
  const facts = DIALECTS[name];
  if (name !== 'xyce' || !REPLACE_GROUND.test(text.slice(0, SEARCHED))) return facts;
  return { ...facts, grounds: ['0', 'gnd', 'gnd!', 'ground'] };
}

interface Found extends Fingerprint {
  readonly text: string;
  readonly line: number;
}

function fingerprints(
  source: Source,
  prints: { readonly first: readonly Fingerprint[]; readonly anywhere: readonly Fingerprint[] },
): Found[] {
  const { text } = source;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const firstEnd = /[\r\n]|$/.exec(text.slice(start, start + SEARCHED))?.index ?? 0;
  const parts = [text.slice(0, SEARCHED)];
  if (text.length > SEARCHED) parts.push(text.slice(Math.max(SEARCHED, text.length - SEARCHED)));
  const found: Found[] = [];
  const note = (print: Fingerprint, part: string, offset: number): boolean => {
    const match = print.pattern.exec(part);
    if (match === null) return false;
    const at = offset + match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0);
    const shown = match[0].trim().replace(/\s+/g, ' ').slice(0, 40);
    found.push({ ...print, text: shown, line: position(source, at).line });
    return true;
  };
  const title = text.slice(start, start + firstEnd);
  for (const print of prints.first) note(print, title, start);
  for (const print of prints.anywhere) {
    let offset = 0;
    for (const part of parts) {
      if (note(print, part, offset)) break;
      offset = text.length - (parts[1]?.length ?? 0);
    }
  }
  return found;
}
