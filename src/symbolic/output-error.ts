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
  const outside: Tree[] = [];
  for (const { opAmp, offset, ...currents } of gains) {
    const names = causesOf(opAmp);
    const size = magnitude(offset);
    const group = groups.get(fractionKey(size)) ?? { gain: size, causes: [] };
    const signed = (tree: Tree) => (offset.numerator < 0n ? negative(tree) : tree);
    if (offset.numerator !== 0n) {
      groups.set(fractionKey(size), group);
      group.causes.push(signed(symbol(names.offset)));
    }
    for (const pin of ['nonInverting', 'inverting'] as const) {
      if (currents[pin].numerator === 0n) continue;
      const own = shapeOf(currents[pin], at);
      const cause = symbol(names[pin]);
      if (offset.numerator !== 0n) {
        const resistance = shapeOf(times(currents[pin], inverse(offset)), at);
        if (cost(resistance) < cost(own)) {
          group.causes.push(signed(product([cause, resistance])));
          continue;
        }
      }
      outside.push(product([cause, own]));
    }
  }
  const grouped = [...groups.values()].map(({ gain, causes }) =>
    product([shapeOf(gain, at), sum(causes)]),
  );
  return sum([...grouped, ...outside]);
}

/** Without the sign. */
function magnitude(f: Fraction): Fraction {
  return f.numerator < 0n ? { ...f, numerator: -f.numerator } : f;
}
