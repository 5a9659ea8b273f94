// What values between limits are drawn from. A deviate is a number of half-widths from the middle for a uniform shape
// (-1 .. 1), and of standard deviations for a normal one.

import { normalDeviate } from './normal-deviate.ts';
import { fillPairs, type LaneStates, lanesOf, nextWord } from './xoshiro.ts';

export interface Shape {
  readonly kind: 'uniform' | 'normal';
  /** Deviates beyond it do not occur; infinite for a whole normal distribution. */
  readonly limit: number;
  /** Nor do those nearer to 0 than this. */
  readonly inner: number;
}

/** Deviates in a stream that is a function of the seed and the number of the portion alone. */
export class DeviateStream {
  readonly states: LaneStates;
  readonly #spare: LaneStates;
  #words = new Int32Array(0);

  constructor(seed: number, portion: number) {
    this.states = lanesOf(seed, { block: portion, stream: 0 });
    this.#spare = lanesOf(seed, { block: portion, stream: 1 });
  }

  /** Fills `target`, whose length is a multiple of the number of lanes. */
  fill(target: Float64Array, shape: Shape): void {
    if (this.#words.length !== 2 * target.length) this.#words = new Int32Array(2 * target.length);
    const words = this.#words;
    fillPairs(this.states, words);
    if (shape.kind === 'uniform' && shape.inner === 0) {
      for (let i = 0; i < target.length; i++) {
        target[i] = uniformDeviate(words[2 * i + 1]!, words[2 * i]!);
      }
      return;
    }
    for (let i = 0; i < target.length; i++) {
      target[i] = this.deviate(words[2 * i + 1]!, words[2 * i]!, shape);
    }
  }

  /** The deviate of the pair (high, low), or of spare pairs when that one lies where none may. */
  deviate(high: number, low: number, { kind, limit, inner }: Shape): number {
    const next = this.spareWord;
    let [h, l] = [high, low];
    for (;;) {
      const x = kind === 'normal' ? normalDeviate(h, l, next) : uniformDeviate(h, l);
      const size = Math.abs(x);
      if (size >= inner && size <= limit) return x;
      h = next();
      l = next();
    }
  }

  /** A deviate of spare pairs, in place of one that lies where none may. */
  another(shape: Shape): number {
    const high = this.spareWord();
    return this.deviate(high, this.spareWord(), shape);
  }

  readonly spareWord = (): number => nextWord(this.#spare, 0);
}

/** Within (-1, 1), in odd multiples of 2^-52. */
function uniformDeviate(high: number, low: number): number {
  return ((high >>> 0) * 0x100000 + (low >>> 12)) * 2 ** -51 - 1 + 2 ** -52;
}
