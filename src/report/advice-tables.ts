/** What would make the error smaller: the resistor that cancels I_B, and what dominates. */

import type { BiasCompensation } from '../analysis/bias-compensation.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { OpAmpAdvice } from '../analysis/op-amp-advice.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Block } from './document.ts';
import { CAUSE_LABELS } from './error-tables.ts';
import { left, NO_BREAK, number, outputUnit, right } from './figures.ts';

export function adviceSection({ advice }: CircuitAnalysis, circuit: Circuit): Block[] {
  const unit = outputUnit(circuit);
  const resistors = advice.flatMap(({ opAmp, compensation }) =>
    compensation === null ? [] : [resistorCells(opAmp, { compensation, unit })],
  );
  const items = advice.flatMap((each) => remarks(each, unit));
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: 'Improve' },
    ...(resistors.length === 0 ? [] : resistorTable(resistors)),
    { kind: 'list', items },
  ];
}

function resistorTable(rows: string[][]): Block[] {
  return [
    {
      kind: 'table',
      columns: [
        left('op amp'),
        left('in series with'),
        right('exactly'),
        right('E24'),
        right('E96'),
        right('worst |V_OE|'),
        right('with E96'),
        right('RSS'),
        right('with E96'),
      ],
      rows,
    },
  ];
}

function resistorCells(
  opAmp: string,
  { compensation, unit }: { compensation: BiasCompensation; unit: string },
): string[] {
  const { pin, exact, e24, e96, without } = compensation;
  return [
    opAmp,
    `its ${pinName(pin)} input`,
    number(exact.resistance, 'Ω'),
    number(e24.resistance, 'Ω'),
    number(e96.resistance, 'Ω'),
    number(without.worstCase, unit),
    number(e96.worstCase, unit),
    number(without.rss || null, unit),
    number(e96.rss || null, unit),
  ];
}

function remarks(advice: OpAmpAdvice, unit: string): string[] {
  const { opAmp, dominant, compensation, offsetCurrentPrevails, resistorTolerance } = advice;
  const items: string[] = [];
  if (dominant !== null) {
    const { cause, worst, share } = dominant;
    items.push(
      `${opAmp}: the largest term is ${CAUSE_LABELS[cause] ?? cause}, ${number(worst, unit)} or ${(100 * share).toFixed(1)} % of the errors of all op amps.`,
    );
  }
  if (compensation !== null) {
    const { pin, exact, equalsPassive } = compensation;
    const equal = equalsPassive
      ? 'R_NEQ = R_IEQ'
      : 'the effective resistances of both inputs at the output equal';
    items.push(
      `${opAmp}: ${number(exact.resistance, 'Ω')} in series with its ${pinName(pin)} input makes ${equal}, so that I_B cancels.`,
    );
  }
  if (offsetCurrentPrevails) {
    items.push(
      `${opAmp}: I_OS is not much smaller than I_B, so that equal resistances would not help; smaller ones would.`,
    );
  }
  if (resistorTolerance !== null) {
    items.push(
      `${opAmp}: I_B stays below I_OS as long as the resistors are much better than I_OS/(2 I_B) = ${(100 * resistorTolerance).toPrecision(3)}${NO_BREAK}%.`,
    );
  }
  return items;
}

function pinName(pin: BiasCompensation['pin']): string {
  return pin === 'plus' ? '+' : '-';
}
