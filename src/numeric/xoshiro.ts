// xoshiro128++ 1.0, eight generators side by side: the lanes of two vector registers, which do not wait for each other, or
// one after the other in JavaScript.
//
// Blackman, Vigna, "Scrambled linear pseudorandom number generators" (2021). Word k of lane l is at 4k + l of the state.

import { philox } from './philox.ts';

export const LANES = 8;
/** Lanes of the upper words of pairs; those of the lower ones are behind them. */
const PAIRED = LANES / 2;

/** The states of the lanes (4 x LANES). */
export type LaneStates = Int32Array;

/** The lanes of the stream `(block, stream)` of a seed; different streams do not meet in 2^60 words but by a chance of 2^-60. */
export function lanesOf(seed: number, { block, stream }: { block: number; stream: number }) {
  const states: LaneStates = new Int32Array(4 * LANES);
  for (let lane = 0; lane < LANES; lane++) {
    const words = philox([block, stream, lane, 0], [seed, 0]);
    for (let k = 0; k < 4; k++) states[k * LANES + lane] = words[k]!;
  }
  return states;
}

/** The next word of one lane, signed. */
export function nextWord(states: LaneStates, lane: number): number {
  const [i0, i1, i2, i3] = [lane, LANES + lane, 2 * LANES + lane, 3 * LANES + lane];
  const s0 = states[i0]!;
  const s1 = states[i1]!;
  const s2 = states[i2]! ^ s0;
  const s3 = states[i3]! ^ s1;
  const sum = (s0 + states[i3]!) | 0;
  states[i0] = s0 ^ s3;
  states[i1] = s1 ^ s2;
  states[i2] = s2 ^ (s1 << 9);
  states[i3] = (s3 << 11) | (s3 >>> 21);
  return (((sum << 7) | (sum >>> 25)) + s0) | 0;
}

/**
 * Fills `words` (2 count) with pairs of words, the lower one first; the upper word of pair i is of lane i mod PAIRED, the
 * lower one of the lane PAIRED behind it. `count` is a multiple of PAIRED.
 */
export function fillPairs(states: LaneStates, words: Int32Array): void {
  for (let lane = 0; lane < LANES; lane++) {
    let s0 = states[lane]!;
    let s1 = states[LANES + lane]!;
    let s2 = states[2 * LANES + lane]!;
    let s3 = states[3 * LANES + lane]!;
    const first = lane < PAIRED ? 2 * lane + 1 : 2 * (lane - PAIRED);
    for (let i = first; i < words.length; i += 2 * PAIRED) {
      const sum = (s0 + s3) | 0;
      words[i] = ((sum << 7) | (sum >>> 25)) + s0;
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    states[lane] = s0;
    states[LANES + lane] = s1;
    states[2 * LANES + lane] = s2;
    states[3 * LANES + lane] = s3;
  }
}
