/** The sensitivities of the output: the values that move it most. */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { Sensitivity } from '../analysis/sensitivity.ts';
import type { Circuit, Element } from '../circuit/circuit.ts';
import type { Block } from './document.ts';
import { CAUSE_LABELS } from './error-tables.ts';
import { left, number, outputUnit, right } from './figures.ts';
import { opAmpValue } from './worst-case-tables.ts';

/** Rows of the report; JSON has all. */
const ROWS = 10;

/** Smaller parts of a percent per percent are printed as 0. */
const DIGITS = 6;

export function sensitivityTable({ sensitivities }: CircuitAnalysis, circuit: Circuit): Block[] {
  if (sensitivities.length === 0) return [];
  const label = circuit.output?.label ?? 'the output';
  const unit = outputUnit(circuit);
  const elements = new Map(circuit.elements.map((element) => [element.name, element]));
  const shown = sensitivities.slice(0, ROWS);
  const more =
    shown.length < sensitivities.length
      ? `, the largest ${ROWS} of ${sensitivities.length}`
      : ', the largest first';
  return [
    { kind: 'heading', text: `Sensitivities of ${label}${more}` },
    {
      kind: 'table',
      columns: [left('value'), right('nominal'), right('per +1 %'), right('% per %')],
      rows: shown.map((row) => [
        ...named(row, elements),
        number(row.logarithmic / 100, unit),
        row.relative === null ? '-' : fixed(row.relative),
      ]),
    },
  ];
}

function named(
  { element, opAmp, cause, value }: Sensitivity,
  elements: ReadonlyMap<string, Element>,
): [string, string] {
  if (element !== undefined) {
    return [element, number(value, unitOf(elements.get(element)))];
  }
  if (cause === undefined) return [opAmp ?? '', number(value, '')];
  const nominal = cause === 'drift' ? number(value, 'V/K') : opAmpValue(cause, value);
  return [`${CAUSE_LABELS[cause] ?? cause} of ${opAmp}`, nominal];
}

function unitOf(element: Element | undefined): string {
  switch (element?.kind) {
    case 'resistor':
      return 'Ω';
    case 'voltageSource':
      return 'V';
    case 'currentSource':
      return 'A';
    default:
      return '';
  }
}

/** With as many decimals as there are digits, -0 being 0. */
function fixed(value: number): string {
  const text = value.toFixed(DIGITS);
  return Number(text) === 0 ? '0' : text;
}
