/** What is written onto the drawing of a circuit: of each op amp its noise gain and its share of the error, of each net its voltage. */

import { formatEngineering } from '../../grammar/number.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { Annotations } from '../drawing/annotated.ts';

/** Four figures are what is read off a drawing. */
const DIGITS = 4;

export function annotationsOf({ opAmps, budget, operatingPoint }: CircuitAnalysis): Annotations {
  const total = budget?.rows.reduce((sum, { worst }) => sum + worst, 0) ?? 0;
  return {
    opAmps: new Map(
      opAmps.map(({ opAmp: { name }, noiseGain }) => {
        const own = budget?.rows.filter((row) => row.opAmp === name) ?? [];
        const share = own.reduce((sum, { worst }) => sum + worst, 0) / total;
        return [
          name.toLowerCase(),
          [
            ...(noiseGain === null
              ? []
              : [`G_N ${formatEngineering(noiseGain, { digits: DIGITS })}`]),
            ...(share > 0 ? [`${(100 * share).toFixed(0)} % of the error`] : []),
          ],
        ];
      }),
    ),
    nodes: new Map(
      Object.entries(operatingPoint?.nodes ?? {}).flatMap(([node, volts]): [string, string][] =>
        volts === null
          ? []
          : [[node.toLowerCase(), formatEngineering(volts, { digits: DIGITS, unit: 'V' })]],
      ),
    ),
  };
}
