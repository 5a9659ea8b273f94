/**
 * V_OE of ideal op amps: the sum of its causes times their gains to the output (theory D6), grouped as AN1177
 * Eq. 9 does where a resistance is shorter than a transresistance: G_N (V_OS - I_BN R_NEQ + I_BI R_IEQ).
 */

import type { OpAmp } from '../circuit/circuit.ts';
import { cost } from './cost.ts';
import { type Fraction, inverse, times } from './fraction.ts';
import { type Shaping, shapeOf } from './shape.ts';
import { writtenName } from './symbols.ts';
import { product, sum, symbol, type Tree } from './tree.ts';

/** The gains of an op amp's causes to the output. */
export interface CauseGains {
  readonly opAmp: OpAmp;
  readonly offset: Fraction;
  readonly nonInverting: Fraction;
  readonly inverting: Fraction;
}

/** What the causes of an op amp are called. */
export function causesOf({
  name,
}: OpAmp): Readonly<Record<'offset' | 'nonInverting' | 'inverting', string>> {
  const written = writtenName(name);
  return {
    offset: `VOS_${written}`,
    nonInverting: `IBN_${written}`,
    inverting: `IBI_${written}`,
  };
}

export function outputErrorTree(gains: readonly CauseGains[], at: Shaping): Tree {
  return sum(gains.flatMap((each) => termsOf(each, at)));
}

function termsOf({ opAmp, offset, ...currents }: CauseGains, at: Shaping): Tree[] {
  const names = causesOf(opAmp);
  const noiseGain = shapeOf(offset, at);
  const inside: Tree[] = [symbol(names.offset)];
  const outside: Tree[] = [];
  for (const pin of ['nonInverting', 'inverting'] as const) {
    if (currents[pin].numerator === 0n) continue;
    const own = shapeOf(currents[pin], at);
    const cause = symbol(names[pin]);
    if (offset.numerator !== 0n) {
      const resistance = shapeOf(times(currents[pin], inverse(offset)), at);
      if (cost(resistance) < cost(own)) {
        inside.push(product([resistance, cause]));
        continue;
      }
    }
    outside.push(product([own, cause]));
  }
  return offset.numerator === 0n ? outside : [product([noiseGain, sum(inside)]), ...outside];
}
