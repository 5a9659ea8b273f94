// Normal deviates by the ziggurat: the density under 1024 layers of equal area, most of them hit inside.
//
// Marsaglia, Tsang, "The ziggurat method for generating random variables" (2000); the layer and the place in it come from
// different bits (Doornik 2005). Only + - * / and square roots: a seed gives the same deviates on every machine.

import { LAYERS } from './kernel/wasm-layout.ts';
import { exponential, logarithm } from './logarithm.ts';

/** Where the tail begins, and the area of a layer, such that the topmost layer closes at the density 1 of x = 0. */
const TAIL = 4.038849846109504;
const AREA = 0.001226324646353088;

/** Words of 32 bits, drawn one after the other. */
export type NextWord = () => number;

/** The places k + 1/2 of a signed k of 52 bits are multiples of this. */
const STEP = 2 ** -51;

export interface Ziggurat {
  /** Right ends of the layers (LAYERS + 1); that of the lowest one has the tail within. */
  readonly edges: Float64Array;
  /** The width of a place in each. */
  readonly steps: Float64Array;
  /** exp(-x²/2) at the edges. */
  readonly densities: Float64Array;
}

function density(x: number): number {
  return exponential((-x * x) / 2);
}

function tables(): Ziggurat {
  const edges = new Float64Array(LAYERS + 1);
  edges[0] = AREA / density(TAIL);
  edges[1] = TAIL;
  for (let i = 2; i < LAYERS; i++) {
    const x = edges[i - 1]!;
    edges[i] = Math.sqrt(-2 * logarithm(AREA / x + density(x)));
  }
  return { edges, steps: edges.map((edge) => edge * STEP), densities: edges.map(density) };
}

export const ziggurat: Ziggurat = tables();

/** A standard normal deviate from the pair (high, low); words of `next` only where the pair misses, once in 300. */
export function normalDeviate(high: number, low: number, next: NextWord): number {
  const { edges, steps, densities } = ziggurat;
  let [h, l] = [high, low];
  for (;;) {
    const layer = l & (LAYERS - 1);
    const x = place(h, l) * steps[layer]!;
    if (Math.abs(x) < edges[layer + 1]!) return x;
    if (layer === 0) return tail(h < 0, next);
    // Between the edges: under the density?
    const [lower, upper] = [densities[layer]!, densities[layer + 1]!];
    if (lower + openUnit(next) * (upper - lower) < density(x)) return x;
    h = next();
    l = next();
  }
}

/** k + 1/2 for the upper 52 bits of the pair as a signed number k. */
export function place(high: number, low: number): number {
  return (high | 0) * 0x100000 + (low >>> 12) + 0.5;
}

/** Marsaglia (1964): exponential deviates from TAIL on, as many as the density allows. */
function tail(isNegative: boolean, next: NextWord): number {
  for (;;) {
    const x = -logarithm(openUnit(next)) / TAIL;
    const y = -logarithm(openUnit(next));
    if (2 * y > x * x) return isNegative ? -TAIL - x : TAIL + x;
  }
}

/** Within (0, 1), symmetric about 1/2. */
function openUnit(next: NextWord): number {
  const high = next() >>> 0;
  return (high * 0x100000 + (next() >>> 12) + 0.5) * 2 ** -52;
}
