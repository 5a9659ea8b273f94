/** The definitions of a netlist whose pins the text leaves open, each solved once. */

import { type Diagnostic, Diagnostics } from '../../../grammar/diagnostic.ts';
import type { PinRole } from '../../../grammar/directive/tree.ts';
import type { Netlist, Subcircuit } from '../../../grammar/spice/tree.ts';
import { describe } from '../../circuit/recognition/description.ts';
import { kindOf } from '../../circuit/recognition/part-names.ts';
import {
  isOpen,
  type Recognition,
  recogniseText,
  type SolvedPins,
} from '../../circuit/recognition/recognise.ts';
import { pinsFromStructure } from '../../circuit/recognition/structure.ts';
import { calledOpAmps } from './called.ts';
import { fixtureOf } from './fixture.ts';
import { type Identification, identifyPins } from './identify-pins.ts';
import type { PinPorts } from './order-of-search.ts';
import { definitionsIn, reachable } from './reachable.ts';

export interface Solved {
  readonly pins: SolvedPins;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SolvePinsOptions {
  /** All definitions, as of a library, or those alone that the circuit uses. */
  readonly definitions: 'all' | 'used';
}

/** Ports of a single op amp without further pins. */
const FIVE = 5;
/** Beyond that many elements in a body, or in all bodies together, the text must do; models have 200 at most. */
const MOST_ELEMENTS = 300;
const MOST_ELEMENTS_IN_ALL = 2000;
/** Most take some hundredths of a second. */
const MOST_DEFINITIONS = 25;

/** What solving tells about the definitions of the top level that the text leaves open. */
export function solvePins(netlist: Netlist, { definitions }: SolvePinsOptions): Solved {
  const diagnostics = new Diagnostics();
  const pins = new Map<Subcircuit, Recognition>();
  const all = definitionsIn(netlist.statements);
  const wanted =
    definitions === 'all' ? [...all.values()] : [...reachable(netlist.statements, all)];
  const called = calledOpAmps(netlist.statements);
  const others = netlist.statements.filter(({ kind }) => kind !== 'subcircuit');
  const open = wanted.filter((definition) => isSolvable(definition, called));
  const left: Subcircuit[] = open.slice(MOST_DEFINITIONS);
  let elements = 0;
  for (const definition of open.slice(0, MOST_DEFINITIONS)) {
    const needed = [definition, ...reachable(definition.statements, all)];
    const fixture = fixtureOf({ ...netlist, statements: [...needed, ...others] }, definition);
    if (fixture === undefined) continue;
    const size = fixture.inside.length;
    if (size > MOST_ELEMENTS || elements + size > MOST_ELEMENTS_IN_ALL) {
      left.push(definition);
      continue;
    }
    elements += size;
    const found = recognitionOf(definition, identifyPins(fixture), diagnostics);
    if (found !== undefined) pins.set(definition, found);
  }
  warnLeft(left, diagnostics);
  return { pins, diagnostics: diagnostics.all };
}

function warnLeft([first, ...others]: readonly Subcircuit[], diagnostics: Diagnostics): void {
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and of ${others.length} more definitions`;
  diagnostics.warning(
    'pins_not_solved',
    first.name.span,
    `The pins of "${first.name.text}"${more} were not looked for by solving: it would take too long.`,
    'Say the pins in a directive: *@ opamp XU1 pins=+,-,V+,V-,out',
  );
}

/** True if the text is uncertain, or silent about what a name, a comment or a directive calls an op amp. */
function isSolvable(definition: Subcircuit, called: ReadonlySet<string>): boolean {
  if (definition.ports.length !== FIVE || definition.optional !== undefined) return false;
  if (pinsFromStructure(definition) !== undefined) return false;
  if (isOpen(definition)) return true;
  if (!called.has(definition.name.text.toLowerCase())) return false;
  return recogniseText(definition) === undefined && kindOf(describe(definition)) === 'op amp';
}

/** The verdict as pins, with a warning where it contradicts what the text made likely. */
function recognitionOf(
  definition: Subcircuit,
  identification: Identification,
  diagnostics: Diagnostics,
): Recognition | undefined {
  const { name, ports } = definition;
  const likely = recogniseText(definition);
  if (identification.verdict === 'ambiguous') {
    const candidates = identification.candidates.map((pins) => shown(rolesOf(pins)));
    diagnostics.warning(
      'ambiguous_pins',
      name.span,
      `Solving "${name.text}" does not tell its pins: it is a follower with the ports ${ports.map(({ text }) => text).join(' ')} as ${candidates.join(' or as ')}.`,
      `Say them in a directive: *@ opamp XU1 pins=${candidates[0]}`,
    );
  }
  if (identification.verdict !== 'decided') return undefined;
  const roles = rolesOf(identification.pins);
  if (likely !== undefined && !roles.every((role, port) => role === likely.roles[port])) {
    diagnostics.warning(
      'pins_contradicted',
      name.span,
      `"${name.text}" does not have the pins ${shown(likely.roles)} (${likely.evidence}): as a circuit it has ${shown(roles)}, which is taken.`,
      'A directive decides: *@ opamp XU1 pins=+,-,V+,V-,out',
    );
  }
  const { evidence } = identification;
  return { roles, channels: [roles], evidence, kind: 'op amp', confirmed: true };
}

function rolesOf({ plus, minus, positive, negative, output }: PinPorts): PinRole[] {
  const roles: PinRole[] = Array.from({ length: FIVE }, () => 'other');
  roles[plus] = 'plus';
  roles[minus] = 'minus';
  roles[positive] = 'positiveSupply';
  roles[negative] = 'negativeSupply';
  roles[output] = 'output';
  return roles;
}

const SIGNS: Readonly<Record<PinRole, string>> = {
  plus: '+',
  minus: '-',
  positiveSupply: 'V+',
  negativeSupply: 'V-',
  output: 'out',
  other: 'nc',
};

/** As a directive takes them. */
function shown(roles: readonly PinRole[]): string {
  return roles.map((role) => SIGNS[role]).join(',');
}
