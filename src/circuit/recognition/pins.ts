/**
 * Which port of a subcircuit is which pin of an op amp. A heuristic reads a `Pin` per port; `pinsOf`
 * accepts the reading if it is one op amp, or several in one package.
 */

import type { PinRole } from '../../../grammar/directive/tree.ts';

/** What one name or phrase says of its port. */
export interface Pin {
  readonly role: PinRole;
  /** The op amp of a dual or quad: `1` to `4`, or `a` to `d`; absent where the name has none. */
  readonly channel?: string;
  /** A ground pin: the negative supply of a single-supply part, else a second return of the supply. */
  readonly ground?: boolean;
}

/** The pins of an instance, one role per port. */
export interface Pins {
  readonly roles: readonly PinRole[];
  /** The roles each op amp has, `other` for the pins of its neighbours; one entry for a single op amp. */
  readonly channels: readonly (readonly PinRole[])[];
  readonly evidence: string;
  /** The gain found inside [V/V], when structure gave the pins, or stated on the card. */
  readonly gain?: number;
  /** V_OS that the card states [V]. */
  readonly offsetVoltage?: number;
  /** Parameters of the card that its error model does not have. */
  readonly unused?: readonly string[];
}

export const OTHER: Pin = { role: 'other' };

/**
 * The pins of one op amp (one +, one -, one output, each supply at most once), or of n op amps that share
 * their supplies; undefined for anything else, such as two outputs at one pair of inputs. A ground beside
 * a negative supply counts as a second negative supply.
 */
export function pinsOf(pins: readonly Pin[]): Omit<Pins, 'evidence'> | undefined {
  const roles = pins.map(({ role }) => role);
  const at = (role: PinRole) => indices(roles, role);
  const negative = at('negativeSupply');
  const rails = negative.filter((index) => pins[index]?.ground !== true);
  if (at('positiveSupply').length > 1 || rails.length > 1) return undefined;
  const count = at('output').length;
  if (count === 0 || at('plus').length !== count || at('minus').length !== count) return undefined;
  // The rail is the negative supply of the op amp; the ground pin only where there is no rail.
  const supply = rails[0] ?? negative[0];
  const groups = count === 1 ? [[...at('plus'), ...at('minus'), ...at('output')]] : grouped(pins);
  if (groups === undefined) return undefined;
  const shared = [...at('positiveSupply'), ...(supply === undefined ? [] : [supply])];
  const channels = groups.map((group) => {
    const own = new Set([...group, ...shared]);
    return roles.map((role, index): PinRole => (own.has(index) ? role : 'other'));
  });
  return { roles, channels };
}

/** Indices of +, - and output of each channel: by the channels in the names, else by neighbourhood. */
function grouped(pins: readonly Pin[]): number[][] | undefined {
  const signal = [...pins.keys()].filter((index) => isSignal(pins[index]));
  const labels = new Set(signal.map((index) => pins[index]?.channel));
  const groups = labels.has(undefined)
    ? // DIP order: the three pins of a channel are neighbours, the supplies and spares not counted.
      Array.from({ length: signal.length / 3 }, (_, i) => signal.slice(3 * i, 3 * i + 3))
    : [...labels].sort().map((label) => signal.filter((index) => pins[index]?.channel === label));
  const complete = groups.every(
    (group) => group.length === 3 && new Set(group.map((index) => pins[index]?.role)).size === 3,
  );
  return complete ? groups : undefined;
}

function isSignal(pin: Pin | undefined): boolean {
  return pin?.role === 'plus' || pin?.role === 'minus' || pin?.role === 'output';
}

function indices(roles: readonly PinRole[], wanted: PinRole): number[] {
  return [...roles.keys()].filter((index) => roles[index] === wanted);
}
