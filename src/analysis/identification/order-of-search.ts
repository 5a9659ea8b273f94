/** In which order the connections of five ports are tried: as op amp models have their pins, the rest behind. */

import type { Connection } from './follower.ts';

/** A port per pin. */
export interface PinPorts {
  readonly plus: number;
  readonly minus: number;
  readonly positive: number;
  readonly negative: number;
  readonly output: number;
}

type FivePorts = readonly [number, number, number, number, number];

const PORTS: FivePorts = [0, 1, 2, 3, 4];

/**
 * The orders that public models with five ports have (+ - positive, negative, output), the commonest
 * first. A follower has a solution for exchanged inputs, too, so each stands for its mirror image.
 */
const COMMON: readonly FivePorts[] = [
  [0, 1, 2, 3, 4], // + - V+ V- OUT
  [0, 1, 3, 4, 2], // + - OUT V+ V-
  [2, 0, 3, 4, 1], // - OUT + V+ V-
  [1, 0, 4, 2, 3], // - + V- OUT V+
  [0, 2, 4, 1, 3], // + V- - OUT V+
  [2, 3, 4, 1, 0], // OUT V- + - V+
];

/** Connections of the common orders, driven at either input. */
export const LIKELY: readonly Connection[] = COMMON.flatMap(
  ([plus, minus, positive, negative, output]) => [
    followerOf({ plus, minus, positive, negative, output }),
    followerOf({ plus: minus, minus: plus, positive, negative, output }),
  ],
).filter((connection, index, all) => all.findIndex((at) => isSame(at, connection)) === index);

/** All others. Two of the three signal pins are inputs, so driving two of them drives one. */
export const UNLIKELY: readonly Connection[] = PORTS.flatMap((positive) =>
  PORTS.filter((port) => port !== positive).flatMap((negative): Connection[] => {
    const [a = 0, b = 0, c = 0] = PORTS.filter((port) => port !== positive && port !== negative);
    return [
      { positive, negative, driven: a, joined: [b, c] },
      { positive, negative, driven: b, joined: [a, c] },
    ];
  }),
).filter((connection) => !LIKELY.some((likely) => isSame(likely, connection)));

/** The pins as a follower. */
export function followerOf({ plus, minus, positive, negative, output }: PinPorts): Connection {
  return { positive, negative, driven: plus, joined: [output, minus] };
}

/** The other ways to share out supplies and output. */
export function rivalsOf({ positive: p, negative: n, output: o, ...inputs }: PinPorts): PinPorts[] {
  const others = [
    [n, p, o],
    [p, o, n],
    [o, n, p],
    [n, o, p],
    [o, p, n],
  ] as const;
  return others.map(([positive, negative, output]) => ({ ...inputs, positive, negative, output }));
}

export function hasSamePins(a: PinPorts, b: PinPorts): boolean {
  const inputs = a.plus === b.plus && a.minus === b.minus && a.output === b.output;
  return inputs && a.positive === b.positive && a.negative === b.negative;
}

function isSame(a: Connection, b: Connection): boolean {
  return a.positive === b.positive && a.negative === b.negative && a.driven === b.driven;
}
