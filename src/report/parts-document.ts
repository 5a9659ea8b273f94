/** Parts of the library -> Document: a table of many, everything of one. */

import { guaranteed, limitText, supplyText, temperatureText } from '../parts/limit.ts';
import {
  citation,
  fullName,
  type Interval,
  type Part,
  type PositionInterval,
  type QuantityName,
  type Row,
} from '../parts/part.ts';
import type { Block, Document } from './document.ts';
import { left, right } from './figures.ts';

const LABELS: Readonly<Record<QuantityName, string>> = {
  vos: 'V_OS',
  tcvos: 'TC(V_OS)',
  ib: 'I_B',
  ios: 'I_OS',
  aol: 'A_OL',
  cmrr: 'CMRR',
  psrr: 'PSRR',
  vcmLow: 'V_CM low, from V-',
  vcmHigh: 'V_CM high, from V+',
  voutLow: 'V_OUT low, from V-',
  voutHigh: 'V_OUT high, from V+',
};
const ROOM = 25;

export function partsDocument(parts: readonly Part[]): Document {
  const [only, ...more] = parts;
  return only !== undefined && more.length === 0 ? partDocument(only) : listDocument(parts);
}

function listDocument(parts: readonly Part[]): Document {
  return [
    { kind: 'title', text: `Op amps: ${parts.length}` },
    {
      kind: 'table',
      columns: [
        left('part'),
        left('class'),
        right('V_OS'),
        right('drift'),
        right('I_B'),
        right('CMRR'),
        left('supply'),
        left('temperature'),
        left('manufacturer'),
      ],
      rows: parts.map((part) => [
        fullName(part),
        part.class,
        roomLimit(part, 'vos'),
        roomLimit(part, 'tcvos'),
        roomLimit(part, 'ib'),
        roomLimit(part, 'cmrr'),
        openRange(part.supply, 'V'),
        openRange(part.temperature, '°C'),
        part.manufacturer,
      ]),
    },
    {
      kind: 'paragraph',
      text: 'Limits that hold at 25 °C, the least favourable of those for several supplies and loads. A dash: the data here have no limit.',
    },
  ];
}

/** The least favourable limit that holds at 25 deg C, of those for the narrowest range of temperature. */
function roomLimit({ rows }: Part, quantity: QuantityName): string {
  const size = (row: Row) => {
    const limit = guaranteed(row);
    return limit === undefined ? -1 : Math.max(Math.abs(limit.low), Math.abs(limit.high));
  };
  const width = ({ conditions: { temperature } }: Row) => temperature.high - temperature.low;
  const [row] = rows
    .filter((at) => {
      const { low, high } = at.conditions.temperature;
      return at.quantity === quantity && low <= ROOM && high >= ROOM && size(at) >= 0;
    })
    .sort((a, b) => width(a) - width(b) || size(b) - size(a));
  return row === undefined ? '-' : limitText(row);
}

function partDocument(part: Part): Document {
  const { alsoFor, grades, otherGrades, notes, rows } = part;
  const facts: [string, string][] = [
    ['Data sheet', citation(part)],
    ['Title', part.document.title ?? ''],
    ['Same limits', alsoFor.join(', ')],
    ['Grade', grades.join(', ')],
    ['Not here', otherGrades.map((grade) => `grade ${grade}`).join(', ')],
    ['Class', part.class],
    ['Input', part.input ?? ''],
    ['Op amps', String(part.channels)],
    ['Supply', openRange(part.supply, 'V')],
    ['Temperature', openRange(part.temperature, '°C')],
  ];
  const blocks: Block[] = [
    { kind: 'title', text: fullName(part) },
    { kind: 'facts', facts: facts.filter(([, value]) => value !== '') },
    {
      kind: 'table',
      columns: [
        left('quantity'),
        right('min'),
        right('typ'),
        right('max'),
        left('temperature'),
        left('supply'),
        left('V_CM'),
        left('V_OUT'),
        left('load'),
        left('remark'),
      ],
      rows: rows.map(rowCells),
    },
  ];
  if (notes.length > 0) {
    blocks.push({ kind: 'heading', text: 'Notes' }, { kind: 'list', items: notes });
  }
  return blocks;
}

function rowCells({ quantity, min, typ, max, conditions, from, note }: Row): string[] {
  const { temperature, supply, commonMode, output, load } = conditions;
  return [
    LABELS[quantity],
    min?.text ?? '',
    typ?.text ?? '',
    max?.text ?? '',
    temperatureText(temperature),
    supply === undefined ? '' : supplyText(supply),
    positionText(commonMode),
    positionText(output),
    load ?? '',
    [from ?? '', note ?? ''].filter((text) => text !== '').join('; '),
  ];
}

function positionText(interval: PositionInterval | undefined): string {
  if (interval === undefined) return '';
  const { low, high } = interval;
  return low.text === high.text ? low.text : `${low.text} to ${high.text}`;
}

/** `2.7..6 V`, `up to 36 V`, `-` */
function openRange({ low, high }: Interval, unit: string): string {
  if (!Number.isFinite(high)) return Number.isFinite(low) ? `from ${low} ${unit}` : '-';
  return Number.isFinite(low) ? `${low}..${high} ${unit}` : `up to ${high} ${unit}`;
}
