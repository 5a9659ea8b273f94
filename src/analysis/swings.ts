/**
 * Over which voltages each op amp is used: as a directive states it, or as the ranges of the sources move it.
 * The network is affine in its sources, so the extremes stand at ends of the ranges.
 */

import type { OpAmp } from '../circuit/circuit.ts';
import type { PinQuantity, Range } from '../circuit/ranges.ts';
import type { Solver } from '../mna/solver.ts';
import { type OpAmpVoltages, opAmpVoltages } from './operating-point.ts';
import { sourceMoves } from './source-moves.ts';

/** Where a voltage of an op amp may be [V]. */
export interface Swing extends Range {
  /** The directive that states it, the sources whose ranges move it, or neither: the operating point. */
  readonly origin: 'stated' | 'sources' | 'operating point';
}

export type Swings = Readonly<Record<PinQuantity, Swing>>;

const QUANTITIES = ['output', 'commonMode', 'positiveSupply', 'negativeSupply'] as const;

/** `solver` is that of the network at whose operating point the op amps have the voltages `at`. */
export function swingsOf(
  solver: Solver,
  at: ReadonlyMap<OpAmp, OpAmpVoltages>,
): ReadonlyMap<OpAmp, Swings> {
  const { circuit } = solver.system;
  const moves = sourceMoves(circuit, solver);
  return new Map(
    [...at].map(([opAmp, voltages]) => {
      const stated = circuit.ranges.opAmps.get(opAmp.name);
      const swing = (quantity: PinQuantity): Swing => {
        const own = stated?.get(quantity);
        if (own !== undefined) return { ...own, origin: 'stated' };
        let [low, high] = [voltages[quantity], voltages[quantity]];
        for (const { solution, range } of moves) {
          const gain = opAmpVoltages(solution, opAmp)[quantity];
          low += Math.min(gain * range.low, gain * range.high);
          high += Math.max(gain * range.low, gain * range.high);
        }
        return { low, high, origin: low === high ? 'operating point' : 'sources' };
      };
      const [output, commonMode, positiveSupply, negativeSupply] = QUANTITIES.map(swing) as [
        Swing,
        Swing,
        Swing,
        Swing,
      ];
      return [opAmp, { output, commonMode, positiveSupply, negativeSupply }];
    }),
  );
}
