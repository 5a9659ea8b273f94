/**
 * Which instances and E sources are op amps: by directive, by what the text of a macromodel says, by
 * structure (design section 5). A directive is the whole model of its op amp, with the data of the part that it
 * names; without one a part of the library has its data, a structural op amp keeps the gain that the netlist
 * gives it, and any other macromodel is taken as ideal.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { PinRole } from '../../grammar/directive/tree.ts';
import type { Word } from '../../grammar/expression.ts';
import type { Span } from '../../grammar/source.ts';
import type { InstanceCard } from '../../grammar/spice/tree.ts';
import { suggestionHint } from '../../grammar/suggest.ts';
import type { PartLibrary } from '../parts/library.ts';
import type { ControlledVoltage, OpAmp } from './circuit.ts';
import { type Entry, type OpAmpDirective, OpAmpDirectives } from './op-amp-directives.ts';
import type { PartBinding } from './part-binding.ts';
import { declaredPins, type Instance, instanceOpAmp } from './recognition/instance.ts';
import { type Pins, pinsOf } from './recognition/pins.ts';
import { reportStated, statedSpecification } from './recognition/stated-model.ts';
import { isKnownOpAmp } from './recognition/unconfirmed.ts';
import { idealSpecification, type OpAmpSpecification } from './specification.ts';
import { specificationFrom, statesError } from './specification-reader.ts';

/** One op amp of a recognised instance: its pins and its model. */
export interface RecognisedOpAmp {
  /** The instance, with a letter behind it in a dual or quad: `XU1.A`. */
  readonly name: string;
  readonly roles: readonly PinRole[];
  readonly evidence: string;
  readonly specification: OpAmpSpecification;
  readonly part: string;
}

export class OpAmpRecogniser {
  readonly #directives = new OpAmpDirectives();
  readonly #diagnostics: Diagnostics;
  readonly #library: PartLibrary | undefined;
  readonly #bindings = new Map<string, PartBinding>();

  constructor(diagnostics: Diagnostics, library?: PartLibrary) {
    this.#diagnostics = diagnostics;
    this.#library = library;
  }

  /** Which op amps are parts of the library, by their lower-case names. */
  get bindings(): ReadonlyMap<string, PartBinding> {
    return this.#bindings;
  }

  add(directive: OpAmpDirective, place: { prefix: string; span: Span }): void {
    this.#directives.add(directive, place);
  }

  /** The op amps an X card is, undefined when it is none, `refused` when its pins are not known. */
  instance(name: string, instance: Instance): readonly RecognisedOpAmp[] | 'refused' | undefined {
    const { card, definition } = instance;
    const part = card.subcircuit.text;
    const entries = this.#directives.matching(name, part);
    // `XU1` has been matched already; only `XU1.A` is new.
    const channelEntries = (channel: string) =>
      channel === name ? [] : this.#directives.matchingChannel(channel);
    if (entries.length === 0) {
      const isPart = this.#library?.find(part) !== undefined;
      const found = instanceOpAmp({ ...instance, isPart });
      if (found === undefined && definition === undefined && (isPart || isKnownOpAmp(part))) {
        return this.#unknownPins(name, instance);
      }
      if (found === undefined) return undefined;
      if (found.roles.length !== card.nodes.length) return undefined; // reported at expansion
      if (!found.confirmed) this.#warnUnconfirmed(name, { card, evidence: found.evidence });
      return this.#channels(name, found).map((channel) => {
        const own = channelEntries(channel.name);
        const isBound =
          own.every(isSilent) && this.#bindsByName(channel.name, { label: name, card });
        const model =
          own.length > 0 || isBound || found.gain === undefined
            ? this.#model(own, { name: channel.name, label: name, otherwise: part })
            : { specification: statedSpecification(found), part };
        reportStated(found, { card, isDirective: own.length > 0, diagnostics: this.#diagnostics });
        if (found.gain === undefined)
          this.#warnWithoutData(channel.name, model.specification, card.name.span);
        return { ...channel, ...model };
      });
    }
    const pins = this.#pins(name, { entries, instance });
    if (pins === undefined) return 'refused';
    reportStated(pins, { card, isDirective: true, diagnostics: this.#diagnostics });
    return this.#channels(name, pins).map((channel) => {
      const own = [...entries, ...channelEntries(channel.name)];
      if (own.every(isSilent)) this.#bindsByName(channel.name, { label: name, card });
      const model = this.#model(own, { name: channel.name, label: name, otherwise: part });
      this.#warnWithoutData(channel.name, model.specification, card.name.span);
      return { ...channel, ...model };
    });
  }

