// What values between limits are drawn from: a uniform deviate from 32 bits, a normal one from 64. A deviate is a number
// of half-widths from the middle for a uniform shape (-1 .. 1), and of standard deviations for a normal one.

import { normalDeviate } from './normal-deviate.ts';
import { fillPairs, type LaneStates, lanesOf, nextWord } from './xoshiro.ts';

export interface Shape {
  readonly kind: 'uniform' | 'normal';
  /** Deviates beyond it do not occur; infinite for a whole normal distribution. */
  readonly limit: number;
  /** Nor do those nearer to 0 than this. */
  readonly inner: number;
  /** What is drawn is middle + half * deviate: of a uniform shape without an inner limit, 0 and 1 of all others. */
  readonly middle: number;
  readonly half: number;
}

/** 2^-31: a word is within -1 and 1. */
const WORD = 2 ** -31;

/** A word w -> w scale + offset: the deviate (w + 1/2) 2^-31, symmetric about 0, from the middle in half-widths. */
export function uniformMap({ middle, half }: Pick<Shape, 'middle' | 'half'>) {
  const scale = half * WORD;
  return { scale, offset: middle + scale / 2 };
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

  /** Fills `target`, whose length is a multiple of twice the number of lanes. */
  fill(target: Float64Array, shape: Shape): void {
    const count = shape.kind === 'uniform' ? target.length : 2 * target.length;
    if (this.#words.length !== count) this.#words = new Int32Array(count);
    const words = this.#words;
    fillPairs(this.states, words);
    for (let i = 0; i < target.length; i++) {
      target[i] =
        shape.kind === 'uniform'
          ? this.uniform(words[i]!, shape)
          : this.normal(words[2 * i + 1]!, words[2 * i]!, shape);
    }
  }

  /** The deviate of a word, or of spare ones when that one lies where none may. */
  uniform(word: number, shape: Shape): number {
    const { scale, offset } = uniformMap(shape);
    for (let w = word; ; w = this.spareWord()) {
      const x = w * scale + offset;
      if (shape.inner === 0 || Math.abs(x) >= shape.inner) return x;
    }
  }

  /** The deviate of the pair (high, low), or of spare pairs when that one lies where none may. */
  normal(high: number, low: number, { limit, inner }: Shape): number {
    let [h, l] = [high, low];
    for (;;) {
      const x = normalDeviate(h, l, this.spareWord);
      const size = Math.abs(x);
      if (size >= inner && size <= limit) return x;
      h = this.spareWord();
      l = this.spareWord();
    }
  }

  readonly spareWord = (): number => nextWord(this.#spare, 0);
}
