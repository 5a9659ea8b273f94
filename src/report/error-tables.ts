/** The errors at the output as tables: the known ones term by term, and the budget of the spreads. */

import type { Budget, BudgetRow, BudgetTotal } from '../analysis/budget.ts';
import type { CircuitAnalysis } from '../analysis/circuit-analysis.ts';
import { TERM_NAMES, type TermName } from '../analysis/terms.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { shareText } from './calibration-tables.ts';
import type { Block } from './document.ts';
import { left, number, outputUnit, right } from './figures.ts';

const TERM_LABELS: Readonly<Record<TermName, string>> = {
  Vos: 'V_OS',
  drift: 'drift',
  Aol: 'A_OL',
  Cmrr: 'CMRR',
  PsrrPlus: 'PSRR+',
  PsrrMinus: 'PSRR-',
  Ibn: 'I_BN',
  Ibi: 'I_BI',
};

export const CAUSE_LABELS: Readonly<Record<string, string>> = {
  ...TERM_LABELS,
  Psrr: 'PSRR',
  Ib: 'I_B',
  Ios: 'I_OS',
  tolerance: 'tolerance',
  temperature: 'temperature',
  ageing: 'ageing',
  mismatch: 'mismatch',
  lot: 'lot',
};

export function knownErrors(result: CircuitAnalysis, circuit: Circuit): Block[] {
  const unit = outputUnit(circuit);
  const rows = result.opAmps.flatMap(({ opAmp, terms }) =>
    terms === null
      ? []
      : TERM_NAMES.filter((name) => terms[name].input !== 0 || (terms[name].output ?? 0) !== 0).map(
          (name) => ({
            cells: [
              opAmp.name,
              TERM_LABELS[name],
              number(terms[name].input, 'V'),
              number(terms[name].output, unit),
            ],
            size: Math.abs(terms[name].output ?? terms[name].input),
          }),
        ),
  );
  if (rows.length === 0) return [];
  rows.sort((a, b) => b.size - a.size);
  const total =
    result.error === null ? [] : [['V_OE', 'sum', '', number(result.error.output, unit)]];
  return [
    { kind: 'heading', text: 'Known errors, the largest first' },
    {
      kind: 'table',
      columns: [
        left('op amp'),
        left('term'),
        right('at its input'),
        right(`at ${circuit.output?.label ?? 'output'}`),
      ],
      rows: [...rows.map(({ cells }) => cells), ...total],
      totals: rows.length,
    },
  ];
}

export function budgetTable(budget: Budget, unit: string): Block {
  const isSorted = budget.rows.some(({ calibration }) => calibration !== undefined);
  const sorted = (text: string) => (isSorted ? [text] : []);
  const rows = contributing(budget).map((row) => [
    row.opAmp ?? row.element ?? '',
    CAUSE_LABELS[row.cause] ?? row.cause,
    number(row.low, unit),
    number(row.high, unit),
    share(row.worst, budget),
    ...sorted(shareText(row.calibration)),
  ]);
  const total = (name: string, { low, high }: BudgetTotal) => [
    name,
    '',
    number(low, unit),
    number(high, unit),
    '',
    ...sorted(''),
  ];
  const { opAmps, elements, rss } = budget;
  const isMixed = opAmps.worstCase !== 0 && elements.worstCase !== 0;
  const parts = [total('op amps', opAmps), total('elements', elements)];
  return {
    kind: 'table',
    columns: [
      left(elements.worstCase === 0 ? 'op amp' : 'of'),
      left('cause'),
      right('low'),
      right('high'),
      right('share'),
      ...sorted('falls into').map(left),
    ],
    rows: [
      ...rows,
      ...(isMixed ? parts : []),
      total('worst case', budget),
      total(rssLabel(budget), { ...budget, low: -rss, high: rss }),
    ],
    totals: rows.length,
  };
}

function contributing({ rows }: Budget): readonly BudgetRow[] {
  return rows.filter(({ worst }) => worst !== 0);
}

/** Spreads that do nothing at the output are one sentence, not rows of zeros. */
export function withoutContribution({ rows }: Budget, { temperature }: Circuit): Block[] {
  const idle = rows.filter(({ worst }) => worst === 0);
  if (idle.length === 0) return [];
  const names = idle.map(
    ({ cause, opAmp, element }) => `${CAUSE_LABELS[cause] ?? cause} of ${opAmp ?? element}`,
  );
  const isCold = temperature === null && idle.some(({ cause }) => cause === 'drift');
  const hint = isCold ? ' Drift needs a range of temperature (*@ temp).' : '';
  return [{ kind: 'paragraph', text: `Without a contribution here: ${names.join(', ')}.${hint}` }];
}

/** `RSS, 3 sigma` */
export function rssLabel({ sigma }: Budget): string {
  return `RSS, ${sigma} sigma`;
}

function share(worst: number, { rows }: Budget): string {
  const sum = rows.reduce((total, row) => total + row.worst, 0);
  // Of a sum without bound nothing is a share.
  return sum === 0 || !Number.isFinite(sum) ? '' : `${((100 * worst) / sum).toFixed(1)} %`;
}

/** More bars than that are not told apart. */
const MOST_BARS = 15;

/** The budget as a picture: the largest rows, the others together, then the totals. */
export function budgetChart(budget: Budget, unit: string): Block {
  const { low, high, rss } = budget;
  const rows = contributing(budget);
  const bar = (label: string, ends: { low: number; high: number }) => ({
    label,
    low: ends.low,
    high: ends.high,
    value: endsText(ends, unit),
  });
  const shown = rows.length > MOST_BARS + 1 ? rows.slice(0, MOST_BARS) : rows;
  const others = rows.slice(shown.length);
  const together = {
    low: others.reduce((sum, row) => sum + row.low, 0),
    high: others.reduce((sum, row) => sum + row.high, 0),
  };
  return {
    kind: 'tornado',
    title: 'Error budget, the largest contribution first',
    tick: (value) => number(value, unit),
    bars: [
      ...shown.map((row) =>
        bar(`${row.opAmp ?? row.element} ${CAUSE_LABELS[row.cause] ?? row.cause}`, row),
      ),
      ...(others.length === 0 ? [] : [bar(`${others.length} others together`, together)]),
      { ...bar('worst case', { low, high }), total: true },
      { ...bar(rssLabel(budget), { low: -rss, high: rss }), total: true },
    ],
  };
}

function endsText({ low, high }: { low: number; high: number }, unit: string): string {
  const [from, to] = [number(low, unit), number(high, unit)];
  if (from === to) return from;
  return from === `-${to}` ? `±${to}` : `${from} … ${to}`;
}
