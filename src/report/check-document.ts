/** The outcome of `nullor check` for one file -> Document. */

import { formatEngineering } from '../../grammar/number.ts';
import type { ExpectationResult } from '../expectation/check.ts';
import type { CrossCheck } from '../ngspice/cross-check.ts';
import type { Block, Document } from './document.ts';

export interface CheckReport {
  readonly file: string;
  readonly title: string;
  readonly expectations: readonly ExpectationResult[];
  readonly crossCheck: CrossCheck | null;
}

export function checkDocument({ file, title, expectations, crossCheck }: CheckReport): Document {
  const number = (value: number | null) =>
    value === null ? 'does not exist' : formatEngineering(value, { digits: 10 });
  const blocks: Block[] = [{ kind: 'title', text: `${file}: ${title.trim()}` }];
  if (expectations.length > 0) {
    blocks.push({
      kind: 'table',
      columns: [
        { title: '', align: 'left' },
        { title: 'line', align: 'right' },
        { title: 'expectation', align: 'left' },
        { title: 'found', align: 'right' },
        { title: 'expected', align: 'right' },
      ],
      rows: expectations.map(({ passes, line, text, actual, expected }) => [
        passes ? 'ok' : 'FAILS',
        String(line),
        text,
        number(actual),
        number(expected),
      ]),
    });
  }
  const passed = expectations.filter(({ passes }) => passes).length;
  const referee =
    crossCheck === null
      ? ''
      : crossCheck.agrees === null
        ? ` ngspice gave no answer: ${crossCheck.reason}.`
        : crossCheck.agrees
          ? ` ngspice agrees in ${crossCheck.rows.length} figures.`
          : ' ngspice DISAGREES.';
  blocks.push({
    kind: 'paragraph',
    text: `${passed} of ${expectations.length} expectations hold.${referee}`,
  });
  return blocks;
}
