/**
 * Specifications that are known by limits around 0 only: a formula with V_OS at its known value 0 says 0 = 0, whatever
 * is written. For a test of the formula they take values within their limits.
 */

import type { SymbolNode } from '../../grammar/walk.ts';
import type { Circuit, OpAmp } from '../circuit/circuit.ts';
import { known, type OpAmpSpecification, type Spread } from '../circuit/specification.ts';
import { uniform } from './trial.ts';

const BIAS = ['average', 'offset', 'nonInverting', 'inverting'] as const;
const OFFSET = ['offsetVoltage', 'drift'] as const;

type Key =
  | (typeof BIAS)[number]
  | (typeof OFFSET)[number]
  | 'inverseGain'
  | 'inverseCmrr'
  | 'both'
  | 'plus'
  | 'minus';

/** What a quantity rests on; of V_OST and V_IE that which is no ratio. */
const RESTS_ON: Readonly<Record<string, readonly Key[]>> = {
  VOS: ['offsetVoltage'],
  TCVOS: ['drift'],
  VOST: OFFSET,
  VIE: [...OFFSET, ...BIAS],
  AOL: ['inverseGain'],
  CMRR: ['inverseCmrr'],
  PSRR: ['both'],
  PSRRP: ['both', 'plus'],
  PSRRN: ['both', 'minus'],
  IB: BIAS,
  IOS: BIAS,
  IBN: BIAS,
  IBI: BIAS,
  VIBN: BIAS,
  VIBI: BIAS,
};

const SEED = 0x1f123bb5;

/** The circuit with a value for every specification of 0 with limits that these symbols rest on; undefined for none. */
export function drawnWithin(
  circuit: Circuit,
  { symbols, prefix }: { readonly symbols: readonly SymbolNode[]; readonly prefix: string },
): Circuit | undefined {
  const wanted = new Map<string, Set<Key>>();
  for (const symbol of symbols) {
    if (symbol.kind !== 'probe') continue;
    const name = (prefix + (symbol.names[0]?.text ?? '')).toLowerCase();
    const keys = RESTS_ON[symbol.quantity.toUpperCase()] ?? [];
    wanted.set(name, new Set([...(wanted.get(name) ?? []), ...keys]));
  }
  const random = uniform(SEED);
  let isDrawn = false;
  const elements = circuit.elements.map((element) => {
    const keys = wanted.get(element.name.toLowerCase());
    if (element.kind !== 'opAmp' || keys === undefined) return element;
    const specification = drawn(element, { keys, random });
    if (specification === undefined) return element;
    isDrawn = true;
    return { ...element, specification };
  });
  return isDrawn ? { ...circuit, elements } : undefined;
}

function drawn(
  { specification }: OpAmp,
  { keys, random }: { readonly keys: ReadonlySet<Key>; readonly random: () => number },
): OpAmpSpecification | undefined {
  let count = 0;
  const within = (key: Key, spread: Spread): Spread => {
    const { nominal, low, high } = spread;
    if (!keys.has(key) || nominal !== 0 || (low === 0 && high === 0)) return spread;
    count++;
    const part = 0.3 + 0.6 * random();
    return known(part * (Math.abs(low) > high ? low : high));
  };
  const { inversePsrr, bias } = specification;
  const changed: OpAmpSpecification = {
    ...specification,
    offsetVoltage: within('offsetVoltage', specification.offsetVoltage),
    drift: within('drift', specification.drift),
    inverseGain: within('inverseGain', specification.inverseGain),
    inverseCmrr: within('inverseCmrr', specification.inverseCmrr),
    inversePsrr:
      inversePsrr.kind === 'lumped'
        ? { kind: 'lumped', both: within('both', inversePsrr.both) }
        : {
            kind: 'split',
            plus: within('plus', inversePsrr.plus),
            minus: within('minus', inversePsrr.minus),
          },
    bias:
      bias.kind === 'average'
        ? {
            kind: 'average',
            average: within('average', bias.average),
            offset: within('offset', bias.offset),
          }
        : {
            kind: 'pins',
            nonInverting: within('nonInverting', bias.nonInverting),
            inverting: within('inverting', bias.inverting),
          },
  };
  return count === 0 ? undefined : changed;
}