  /** The op amps in one package: `XU1`, or `XU1.A`, `XU1.B` ... */
  #channels(
    name: string,
    { channels, evidence }: Pins,
  ): { name: string; roles: readonly PinRole[]; evidence: string }[] {
    return channels.map((roles, index) => {
      const letter = String.fromCharCode('A'.charCodeAt(0) + index);
      return { name: channels.length === 1 ? name : `${name}.${letter}`, roles, evidence };
    });
  }

  /** The op amp a directive makes of an E source; undefined without such a directive. */
  source(element: ControlledVoltage): OpAmp | undefined {
    const entries = this.#directives.matching(element.name, undefined);
    const [control] = element.controls;
    if (entries.length === 0) return undefined;
    if (control?.quantity !== 'V' || element.controls.length !== 1 || element.offset !== 0) {
      this.#diagnostics.error(
        'not_an_op_amp',
        element.span,
        `"${element.name}" is not controlled by one voltage alone and cannot be an op amp.`,
      );
      return undefined;
    }
    const { name } = element;
    const model = this.#model(entries, { name, label: name, otherwise: name });
    this.#warnWithoutData(element.name, model.specification, element.span);
    return { ...opAmpFromSource(element), ...model, evidence: 'a directive names it' };
  }

  /** Reports the directives that no element answered to. */
  reportUnused(): void {
    this.#directives.reportUnused(this.#diagnostics);
  }

  /** The model of one op amp: `name` in the circuit, `label` in messages, `otherwise` its part if no line names one. */
  #model(
    entries: readonly Entry[],
    { name, label, otherwise }: { name: string; label: string; otherwise: string },
  ): { specification: OpAmpSpecification; part: string } {
    const specification = specificationFrom(
      entries.map(({ directive }) => directive.specifications),
      this.#diagnostics,
    );
    const part = entries.findLast(({ directive }) => directive.part !== undefined)?.directive.part;
    if (part !== undefined) this.#bind(part, { name, label });
    return { specification, part: part?.text ?? otherwise };
  }

  /** The part that a directive names. */
  #bind({ text, span }: Word, { name, label }: { name: string; label: string }): void {
    const found = this.#library?.find(text);
    if (found !== undefined && 'part' in found) {
      this.#bindings.set(name.toLowerCase(), { ...found, label, span });
      return;
    }
    const only = 'only what the directive itself states is used';
    this.#diagnostics.warning(
      'unknown_part',
      span,
      found === undefined
        ? `There is no data for part "${text}"; ${only}.`
        : `There is no data for grade ${found.missingGrade} of ${found.of}; ${only}.`,
      suggestionHint(text, {
        known: this.#library?.names ?? [],
        otherwise:
          'State the specifications, vos=+-2m ib=1p ios=+-1p aol>=100k cmrr>=75dB psrr>=80dB, or give a file of parts.',
      }),
    );
  }

  /** True for an instance without directive whose subcircuit has the name of a part. */
  #bindsByName(
    name: string,
    { label, card: { subcircuit } }: { label: string; card: InstanceCard },
  ): boolean {
    const found = this.#library?.find(subcircuit.text);
    if (found === undefined) return false;
    if ('part' in found) {
      this.#bindings.set(name.toLowerCase(), {
        ...found,
        label,
        span: subcircuit.span,
      });
      return true;
    }
    this.#diagnostics.warning(
      'unknown_part',
      subcircuit.span,
      `"${subcircuit.text}" is grade ${found.missingGrade} of ${found.of}, for which there is no data.`,
      'Name a grade of the library, or give a file of parts.',
    );
    return false;
  }

  #pins(
    name: string,
    { entries, instance }: { readonly entries: readonly Entry[]; readonly instance: Instance },
  ): Pins | undefined {
    const { card } = instance;
    const stated = entries.findLast(({ directive }) => directive.pins !== undefined);
    const roles = stated?.directive.pins;
    if (roles === undefined) {
      const pins = declaredPins(instance);
      if (pins === undefined) {
        this.#unknownPins(name, instance);
        return undefined;
      }
      if (pins.roles.length === card.nodes.length) {
        if (!pins.confirmed) this.#warnUnconfirmed(name, { card, evidence: pins.evidence });
        return pins;
      }
      this.#diagnostics.error('wrong_pins', card.span, pinProblem(pins.roles, card.nodes.length));
      return undefined;
    }
    const pins = pinsOf(roles.map((role) => ({ role })));
    if (pins !== undefined && roles.length === card.nodes.length) {
      return { ...pins, evidence: 'pins from the directive' };
    }
    const problem = pinProblem(roles, card.nodes.length);
    this.#diagnostics.error('wrong_pins', stated?.span ?? card.span, problem);
    return undefined;
  }

  #unknownPins(name: string, { card, definition }: Instance): 'refused' {
    const shown = definition?.ports.map((port) => port.text).join(' ');
    const where =
      shown === undefined ? ', which is not in the netlist' : ` with the ports ${shown}`;
    this.#diagnostics.error(
      'unknown_pins',
      card.subcircuit.span,
      `Which node of "${card.name.text}" is which op amp pin cannot be told from "${card.subcircuit.text}"${where}.`,
      `Say it in a directive, one role per node: *@ opamp ${name} pins=${exampleRoles(card.nodes.length)}`,
    );
    return 'refused';
  }

  #warnUnconfirmed(name: string, found: { card: InstanceCard; evidence: string }): void {
    this.#diagnostics.warning(
      'unconfirmed_pins',
      found.card.subcircuit.span,
      `The pins of op amp "${name}" are not written in this netlist: ${found.evidence}.`,
      `Confirm them: *@ opamp ${name} pins=+,-,V+,V-,out`,
    );
  }

  #warnWithoutData(name: string, { stated }: OpAmpSpecification, span: Span): void {
    if (stated.some(statesError) || this.#bindings.has(name.toLowerCase())) return;
    this.#diagnostics.warning(
      'no_data',
      span,
      `Op amp "${name}" has no specifications and is taken as ideal.`,
      `Give them: *@ opamp ${name} vos=+-2m ib=5n ios=+-1n`,
    );
  }
}

