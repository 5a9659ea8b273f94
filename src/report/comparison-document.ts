/** Comparison -> Document: the parts that can be ranked, and the others with what is missing. */

import type { PartOnCircuit, PartRemark } from '../analysis/part-comparison.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Comparison } from '../compare.ts';
import { QUANTITY_TITLES, temperatureText } from '../parts/limit.ts';
import { fullName } from '../parts/part.ts';
import type { Block, Document } from './document.ts';
import { CAUSE_LABELS, rssLabel } from './error-tables.ts';
import { left, number, outputUnit, plusMinus, right } from './figures.ts';

type Result = NonNullable<Comparison['result']>;

export function comparisonDocument({ file, title, circuit, result }: Comparison): Document {
  const name = title.trim() || file;
  if (result === null) return [{ kind: 'title', text: name }];
  const { ranked, unranked } = result;
  return [
    { kind: 'title', text: `${name}: ${partCount(ranked.length + unranked.length)} compared` },
    { kind: 'facts', facts: headFacts({ file, circuit, result }) },
    ...rankedTable(ranked, circuit),
    ...unrankedTable(unranked, circuit),
    ...remarkList(ranked),
    { kind: 'heading', text: 'Conventions' },
    { kind: 'paragraph', text: CONVENTIONS },
  ];
}

function partCount(count: number): string {
  return count === 1 ? '1 part' : `${count} parts`;
}

const CONVENTIONS =
  'Ranked by the worst case of all spreads at the output: the limits of each data sheet for the temperatures and supplies of the circuit, and the tolerances of elements. What the netlist states of the op amps that are exchanged does not count. A part is not ranked when a limit that has an effect in this circuit is missing, when a limit that makes more than 1 % of the total is specified at other temperatures only, when it is not made for the supplies or temperatures, or when it leaves its common-mode range or output swing; "at least" is then the worst case of what is known.';

function headFacts({
  file,
  circuit,
  result: { opAmps, now },
}: {
  file: string;
  circuit: Circuit;
  result: Result;
}): [string, string][] {
  const unit = outputUnit(circuit);
  const supplies = opAmps.map(({ opAmp, supplies: found }) =>
    found === undefined
      ? `not fixed by sources for ${opAmp.name}, so not checked`
      : `${number(found.negative, 'V')} and ${number(found.positive, 'V')}`,
  );
  const { temperature } = circuit;
  return [
    ['File', file],
    ['Output', circuit.output?.label ?? ''],
    ['Exchanged', opAmps.map(({ opAmp }) => `${opAmp.name} (${opAmp.part})`).join(', ')],
    ['Supplies', [...new Set(supplies)].join('; ')],
    ['Temperature', temperature === null ? '25 °C' : temperatureText(temperature)],
    [
      'Now',
      `${plusMinus(now.worstCase, unit)} worst case, ${plusMinus(now.rss, unit)} ${rssLabel(now)}`,
    ],
  ];
}

function rankedTable(ranked: readonly PartOnCircuit[], circuit: Circuit): Block[] {
  if (ranked.length === 0) {
    return [{ kind: 'paragraph', text: 'No part has all the limits that count in this circuit.' }];
  }
  const unit = outputUnit(circuit);
  const label = circuit.output?.label ?? 'the output';
  return [
    { kind: 'heading', text: `Parts by the error at ${label}, the smallest first` },
    {
      kind: 'table',
      columns: [
        right('rank'),
        left('part'),
        left('class'),
        right('worst case'),
        right('RSS'),
        left('largest term'),
        right('of it'),
      ],
      rows: ranked.map(({ part, total, dominant }, index) => [
        String(index + 1),
        fullName(part),
        part.class,
        plusMinus(total.worstCase, unit),
        plusMinus(total.rss, unit),
        dominant === undefined
          ? '-'
          : `${CAUSE_LABELS[dominant.cause] ?? dominant.cause} of ${dominant.opAmp}`,
        dominant === undefined ? '-' : number(dominant.worst, unit),
      ]),
    },
  ];
}

function unrankedTable(unranked: readonly PartOnCircuit[], circuit: Circuit): Block[] {
  if (unranked.length === 0) return [];
  const unit = outputUnit(circuit);
  return [
    { kind: 'heading', text: 'Not ranked' },
    {
      kind: 'table',
      columns: [left('part'), left('class'), right('at least'), left('because of')],
      rows: unranked.map(({ part, total, reasons }) => [
        fullName(part),
        part.class,
        plusMinus(total.worstCase, unit),
        [...new Set(reasons.map(inAWord))].join(', '),
      ]),
    },
    {
      kind: 'list',
      items: unranked.map(({ part, reasons }) => `${fullName(part)}: ${sentence(reasons)}`),
    },
  ];
}

function remarkList(ranked: readonly PartOnCircuit[]): Block[] {
  const items = ranked.flatMap(({ part, remarks }) =>
    remarks.length === 0 ? [] : [`${fullName(part)}: ${sentence(remarks)}`],
  );
  return items.length === 0
    ? []
    : [
        {
          kind: 'heading',
          text: 'Remarks on the limits; what is missing has no effect in this circuit',
        },
        { kind: 'list', items },
      ];
}

const REASONS: Readonly<Record<string, string>> = {
  supply_out_of_range: 'the supplies',
  temperature_out_of_range: 'the temperatures',
  outside_common_mode_range: 'the common-mode range',
  outside_output_swing: 'the output swing',
};

function inAWord({ code, quantity }: PartRemark): string {
  if (quantity !== undefined) return QUANTITY_TITLES[quantity];
  return REASONS[code] ?? code;
}

function sentence(remarks: readonly PartRemark[]): string {
  return remarks.map(({ message }) => message.charAt(0).toUpperCase() + message.slice(1)).join(' ');
}
