/**
 * Which instances and E sources are op amps, by directive or by structure (design section 5). A
 * directive is the whole model of its op amp; a structural op amp without one keeps the gain that the
 * netlist gives it.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Directive } from '../../grammar/directive/tree.ts';
import type { Span } from '../../grammar/source.ts';
import type { InstanceCard, Subcircuit } from '../../grammar/spice/tree.ts';
import type { OpAmp, Vcvs } from './circuit.ts';
import { NO_MATCH, type Rank, rank } from './pattern.ts';
import { OP_AMP_GAIN, type Pins, pinsFromPortNames, pinsFromStructure } from './pins.ts';
import type { Scope } from './scope.ts';
import { idealSpecification, type OpAmpSpecification, specificationFrom } from './specification.ts';

type OpAmpDirective = Extract<Directive, { kind: 'opamp' }>;

interface Entry {
  readonly directive: OpAmpDirective;
  readonly prefix: string;
  readonly span: Span;
  used: boolean;
}

/** A recognised instance: its pins and its model. */
export interface RecognisedOpAmp extends Pins {
  readonly specification: OpAmpSpecification;
  readonly part: string;
}

export class OpAmpRecogniser {
  readonly #entries: Entry[] = [];
  readonly #diagnostics: Diagnostics;

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  add(directive: OpAmpDirective, { prefix, span }: { prefix: string; span: Span }): void {
    this.#entries.push({ directive, prefix, span, used: false });
  }

  /** The op amp an X card is, undefined when it is none, `refused` when its directive has a fault. */
  instance(
    name: string,
    {
      card,
      definition,
      scope,
    }: { card: InstanceCard; definition: Subcircuit | undefined; scope: Scope },
  ): RecognisedOpAmp | 'refused' | undefined {
    const entries = this.#matching(name, card.subcircuit.text);
    const structure = definition === undefined ? undefined : pinsFromStructure(definition, scope);
    if (entries.length === 0) {
      if (structure?.gain === undefined || structure.gain < OP_AMP_GAIN) return undefined;
      if (structure.roles.length !== card.nodes.length) return undefined; // reported at expansion
      const specification = idealSpecification(structure.gain);
      return { ...structure, specification, part: card.subcircuit.text };
    }
    const pins = this.#pins(card, { entries, definition, structure });
    if (pins === undefined) return 'refused';
    const model = this.#model(entries, card.subcircuit.text);
    this.#warnWithoutData(name, model.specification, card.name.span);
    return { ...pins, ...model };
  }

  /** The op amp a directive makes of an E source; undefined without such a directive. */
  source(element: Vcvs): OpAmp | undefined {
    const entries = this.#matching(element.name, undefined);
    const [control] = element.controls;
    if (entries.length === 0) return undefined;
    if (control === undefined || element.controls.length !== 1 || element.offset !== 0) {
      this.#diagnostics.error(
        'not_an_op_amp',
        element.span,
        `"${element.name}" has several controlling voltages and cannot be an op amp.`,
      );
      return undefined;
    }
    const model = this.#model(entries, element.name);
    this.#warnWithoutData(element.name, model.specification, element.span);
    return { ...opAmpFromSource(element), ...model, evidence: 'a directive names it' };
  }

  /** Reports the directives that no element answered to. */
  reportUnused(): void {
    for (const { directive, used } of this.#entries) {
      if (used) continue;
      this.#diagnostics.error(
        'unknown_op_amp',
        directive.target.span,
        `There is no op amp "${directive.target.text}" in the netlist.`,
        'Name an X instance, a subcircuit or an E source; inside instances with a dot: XA.XU1.',
      );
    }
  }

  /** The directives for an element, the weakest first. */
  #matching(name: string, subcircuit: string | undefined): Entry[] {
    const ranked: { entry: Entry; rank: Rank }[] = [];
    for (const entry of this.#entries) {
      if (!name.toLowerCase().startsWith(entry.prefix.toLowerCase())) continue;
      const found = rank(entry.directive.target.text, name.slice(entry.prefix.length), subcircuit);
      if (found === NO_MATCH) continue;
      entry.used = true;
      ranked.push({ entry, rank: found });
    }
    return ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
  }

  #model(
    entries: readonly Entry[],
    otherwise: string,
  ): { specification: OpAmpSpecification; part: string } {
    const specification = specificationFrom(
      entries.map(({ directive }) => directive.specifications),
      this.#diagnostics,
    );
    let part = otherwise;
    for (const { directive } of entries) {
      if (directive.part === undefined) continue;
      part = directive.part.text;
      this.#diagnostics.warning(
        'unknown_part',
        directive.part.span,
        `There is no data for part "${part}"; only what the directive itself states is used.`,
        'State the specifications: vos=+-2m ib=1p ios=+-1p aol>=100k cmrr>=75dB psrr>=80dB',
      );
    }
    return { specification, part };
  }

  #pins(
    card: InstanceCard,
    found: {
      readonly entries: readonly Entry[];
      readonly definition: Subcircuit | undefined;
      readonly structure: Pins | undefined;
    },
  ): Pins | undefined {
    const stated = found.entries.findLast(({ directive }) => directive.pins !== undefined);
    const pins =
      stated?.directive.pins === undefined
        ? (found.structure ?? (found.definition && pinsFromPortNames(found.definition)))
        : { roles: stated.directive.pins, evidence: 'pins from the directive' };
    if (pins === undefined) {
      const shown = found.definition?.ports.map((port) => port.text).join(' ');
      this.#diagnostics.error(
        'unknown_pins',
        card.subcircuit.span,
        `Which node of "${card.name.text}" is which op amp pin cannot be told from "${card.subcircuit.text}"${shown === undefined ? ', which is not in the netlist' : ` with the ports ${shown}`}.`,
        'Say it in the directive, one role per node: pins=+,-,V+,V-,out',
      );
      return undefined;
    }
    const problem = pinProblem(pins, card.nodes.length);
    if (problem === undefined) return pins;
    this.#diagnostics.error('wrong_pins', stated?.span ?? card.span, problem);
    return undefined;
  }

  #warnWithoutData(name: string, { stated }: OpAmpSpecification, span: Span): void {
    if (stated.length > 0) return;
    this.#diagnostics.warning(
      'no_data',
      span,
      `Op amp "${name}" has no specifications and is taken as ideal.`,
      `Give them: *@ opamp ${name} vos=+-2m ib=5n ios=+-1n`,
    );
  }
}

function pinProblem({ roles }: Pins, nodes: number): string | undefined {
  if (roles.length !== nodes) return `There are ${roles.length} pins for ${nodes} nodes.`;
  for (const role of ['plus', 'minus', 'output'] as const) {
    const count = roles.filter((found) => found === role).length;
    if (count !== 1) return `The pins must name ${role} once, not ${count} times.`;
  }
  return undefined;
}

/** An E source as an op amp with its gain as the known A_OL. */
export function opAmpFromSource(element: Vcvs): OpAmp {
  const gain = element.controls[0]?.gain ?? 0;
  const port = element.controls[0]?.port ?? element.port;
  return {
    kind: 'opAmp',
    name: element.name,
    span: element.span,
    plus: gain > 0 ? port.plus : port.minus,
    minus: gain > 0 ? port.minus : port.plus,
    output: element.port,
    specification: idealSpecification(Math.abs(gain)),
    part: element.name,
    evidence: `an E source of gain ${Math.abs(gain)} whose output feeds back to its input`,
  };
}
