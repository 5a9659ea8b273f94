/** The comparison with another simulator's operating point, as blocks of a report. */

import type { Against, AgainstRow } from '../analysis/against.ts';
import type { Block } from './document.ts';
import { left, number, right } from './figures.ts';

export function againstBlocks({ file, agrees, worst, rows, warnings }: Against): Block[] {
  const common = rows.filter(({ difference }) => difference !== null);
  const outside = common.filter(({ difference, bound }) => (difference ?? 0) > (bound ?? 0));
  const figures = `${common.length} figures`;
  const verdict = agrees
    ? `agrees in all ${figures}`
    : `differs in ${outside.length} of ${figures}`;
  return [
    { kind: 'heading', text: `Against ${file}` },
    {
      kind: 'facts',
      facts: [
        ['Verdict', `${verdict}, worst relative difference ${worst.toExponential(1)}`],
        ['Bound', '0.001 of a value and 1e-6 of the largest voltage or current'],
      ],
    },
    {
      kind: 'table',
      columns: [left('quantity'), right('ours'), right('theirs'), right('difference'), left('')],
      rows: rows.map((row) => [
        row.quantity,
        number(row.ours, row.unit),
        number(row.theirs, row.unit),
        number(row.difference, row.unit),
        remark(row),
      ]),
    },
    ...(warnings.length === 0 ? [] : [{ kind: 'list' as const, items: warnings }]),
  ];
}

function remark({ ours, theirs, difference, bound }: AgainstRow): string {
  if (difference !== null && bound !== null) return difference <= bound ? '' : 'differs';
  if (theirs !== null) return ours === null ? 'only theirs' : '';
  return ours === null ? 'without a DC voltage' : 'only ours';
}
