/** How near the op amps come to the ends of their common-mode range and output swing: as a table, and as JSON. */

import { cornerText, isViolated } from '../analysis/advice-on-limits.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { LimitCheck, OperatingLimits } from '../analysis/operating-limits.ts';
import { limitText } from '../circuit/pin-limits.ts';
import type { Block } from './document.ts';
import { left, number, right } from './figures.ts';
import { record } from './record.ts';

const ENDS = [
  ['commonMode', 'low', 'lowest V_CM'],
  ['commonMode', 'high', 'highest V_CM'],
  ['output', 'low', 'lowest V_OUT'],
  ['output', 'high', 'highest V_OUT'],
] as const;

export function limitTable({ limits }: CircuitAnalysis): Block[] {
  const rows = [...limits].flatMap(([opAmp, found]) =>
    ENDS.flatMap(([quantity, side, label]) => {
      const check = found[quantity][side];
      return check === null ? [] : [[opAmp.name, label, ...cells(check)]];
    }),
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'heading',
      text: 'Limits of the op amps: what their voltages reach over all ranges and errors',
    },
    {
      kind: 'table',
      columns: [
        left('op amp'),
        left(''),
        right('signal'),
        right('by I_B'),
        right('by others'),
        right('limit'),
        right('margin'),
        left('at'),
      ],
      rows,
    },
  ];
}

function cells(check: LimitCheck): string[] {
  const { stated, limit, signal, bias, errors, margin, corner } = check;
  const counted = stated.rail === undefined ? '' : `${limitText(stated)} = `;
  return [
    number(signal, 'V'),
    number(bias, 'V'),
    number(errors, 'V'),
    `${counted}${number(limit, 'V')}`,
    number(margin, 'V'),
    `${isViolated(check) ? 'BEYOND: ' : ''}${cornerText(corner)}`,
  ];
}

/** The `limits` of an op amp; null where it has none. */
export function limitsJson(found: OperatingLimits | undefined) {
  if (found === undefined) return null;
  const { commonMode, output } = found;
  const range = ({ low, high }: OperatingLimits['output']) => ({
    low: checkJson(low),
    high: checkJson(high),
  });
  return { commonMode: range(commonMode), output: range(output) };
}

function checkJson(check: LimitCheck | null) {
  if (check === null) return null;
  const { stated, corner, ...voltages } = check;
  const sources = [...corner.sources].map(([{ name }, value]) => [name, value] as const);
  return {
    ...voltages,
    stated: limitText(stated),
    corner: { sources: record(sources), temperature: corner.temperature },
  };
}