/** A line that tells pins, bias points or ranges alone is no model of its op amp. */
function isSilent({ directive: { part, specifications } }: Entry): boolean {
  return part === undefined && !specifications.some(({ key }) => statesError(key));
}

/** Roles for a hint: the usual ones of a part with so many pins. */
function exampleRoles(nodes: number): string {
  if (nodes === 3) return '+,-,out';
  return nodes === 8 ? 'out,-,+,V-,+,-,out,V+' : '+,-,V+,V-,out';
}

/** Why `roles` are no pins of an instance with so many nodes. */
function pinProblem(roles: readonly PinRole[], nodes: number): string {
  if (roles.length !== nodes) return `There are ${roles.length} pins for ${nodes} nodes.`;
  const count = (wanted: PinRole) => roles.filter((role) => role === wanted).length;
  for (const role of ['plus', 'minus', 'output'] as const) {
    if (count(role) !== 1) return `The pins must name ${role} once, not ${count(role)} times.`;
  }
  return 'The pins must name each supply at most once.';
}

/** An E source as an op amp with its gain as the known A_OL. */
export function opAmpFromSource(element: ControlledVoltage): OpAmp {
  const [control] = element.controls;
  const gain = control?.gain ?? 0;
  const port = control?.quantity === 'V' ? control.port : element.port;
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
