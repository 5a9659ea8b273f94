/**
 * V_OE of ideal op amps: the sum of its causes times their gains to the output (theory D6), grouped as AN1177
 * Eq. 9 does where a resistance is shorter than a transresistance: G_N (V_OS - I_BN R_NEQ + I_BI R_IEQ). Op amps with the same
 * gain share it.
 */

import type { OpAmp } from '../circuit/circuit.ts';
import { cost } from './cost.ts';
import { type Fraction, fractionKey, inverse, times } from './fraction.ts';
import { type Shaping, shapeOf } from './shape.ts';
import { writtenName } from './symbols.ts';
import { negative, product, sum, symbol, type Tree } from './tree.ts';

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
  const groups = new Map<string, { readonly gain: Fraction; readonly causes: Tree[] }>();
  /** Adds a cause, times a resistance or 1, to those of the same gain. */
  const collect = (gain: Fraction, cause: Tree): void => {
    const size = magnitude(gain);
    const group = groups.get(fractionKey(size)) ?? { gain: size, causes: [] };
    groups.set(fractionKey(size), group);
    group.causes.push(gain.numerator < 0n ? negative(cause) : cause);
  };
  for (const { opAmp, offset, ...currents } of gains) {
    const names = causesOf(opAmp);
    const hasOffset = offset.numerator !== 0n;
    if (hasOffset) collect(offset, symbol(names.offset));
    for (const pin of ['nonInverting', 'inverting'] as const) {
      if (currents[pin].numerator === 0n) continue;
      const cause = symbol(names[pin]);
      const resistance = hasOffset ? shapeOf(times(currents[pin], inverse(offset)), at) : undefined;
      if (resistance !== undefined && cost(resistance) < cost(shapeOf(currents[pin], at))) {
        collect(offset, product([cause, resistance]));
      } else collect(currents[pin], cause);
    }
  }
  return sum(
    [...groups.values()].map(({ gain, causes }) => {
      const [first, ...others] = causes;
      const factor = shapeOf(gain, at);
      // AN1177 writes a single current before its resistance.
      if (first !== undefined && others.length === 0 && factor.kind !== 'sum') {
        return product([first, factor]);
      }
      return product([factor, sum(causes)]);
    }),
  );
}

/** Without the sign. */
function magnitude(f: Fraction): Fraction {
  return f.numerator < 0n ? { ...f, numerator: -f.numerator } : f;
}
