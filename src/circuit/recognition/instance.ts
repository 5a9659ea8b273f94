/**
 * Is an X card an op amp, and which of its nodes is which pin? Its definition says so, or, where the
 * library is missing, the pin names LTspice wrote behind the card, or its name.
 */

import type { Word } from '../../../grammar/expression.ts';
import type { InstanceCard, Subcircuit } from '../../../grammar/spice/tree.ts';
import type { Scope } from '../scope.ts';
import { ltspiceStock } from './ltspice-stock.ts';
import { kindNamed, type PartKind } from './part-names.ts';
import { pinNamed, settle } from './pin-names.ts';
import type { Pins } from './pins.ts';
import {
  accepted,
  isReplaceable,
  type Recognition,
  recognise,
  recogniseText,
  type SolvedPins,
} from './recognise.ts';
import { pinsFromStructure } from './structure.ts';
import { conventionalPins, isKnownOpAmp, pinsByName } from './unconfirmed.ts';

export interface Instance {
  readonly card: InstanceCard;
  /** Absent when the library that would define it is missing. */
  readonly definition: Subcircuit | undefined;
  /** The parameters where the card stands. */
  readonly scope: Scope;
  /** Definitions that are visible there. */
  readonly find: (name: string) => Subcircuit | undefined;
  /** Whether a voltage source holds a node, or it is ground. */
  readonly isSupplied: (node: Word) => boolean;
  /** Pins that were found by solving definitions. */
  readonly solved: SolvedPins;
  /** True if the library has data for its name: then it is an op amp, whatever its name looks like. */
  readonly isPart?: boolean;
}

/** Pins of an instance, and whether anything in the file confirms them. */
export interface InstancePins extends Pins {
  readonly confirmed: boolean;
}

/** The op amp that stands for an instance; undefined when the instance is to be expanded as written. */
export function instanceOpAmp(instance: Instance): Recognition | undefined {
  const { card, definition, scope, find, solved } = instance;
  if (definition === undefined) return withoutDefinition(instance);
  const surroundings = { scope, parameters: card.parameters, find, solved };
  const found = recognise(definition, surroundings);
  if (found === undefined || !isReplaceable(definition, found, surroundings)) return undefined;
  return found.roles.length === definition.ports.length ? padded(found, instance) : undefined;
}

/** The pins of an instance that a directive calls an op amp, whatever its name and its body look like. */
export function declaredPins(instance: Instance): InstancePins | undefined {
  const { card, definition, scope, solved } = instance;
  if (definition === undefined) {
    const pins = ltspiceStock(card, scope) ?? symbolPins(card) ?? byName(card);
    if (pins !== undefined) return { ...pins, confirmed: true };
    const usual = byConvention(instance);
    return usual && { ...usual, confirmed: false };
  }
  const written = recogniseText(definition);
  const found =
    pinsFromStructure(definition, { scope, parameters: card.parameters }) ??
    (written?.confirmed === true ? written : undefined) ??
    symbolPins(card) ??
    solved.get(definition) ??
    written;
  return found && { ...padded(found, instance), confirmed: true };
}

function withoutDefinition(instance: Instance): Recognition | undefined {
  const { card, scope } = instance;
  const kind: PartKind = kindNamed(card.subcircuit.text) ?? 'op amp';
  if (kind !== 'op amp') return undefined;
  const stock = ltspiceStock(card, scope);
  if (stock !== undefined) return { ...stock, kind, confirmed: true };
  const pins = symbolPins(card);
  if (pins !== undefined) return { ...pins, kind, confirmed: true };
  const isOpAmp = instance.isPart === true || isKnownOpAmp(card.subcircuit.text);
  const named = byName(card) ?? (isOpAmp ? byConvention(instance) : undefined);
  return named && { ...named, kind, confirmed: false };
}

/** `;\u00a7pnba In+)In-)V+)V-)OUT` behind the card: the pin names of the LTspice symbol. */
function symbolPins({ pins, nodes }: InstanceCard): Pins | undefined {
  if (pins === undefined || pins.length !== nodes.length) return undefined;
  return accepted({
    pins: settle(pins.map(pinNamed)),
    from: 'the pin names of its symbol, which stand behind the instance',
  });
}

function byName({ subcircuit, nodes }: InstanceCard): Pins | undefined {
  const pins = pinsByName(subcircuit.text, nodes.length);
  return pins && accepted({ pins, from: 'its name, whose public models all have this order' });
}

/**
 * Of what is an op amp: the order in which nine models in ten, and the symbols of LTspice, have their pins, if
 * the circuit agrees: sources hold the third and the fourth node, and none holds the fifth.
 */
function byConvention({ card, isSupplied }: Instance): Pins | undefined {
  const pins = conventionalPins(card.nodes.length);
  const [, , positive, negative, output] = card.nodes;
  if (positive === undefined || negative === undefined || output === undefined) return undefined;
  if (!isSupplied(positive) || !isSupplied(negative) || isSupplied(output)) return undefined;
  return pins && accepted({ pins, from: 'the usual order + - V+ V- OUT, which the supplies fit' });
}

/** An instance may connect ports that PSpice calls optional; they are no pins of the op amp. */
function padded<T extends Pins>(pins: T, { card, definition }: Instance): T {
  const extra = card.nodes.length - pins.roles.length;
  if (extra <= 0 || extra > (definition?.optional?.length ?? 0)) return pins;
  const spare = Array.from({ length: extra }, () => 'other' as const);
  return {
    ...pins,
    roles: [...pins.roles, ...spare],
    channels: pins.channels.map((roles) => [...roles, ...spare]),
  };
}
