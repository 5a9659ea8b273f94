/**
 * Pins that no text and no structure of this file confirms: package pin numbers as port names, the order
 * that models of this name have elsewhere, and the common order. Only for parts that are op amps by name
 * or comment.
 */

import type { PinRole } from '../../../grammar/directive/tree.ts';
import { KNOWN_ORDERS } from './known-orders.ts';
import { isCalledOpAmp, isOpAmpName, kindNamed, mayBeOpAmp } from './part-names.ts';
import { OTHER, type Pin } from './pins.ts';
import type { Heuristic } from './reading.ts';

const ROLES: ReadonlyMap<string, PinRole> = new Map([
  ['+', 'plus'],
  ['-', 'minus'],
  ['P', 'positiveSupply'],
  ['N', 'negativeSupply'],
  ['O', 'output'],
]);

/** `+-PNO` -> pins; the last of two N is the ground pin. */
function pinsOfOrder(order: string): Pin[] {
  const second = order.indexOf('N') === order.lastIndexOf('N') ? -1 : order.lastIndexOf('N');
  return [...order].map((letter, index): Pin => {
    const role = ROLES.get(letter);
    if (role === undefined) return OTHER;
    return index === second ? { role, ground: true } : { role };
  });
}

/** Single op amps in 8-pin packages have agreed on these pins; 1, 5 and 8 are offset null or unused. */
const SINGLE_PACKAGE: ReadonlyMap<string, Pin> = new Map([
  ['2', { role: 'minus' }],
  ['3', { role: 'plus' }],
  ['4', { role: 'negativeSupply' }],
  ['6', { role: 'output' }],
  ['7', { role: 'positiveSupply' }],
]);

/** `.subckt LT1112 3 2 7 4 6`: the ports are called as the pins of the package. */
export const packageNumbers: Heuristic = (description) => {
  const { ports, line } = description;
  const pins = ports.map((port) => SINGLE_PACKAGE.get(port));
  const all = ports.length === SINGLE_PACKAGE.size && pins.every((pin) => pin !== undefined);
  if (!all || new Set(ports).size !== ports.length || !mayBeOpAmp(description)) return undefined;
  return { pins, from: 'the port names, the pin numbers of an 8-pin single op amp', line };
};

/** Vendors number the ports of a macromodel; other names are those of a circuit of the user's own. */
function areNumbered(ports: readonly string[]): boolean {
  return ports.every((port) => /^\d+$/.test(port));
}

/** Every public model of this name (vendor suffix left out) has one order. */
export const knownOrder: Heuristic = ({ name, ports }) => {
  if (!areNumbered(ports)) return undefined;
  const pins = pinsByName(name, ports.length);
  return pins && { pins, from: 'its name: all public models of it have this order' };
};

/** The order of nine models in ten. */
export const convention: Heuristic = (description) => {
  const { ports } = description;
  if (ports.length !== 5 || !areNumbered(ports) || !isCalledOpAmp(description)) return undefined;
  if (hasKnownOrders(description.name)) return undefined; // they conflict, or another order was meant
  return { pins: pinsOfOrder('+-PNO'), from: 'convention' };
};

/** The common order for five nodes of an op amp, although nothing confirms it. */
export function conventionalPins(nodes: number): readonly Pin[] | undefined {
  return nodes === 5 ? pinsOfOrder('+-PNO') : undefined;
}

/** Pins of a part known by name alone; undefined when its models disagree or it is no op amp. */
export function pinsByName(name: string, ports: number): readonly Pin[] | undefined {
  if (kindNamed(name) !== undefined) return undefined;
  for (const plain of plainNames(name)) {
    const order = orders().get(`${plain} ${ports}`);
    if (order !== undefined) return order === '' ? undefined : pinsOfOrder(order);
  }
  return undefined;
}

/** True if models of this name are known, with whatever number of pins, or it is called as an op amp. */
export function isKnownOpAmp(name: string): boolean {
  return isOpAmpName(name) || (kindNamed(name) === undefined && hasKnownOrders(name));
}

function hasKnownOrders(name: string): boolean {
  orders();
  return plainNames(name).some((plain) => namesOfOrders.has(plain));
}

/** The name, then the name without the vendor behind it: `LM358/NS`, `OPA2134_BB`. */
function plainNames(name: string): string[] {
  const lower = name.toLowerCase().replace(/^(?:supopamp_|x_)/, '');
  const bare = lower.replace(/[/\\].*$/, '');
  return [...new Set([bare, bare.replace(/[_-][a-z]{1,3}\d?$/, ''), bare.replace(/[_-].*$/, '')])];
}

const table = new Map<string, string>();
const namesOfOrders = new Set<string>();

/** `name ports` -> order, empty where the models disagree; made when first asked for. */
function orders(): ReadonlyMap<string, string> {
  if (table.size > 0) return table;
  for (const line of KNOWN_ORDERS.trim().split('\n')) {
    const [key = '', ...names] = line.split(' ');
    const disputed = /^\d+$/.test(key);
    for (const name of names) {
      table.set(`${name} ${disputed ? key : key.length}`, disputed ? '' : key);
      namesOfOrders.add(name);
    }
  }
  return table;
}
