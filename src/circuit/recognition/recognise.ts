/**
 * Is a subcircuit an op amp, and which port is which pin? The ways to tell are tried from the most to the
 * least certain; the first that names all of +, - and output decides. Of 2,718 other parts (regulators,
 * references, logic) 4 have such pins, so the pins are the proof; part names only exclude.
 */

import type { Subcircuit } from '../../../grammar/spice/tree.ts';
import { type Description, describe } from './description.ts';
import { ladder, ladderDown } from './ladder.ts';
import { ltspiceStructure } from './ltspice.ts';
import { namedPorts } from './named-ports.ts';
import { columnHead, orderLine } from './order-line.ts';
import { kindOf, mayBeOpAmp, type PartKind } from './part-names.ts';
import { compact, numbered, pairs } from './pin-lists.ts';
import { OTHER, type Pins, pinsOf } from './pins.ts';
import type { Heuristic, Reading } from './reading.ts';
import { bodyKind, OP_AMP_GAIN, pinsFromStructure, type Surroundings } from './structure.ts';
import { convention, knownOrder, packageNumbers } from './unconfirmed.ts';

export interface Recognition extends Pins {
  readonly kind: PartKind;
  /** False when only the convention or the name gives the pins: nothing in the file says so. */
  readonly confirmed: boolean;
}

/** Pins that a later stage found by solving definitions; they count where the text leaves them open. */
export type SolvedPins = ReadonlyMap<Subcircuit, Recognition>;

interface Evidence extends Surroundings {
  readonly solved?: SolvedPins;
}

/** What a file writes down, the surest first: port names beat comments, which outlive renamed ports. */
const WRITTEN: readonly Heuristic[] = [
  namedPorts,
  ladder,
  ladderDown,
  compact,
  pairs,
  numbered,
  orderLine,
  columnHead,
];
const UNCONFIRMED: readonly Heuristic[] = [knownOrder, convention];

/** No package of op amps has more pins. */
const MOST_PORTS = 64;

/** Readings of the text of each definition; its instances share one. */
const readings = new WeakMap<Subcircuit, Recognition | null>();

/**
 * The op amp (or comparator, or fixed-gain amplifier) that a definition is; undefined when it is none, or
 * when its pins cannot be told.
 */
export function recognise(
  definition: Subcircuit,
  { solved, ...surroundings }: Evidence = {},
): Recognition | undefined {
  // A body of one source leaves nothing to tell, and its gain is wanted.
  const structure = pinsFromStructure(definition, surroundings);
  if (structure?.gain !== undefined && structure.gain >= OP_AMP_GAIN) {
    return { ...structure, kind: 'op amp', confirmed: true };
  }
  const found = isOpen(definition) ? solved?.get(definition) : undefined;
  if (found !== undefined) return found;
  const written = recogniseText(definition);
  return written !== undefined && fits(definition, written, surroundings) ? written : undefined;
}

/** True if a definition looks like an op amp, by its name or a comment, and no text says what its pins are. */
export function isOpen(definition: Subcircuit): boolean {
  const written = recogniseText(definition);
  if (written !== undefined) return !written.confirmed;
  const description = describe(definition);
  return kindOf(description) === 'op amp' && mayBeOpAmp(description);
}

/** What the text in front of the first card says, whatever the body is. */
export function recogniseText(definition: Subcircuit): Recognition | undefined {
  let found = readings.get(definition);
  if (found === undefined) {
    found = read(describe(definition)) ?? null;
    readings.set(definition, found);
  }
  return found ?? undefined;
}

function read(description: Description): Recognition | undefined {
  if (description.ports.length < 3 || description.ports.length > MOST_PORTS) return undefined;
  const kind = kindOf(description);
  const found = readWritten(description);
  if (found !== undefined) return { ...found, kind, confirmed: true };
  if (kind !== 'op amp') return undefined;
  for (const heuristic of [ltspiceStructure, packageNumbers]) {
    const pins = accepted(heuristic(description));
    if (pins !== undefined) return { ...pins, kind, confirmed: true };
  }
  for (const heuristic of UNCONFIRMED) {
    const pins = accepted(heuristic(description));
    if (pins === undefined) continue;
    const evidence = `${pins.evidence.replace(/^pins from (?=convention)/, 'pins by ')}, not confirmed`;
    return { ...pins, evidence, kind, confirmed: false };
  }
  return undefined;
}

