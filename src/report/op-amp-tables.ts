/** One row per op amp: noise gains, resistances, and the voltages at which they hold. */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { OpAmpAnalysis } from '../analysis/op-amp-analysis.ts';
import type { Swing } from '../analysis/swings.ts';
import type { Block } from './document.ts';
import { left, number, right } from './figures.ts';

export function opAmpTable(opAmps: readonly OpAmpAnalysis[]): Block {
  return {
    kind: 'table',
    columns: [
      left('op amp'),
      left('model'),
      right('G_N'),
      right('to output'),
      right('R_NEQ'),
      right('R_IEQ'),
      right('V_CM'),
      right('V_OUT'),
    ],
    rows: opAmps.map(({ opAmp, noiseGain, noiseGainToOutput, resistance, voltages }) => [
      opAmp.name,
      opAmp.part,
      number(noiseGain, 'V/V'),
      number(noiseGainToOutput, ''),
      number(resistance.nonInverting, 'Ω'),
      number(resistance.inverting, 'Ω'),
      number(voltages?.commonMode, 'V'),
      number(voltages?.output, 'V'),
    ]),
  };
}

/** Active and effective resistances, only of op amps where they differ from the passive ones. */
export function otherResistances(opAmps: readonly OpAmpAnalysis[]): Block[] {
  const same = (a: number, b: number | undefined) =>
    b === undefined || Math.abs(a - b) <= 1e-9 * Math.abs(a);
  const rows = opAmps.flatMap(({ opAmp, resistance }) => {
    const { nonInverting, inverting, literal, active, effective } = resistance;
    const usual = [literal, active, effective].every(
      (other) => same(nonInverting, other?.nonInverting) && same(inverting, other?.inverting),
    );
    if (usual) return [];
    const pair = (value: { nonInverting: number; inverting: number } | null) => [
      number(value?.nonInverting, 'Ω'),
      number(value?.inverting, 'Ω'),
    ];
    return [[opAmp.name, ...pair(literal), ...pair(active), ...pair(effective)]];
  });
  if (rows.length === 0) return [];
  return [
    {
      kind: 'heading',
      text: 'Other resistances: at the pin alone, with the other op amps in loop (active), at the output (effective)',
    },
    {
      kind: 'table',
      columns: [
        left('op amp'),
        right('R_PP'),
        right('R_MM'),
        right('R_N active'),
        right('R_I active'),
        right('R_N eff.'),
        right('R_I eff.'),
      ],
      rows,
    },
  ];
}

const ORIGINS: Readonly<Record<Swing['origin'], string>> = {
  stated: 'stated',
  sources: 'from the ranges of the sources',
  'operating point': 'operating point',
};

/** Where the voltages of each op amp may be; nothing when no range moves them. */
export function swingTable({ swings, circuit }: CircuitAnalysis): Block[] {
  const moved = [...swings].filter(([, swing]) =>
    Object.values(swing).some(({ origin }) => origin !== 'operating point'),
  );
  if (moved.length === 0) return [];
  const rows = moved.flatMap(([opAmp, swing]) =>
    SWUNG.flatMap(([quantity, label]) => {
      const { low, high, origin } = swing[quantity];
      if (origin === 'operating point') return [];
      return [[opAmp.name, label, number(low, 'V'), number(high, 'V'), ORIGINS[origin]]];
    }),
  );
  const counted =
    circuit.ranges.deltas === 'half-range'
      ? 'changes are half of the range to either side'
      : 'changes count from the bias point of the specification';
  return [
    { kind: 'heading', text: `Operating ranges of the op amps; ${counted}` },
    {
      kind: 'table',
      columns: [left('op amp'), left(''), right('low'), right('high'), left('origin')],
      rows,
    },
  ];
}

const SWUNG = [
  ['commonMode', 'V_CM'],
  ['output', 'V_OUT'],
  ['positiveSupply', 'V_DD'],
  ['negativeSupply', 'V_SS'],
] as const;
