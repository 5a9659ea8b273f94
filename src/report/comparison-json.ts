/** Comparison -> the object of `analyze --compare --json`: schema nullor/comparison/1. */

import type { BudgetTotal } from '../analysis/budget.ts';
import type { PartOnCircuit } from '../analysis/part-comparison.ts';
import type { Comparison } from '../compare.ts';
import { citation, fullName } from '../parts/part.ts';
import { diagnosticJson } from './json.ts';
import { record } from './record.ts';

export const COMPARISON_SCHEMA = 'nullor/comparison/1';

export function comparisonJson(comparison: Comparison): Record<string, unknown> {
  const { file, title, circuit, diagnostics, result } = comparison;
  return {
    schema: COMPARISON_SCHEMA,
    title,
    file,
    output: circuit.output?.label ?? null,
    temperature: circuit.temperature,
    diagnostics: diagnostics.map(diagnosticJson),
    ...(result === null ? NO_RESULT : resultJson(result)),
  };
}

const NO_RESULT = { opAmps: {}, now: null, ranked: [], unranked: [] };

function resultJson({ opAmps, now, ranked, unranked }: NonNullable<Comparison['result']>) {
  const byRss = [...ranked].sort((a, b) => a.total.rss - b.total.rss);
  return {
    opAmps: record(
      opAmps.map(({ opAmp, supplies }) => [
        opAmp.name,
        { part: opAmp.part, supplies: supplies ?? null },
      ]),
    ),
    now: totalJson(now),
    ranked: ranked.map((each, index) => ({
      rank: index + 1,
      rssRank: byRss.indexOf(each) + 1,
      ...partJson(each),
      ...totalJson(each.total),
      remarks: each.remarks,
    })),
    unranked: unranked.map((each) => ({
      ...partJson(each),
      reasons: each.reasons,
      atLeast: totalJson(each.total),
      remarks: each.remarks,
    })),
  };
}

function partJson({ part, opAmps, dominant }: PartOnCircuit) {
  const { manufacturer, class: kind } = part;
  return {
    part: fullName(part),
    manufacturer,
    class: kind,
    dataSheet: citation(part),
    opAmps: totalJson(opAmps),
    dominant: dominant ?? null,
  };
}

function totalJson({ worstCase, rss }: Pick<BudgetTotal, 'worstCase' | 'rss'>) {
  return { worstCase, rss };
}
