/** Says which op amp leaves its common-mode range or output swing, where, and by how much. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import { formatEngineering } from '../../grammar/number.ts';
import type { OpAmp } from '../circuit/circuit.ts';
import { limitText } from '../circuit/pin-limits.ts';
import type { CircuitAnalysis } from './circuit-analysis.ts';
import type { LimitCheck, LimitCorner, LimitedQuantity } from './operating-limits.ts';

/** Part of a voltage below which a margin is its rounding. */
const ROUNDING = 1e-12;

export function isViolated({ margin, limit, signal }: LimitCheck): boolean {
  return margin < -ROUNDING * Math.max(Math.abs(limit), Math.abs(signal));
}

/** Only of a circuit that works: one that latches or runs open is at a limit by itself. */
export function adviseOnLimits(
  { status, limits }: Pick<CircuitAnalysis, 'status' | 'limits'>,
  diagnostics: Diagnostics,
): void {
  if (status !== 'ok') return;
  for (const [opAmp, { unsupplied, ...checks }] of limits) {
    for (const quantity of ['commonMode', 'output'] as const) {
      for (const side of ['low', 'high'] as const) {
        const check = checks[quantity][side];
        if (check !== null && isViolated(check))
          warn(check, { opAmp, quantity, side, diagnostics });
      }
    }
    const [first] = unsupplied;
    if (first === undefined) continue;
    diagnostics.info(
      'limit_without_supply',
      opAmp.span,
      `The limit ${limitText(first)} of "${opAmp.name}" counts from a supply that it does not have in the netlist, and is not checked.`,
      `Connect the supplies, or state them: *@ range ${opAmp.name}.vdd 5 5.`,
    );
  }
}

const VOLTAGES = { commonMode: 'V_CM', output: 'V_OUT' } as const;
const CODES = { commonMode: 'outside_common_mode_range', output: 'outside_output_swing' } as const;
const HINTS = {
  commonMode: 'Beyond it the offset and the rejections of its data sheet do not hold.',
  output: 'It saturates there, and the loop opens.',
} as const;

function warn(
  check: LimitCheck,
  at: {
    opAmp: OpAmp;
    quantity: LimitedQuantity;
    side: 'low' | 'high';
    diagnostics: Diagnostics;
  },
): void {
  const { opAmp, quantity, side, diagnostics } = at;
  const volts = (value: number) => formatEngineering(value, { digits: 6, unit: 'V' });
  const counted = check.stated.rail === undefined ? '' : `${limitText(check.stated)} = `;
  const where = cornerText(check.corner);
  diagnostics.warning(
    CODES[quantity],
    opAmp.span,
    `${VOLTAGES[quantity]} of "${opAmp.name}" reaches ${volts(check.reached)}, ${volts(-check.margin)} ${side === 'high' ? 'above' : 'below'} its limit ${counted}${volts(check.limit)}${where === '' ? '' : `, at ${where}`}.`,
    HINTS[quantity],
  );
}

/** `VIN = 4.3 V, VDD = 5 V, 125 °C`; nothing where the voltage does not move. */
export function cornerText({ sources, temperature }: LimitCorner): string {
  const values = [...sources].map(
    ([{ name, kind }, value]) =>
      `${name} = ${formatEngineering(value, { digits: 6, unit: kind === 'voltageSource' ? 'V' : 'A' })}`,
  );
  return [...values, ...(temperature === null ? [] : [`${temperature} °C`])].join(', ');
}
