/** The extremes of the output: the verdict in words, and the corners that produce them. */

import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import type { CornerVariation, OpAmpCause } from '../analysis/variation.ts';
import type { ExtremeCorner, Extremes, ExtremesStatus } from '../analysis/worst-case.ts';
import type { Circuit, LinearElement } from '../circuit/circuit.ts';
import type { Block } from './document.ts';
import { CAUSE_LABELS } from './error-tables.ts';
import { left, number, outputUnit, right } from './figures.ts';
import { hasRanges, WITHOUT_RANGES } from './source-conditions.ts';

const VERDICTS: Readonly<Record<Exclude<ExtremesStatus, 'pole_in_box'>, string>> = {
  proven: 'proven: no combination of the values goes beyond',
  bounded: 'the worst corners found',
  sampled: 'the worst corners found, not proven',
};

/** `Extremes` of the head of the report, and those of the error over the ranges. */
export function extremesFacts(
  { extremes, errorExtremes }: CircuitAnalysis,
  circuit: Circuit,
): [string, string][] {
  if (extremes === null) return [];
  const unit = outputUnit(circuit);
  const where = hasRanges(circuit) ? `; ${WITHOUT_RANGES}` : '';
  const spreads = 'all tolerances and spreads';
  const ranges = 'all tolerances, spreads and ranges of the sources';
  return [
    ['Extremes', `${sentence(extremes, { unit, over: spreads })}${where}`],
    ...(errorExtremes === null || extremes.status === 'pole_in_box'
      ? []
      : [['Largest error', sentence(errorExtremes, { unit, over: ranges })] as [string, string]]),
  ];
}

function sentence(
  { status, low, high, bounds, crossing }: Extremes,
  { unit, over }: { readonly unit: string; readonly over: string },
): string {
  if (status === 'pole_in_box' || low === null || high === null) {
    return `NONE: within the tolerances of ${crossing.join(', ')} the output grows without limit or the feedback turns over`;
  }
  const outer =
    bounds === null
      ? ''
      : `; proven: never below ${number(bounds.low, unit)} or above ${number(bounds.high, unit)}`;
  return `${number(low.value, unit)} to ${number(high.value, unit)} over ${over}, ${VERDICTS[status]}${outer}`;
}

/**
 * Where every value is in the corners, the elements first; specifications alone are at their limits by their signs.
 * With ranges of sources the corners are those of the error, otherwise of the output.
 */
export function cornerTable(
  { extremes, errorExtremes }: CircuitAnalysis,
  circuit: Circuit,
): Block[] {
  const { low, high } = errorExtremes ?? extremes ?? { low: null, high: null };
  if (low === null || high === null || circuit.tolerances.length === 0) return [];
  const rows = [...low.corner.keys()].map((variation) => [
    ...nominalCells(variation),
    valueAt(variation, low),
    valueAt(variation, high),
  ]);
  const unit = outputUnit(circuit);
  const label = circuit.output?.label ?? 'the output';
  const temperatures = [low, high].map(({ scenario }) => scenario.temperature);
  const isWarm = circuit.temperature !== null && temperatures.some((at) => at !== undefined);
  const warm = isWarm
    ? [['temperature', '', ...temperatures.map((at) => number(at ?? null, '°C'))]]
    : [];
  const [heading, total] =
    errorExtremes === null
      ? [`Corners with the lowest and the highest ${label}`, label]
      : [
          `Corners with the lowest and the highest error of ${label}, over the ranges of the sources`,
          `error of ${label}`,
        ];
  return [
    { kind: 'heading', text: heading },
    {
      kind: 'table',
      columns: [left('value'), right('nominal'), right('lowest'), right('highest')],
      rows: [...rows, ...warm, [total, '', number(low.value, unit), number(high.value, unit)]],
      totals: rows.length + warm.length,
    },
  ];
}

function nominalCells(variation: CornerVariation): [string, string] {
  switch (variation.kind) {
    case 'element':
      return [variation.element.name, elementValue(variation.element, 1)];
    case 'source':
      return [`${variation.source.name}, range`, elementValue(variation.source, 1)];
    case 'opAmp': {
      const { opAmp, cause, spread } = variation;
      const value = cause === 'drift' ? '' : opAmpValue(cause, spread.nominal);
      return [`${CAUSE_LABELS[cause] ?? cause} of ${opAmp.name}`, value];
    }
  }
}

function valueAt(variation: CornerVariation, { corner }: ExtremeCorner): string {
  const at = corner.get(variation);
  if (at === undefined) return '';
  switch (variation.kind) {
    case 'element':
      return elementValue(variation.element, at);
    case 'source':
      return number(at, variation.source.kind === 'voltageSource' ? 'V' : 'A');
    case 'opAmp':
      return opAmpValue(variation.cause, at);
  }
}

function elementValue(element: LinearElement, factor: number): string {
  switch (element.kind) {
    case 'resistor':
      return number(element.resistance * factor, 'Ω');
    case 'voltageSource':
      return number(element.voltage * factor, 'V');
    case 'currentSource':
      return number(element.current * factor, 'A');
    default:
      return `${number(100 * factor, '')} %`;
  }
}

const CURRENTS: ReadonlySet<OpAmpCause> = new Set(['Ib', 'Ios', 'Ibn', 'Ibi']);

/** Gains and rejections as they stand in data sheets, not as the inverses of the model. */
export function opAmpValue(cause: OpAmpCause, value: number): string {
  if (cause === 'Vos' || cause === 'drift') return number(value, 'V');
  if (CURRENTS.has(cause)) return number(value, 'A');
  return value === 0 ? '∞' : number(1 / value, '');
}
