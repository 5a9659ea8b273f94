/** What a heuristic hands to the chain: a pin per port, and where that is written. */

import type { Description } from './description.ts';
import type { Pin } from './pins.ts';

export interface Reading {
  /** One per port; undefined where the text says nothing. */
  readonly pins: readonly (Pin | undefined)[];
  /** `the ladder comment`, `the port names`. */
  readonly from: string;
  /** Line of the file; absent when the source is no line. */
  readonly line?: number;
}

/** Finds the pins in one way of writing them; undefined when the text is not written so. */
export type Heuristic = (description: Description) => Reading | undefined;

/** A name or a number as ports are compared: without regard to case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/**
 * The pins in port order, given as pairs of port and pin. Undefined unless every port is named once
 * and with one meaning.
 */
export function byPort(
  ports: readonly string[],
  pairs: readonly (readonly [port: string, pin: Pin | undefined])[],
): readonly (Pin | undefined)[] | undefined {
  const pins = ports.map((port) => {
    const found = pairs.filter(([name]) => sameName(name, port));
    const roles = new Set(found.map(([, pin]) => pin?.role));
    return roles.size === 1 ? { pin: found[0]?.[1] } : undefined;
  });
  return pins.every((found) => found !== undefined) ? pins.map(({ pin }) => pin) : undefined;
}