/** Port names may name the signals and leave the supplies to a comment that agrees with them. */
function readWritten(description: Description): Pins | undefined {
  let partial: { pins: Pins; reading: Reading } | undefined;
  for (const heuristic of WRITTEN) {
    const reading = heuristic(description);
    const pins = accepted(reading);
    if (reading === undefined || pins === undefined) continue;
    if (partial === undefined) {
      if (reading.pins.every((pin) => pin !== undefined)) return pins;
      partial = { pins, reading };
    } else if (agree(partial.reading, reading) && unknown(reading) < unknown(partial.reading)) {
      return { ...pins, evidence: `${partial.pins.evidence}, and ${place(reading)}` };
    }
  }
  return partial?.pins;
}

function unknown({ pins }: Reading): number {
  return pins.filter((pin) => pin === undefined).length;
}

function agree(first: Reading, second: Reading): boolean {
  return first.pins.every(
    (pin, index) => pin === undefined || pin.role === second.pins[index]?.role,
  );
}

/** The pins of a reading, when they are those of one or several op amps. */
export function accepted(reading: Reading | undefined): Pins | undefined {
  const pins = reading && pinsOf(reading.pins.map((pin) => pin ?? OTHER));
  return reading && pins && { ...pins, evidence: `pins from ${place(reading)}` };
}

function place({ from, line }: Reading): string {
  return line === undefined ? from : `${from}, line ${line}`;
}

/** A body that can be no op amp overrules the names of its ports: `in+ in- out` may be any block. */
function fits(definition: Subcircuit, { kind }: Recognition, surroundings: Surroundings): boolean {
  switch (bodyKind(definition, surroundings)) {
    case 'passive':
      return false;
    case 'linear':
      return kind === 'comparator' || mayBeOpAmp(describe(definition));
    default:
      return true;
  }
}

/**
 * True if the error model may stand for the body: an op amp whose body holds no op amp of its own. A block
 * made of op amps, or a linear one whose E source is the op amp, is solved as written instead.
 */
export function isReplaceable(
  definition: Subcircuit,
  recognition: Recognition,
  { find, solved, ...surroundings }: Evidence & { find: (name: string) => Subcircuit | undefined },
): boolean {
  if (recognition.kind !== 'op amp') return false;
  if (recognition.gain !== undefined) return true;
  if (bodyKind(definition, surroundings) === 'linear with op amp') return false;
  return !containsOpAmp(definition, { find, solved, seen: new Set() });
}

/** `seen`: the definitions looked into, each once however often it is used. */
function containsOpAmp(
  definition: Subcircuit,
  {
    find,
    solved,
    seen,
  }: {
    find: (name: string) => Subcircuit | undefined;
    solved: SolvedPins | undefined;
    seen: Set<Subcircuit>;
  },
): boolean {
  if (seen.has(definition)) return false;
  seen.add(definition);
  const inner = new Map(
    definition.statements
      .filter((statement) => statement.kind === 'subcircuit')
      .map((nested) => [nested.name.text.toLowerCase(), nested]),
  );
  const visible = (name: string) => inner.get(name.toLowerCase()) ?? find(name);
  const used = definition.statements
    .filter((statement) => statement.kind === 'card')
    .flatMap((card) => (card.letter === 'X' && 'subcircuit' in card ? [card.subcircuit.text] : []));
  return [...new Set(used)].some((name) => {
    const target = visible(name);
    if (target === undefined) return false;
    const found = recognise(target, solved === undefined ? {} : { solved });
    return found?.kind === 'op amp' || containsOpAmp(target, { find: visible, solved, seen });
  });
}
