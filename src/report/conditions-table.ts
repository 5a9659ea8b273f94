/** Over what the results hold: temperatures, ranges of sources, and the tolerances of elements. */

import type { Circuit, Element } from '../circuit/circuit.ts';
import type { Deviation, Tolerance } from '../circuit/tolerance.ts';
import { temperatureText } from '../parts/limit.ts';
import type { Block } from './document.ts';
import { left, NO_BREAK, number } from './figures.ts';

export function conditionsSection(circuit: Circuit): Block[] {
  const facts = [...temperatureFact(circuit), ...sourceFacts(circuit)];
  const tolerances = toleranceTable(circuit);
  if (facts.length === 0 && tolerances.length === 0) return [];
  return [
    { kind: 'heading', text: 'Conditions' },
    ...(facts.length === 0 ? [] : [{ kind: 'facts', facts } as const]),
    ...tolerances,
  ];
}

function temperatureFact({ temperature }: Circuit): [string, string][] {
  if (temperature === null) return [];
  const nominal =
    temperature.low === temperature.high ? '' : `, nominally ${temperature.nominal} °C`;
  return [['Temperature', `${temperatureText(temperature)}${nominal}`]];
}

function sourceFacts({ elements, ranges }: Circuit): [string, string][] {
  return elements.flatMap((element) => {
    const range = ranges.sources.get(element.name);
    if (range === undefined) return [];
    const unit = element.kind === 'currentSource' ? 'A' : 'V';
    const nominal = valueText(element);
    const from = `${number(range.low, unit)} to ${number(range.high, unit)}`;
    return [[element.name, nominal === '' ? from : `${from}, nominally ${nominal}`]];
  });
}

/** Elements of one tolerance in one row. */
function toleranceTable({ elements, tolerances }: Circuit): Block[] {
  const values = new Map(elements.map((element) => [element.name, valueText(element)]));
  const alike = new Map<string, { names: string[]; cells: string[] }>();
  for (const tolerance of tolerances) {
    const cells = toleranceCells(tolerance);
    const key = cells.join('\n');
    const group = alike.get(key) ?? { names: [], cells };
    const value = values.get(tolerance.element) ?? '';
    group.names.push(value === '' ? tolerance.element : `${tolerance.element} (${value})`);
    alike.set(key, group);
  }
  if (alike.size === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        left('elements'),
        left('each'),
        left('per kelvin'),
        left('ageing'),
        left('in common'),
      ],
      rows: [...alike.values()].map(({ names, cells }) => [names.join(', '), ...cells]),
    },
  ];
}

function toleranceCells({ deviation, coefficient, ageing, match }: Tolerance): string[] {
  const perKelvin =
    coefficient.low === 0 && coefficient.high === 0
      ? ''
      : spreadText(coefficient, { factor: 1e6, unit: 'ppm' });
  return [
    percentText(deviation),
    perKelvin,
    percentText(ageing),
    match === undefined ? '' : `${percentText(match.common)} (${match.label})`,
  ];
}

function percentText(deviation: Deviation): string {
  if (deviation.low === 0 && deviation.high === 0) return '';
  return spreadText(deviation, { factor: 100, unit: '%' });
}

function spreadText(
  { low, high }: Deviation,
  { factor, unit }: { factor: number; unit: string },
): string {
  const text = (value: number) => `${Number((value * factor).toPrecision(6))}`;
  const ends = low === -high ? `±${text(high)}` : `${text(low)} … ${text(high)}`;
  return `${ends}${NO_BREAK}${unit}`;
}

function valueText(element: Element): string {
  switch (element.kind) {
    case 'resistor':
      return number(element.resistance, 'Ω');
    case 'voltageSource':
      return number(element.voltage, 'V');
    case 'currentSource':
      return number(element.current, 'A');
    default:
      return '';
  }
}
