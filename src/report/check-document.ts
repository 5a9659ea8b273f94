/** The outcome of `nullor check` for one file -> Document. */

import { formatEngineering } from '../../grammar/number.ts';
import type { Status } from '../analysis/circuit-analysis.ts';
import type { ExpectationResult } from '../expectation/check.ts';
import type { SheetResult } from '../expectation/sheet/result.ts';
import { slipText } from '../expectation/slip.ts';
import type { CrossCheck } from '../ngspice/cross-check.ts';
import type { Block, Document } from './document.ts';
import { sheetBlocks } from './sheet-document.ts';
import { VERDICTS } from './verdicts.ts';

export interface CheckReport {
  readonly file: string;
  readonly title: string;
  readonly status: Status;
  readonly expectations: readonly ExpectationResult[];
  readonly crossCheck: CrossCheck | null;
  /** Calculation sheets. */
  readonly sheets: readonly SheetResult[];
}

export function checkDocument({
  file,
  title,
  status,
  expectations,
  crossCheck,
  sheets,
}: CheckReport): Document {
  const blocks: Block[] = [{ kind: 'title', text: `${file}: ${title.trim()}` }];
  if (status !== 'ok') blocks.push({ kind: 'paragraph', text: `${VERDICTS[status]}.` });
  if (expectations.length > 0) {
    blocks.push({
      kind: 'table',
      columns: [
        { title: '', align: 'left' },
        { title: 'line', align: 'right' },
        { title: 'expectation', align: 'left' },
        { title: 'found', align: 'right' },
        { title: 'expected', align: 'right' },
        { title: 'as a formula', align: 'left' },
      ],
      rows: expectations.map((at) => [
        at.passes ? 'ok' : 'FAILS',
        String(at.line),
        at.text,
        number(at.actual, at.unit),
        at.range === undefined
          ? number(at.expected, at.unit)
          : `${number(at.range.low, at.unit)}..${number(at.range.high, at.unit)}`,
        at.identity ?? '',
      ]),
    });
    const items = expectations.flatMap(explained);
    if (items.length > 0) blocks.push({ kind: 'list', items });
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
    text: `${expectations.length + sheets.length === 0 ? NOTHING : `${passed} of ${expectations.length} expectations hold.`}${referee}`,
  });
  blocks.push(...sheets.flatMap(sheetBlocks));
  return blocks;
}

const NOTHING =
  'The file expects nothing: write what it should do as lines such as "*@ expect V(out) = 1 rel 1%", or give a calculation by --sheet.';

/** A formula that is read at a glance. */
const SHORT = 24;

function number(value: number | null, unit: string): string {
  return value === null ? 'does not exist' : formatEngineering(value, { digits: 10, unit });
}

/** Why a line is wrong, or true for the given values only. */
function explained(result: ExpectationResult): string[] {
  const { identity, line, coincidence, slip, formulaOf, closedForm, quantity, unit } = result;
  if (identity === 'holds' || identity === null) return [];
  const sentences: string[] = [];
  if (identity === 'coincidence') {
    const condition = coincidence?.condition ?? null;
    sentences.push(
      condition === null
        ? 'true for these values, but not in general.'
        : `true for these values, but in general only while ${condition}.`,
    );
    if (coincidence !== null) {
      const { element, change, actual, expected } = coincidence;
      const [left, right] = [actual, expected].map((value) =>
        formatEngineering(value, { digits: 6, unit }),
      );
      sentences.push(
        `With ${element} ${formatEngineering(100 * change)} % larger, ${quantity} is ${left} and the right side ${right}.`,
      );
    }
  } else if (slip === null && formulaOf === null) sentences.push('false at other values, too.');
  if (slip !== null) {
    sentences.push(`${slipText({ ...slip, formula: `${quantity} = ${slip.formula}` })}.`);
  }
  if (formulaOf !== null) {
    sentences.push(
      `${sentences.length > 0 ? 'The right side' : 'the right side'} is the formula of ${formulaOf}.`,
    );
  }
  // The true formula of a coincidence may be a long one that nobody asked for.
  const isWanted = identity === 'fails' || (closedForm?.length ?? 0) <= SHORT;
  if (slip === null && closedForm !== null && isWanted) {
    sentences.push(`Its closed form is ${quantity} = ${closedForm}.`);
  }
  return [`Line ${line}: ${sentences.join(' ')}`];
}
