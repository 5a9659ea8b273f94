/** The results at a glance: the output, how far it may be off, and whether the result can be trusted. */

import { formatEngineering } from '../../grammar/number.ts';
import { isViolated } from '../analysis/advice-on-limits.ts';
import type { CircuitAnalysis, Status } from '../analysis/circuit-analysis.ts';
import type { ExtremesStatus } from '../analysis/worst-case.ts';
import type { Analysis } from '../analyze.ts';
import type { CrossCheck } from '../ngspice/cross-check.ts';
import type { Block, KeyFigure } from './document.ts';
import { rssLabel } from './error-tables.ts';
import { NO_BREAK, outputUnit } from './figures.ts';
import { budgetCondition, hasRanges } from './source-conditions.ts';

/** Four figures are what is remembered of a result. */
const DIGITS = 4;

const VERDICTS: Readonly<Record<Status, string>> = {
  ok: 'ok',
  unstable_dc: 'unstable',
  no_dc_feedback: 'no feedback',
  no_dc_path: 'no DC path',
  voltage_conflict: 'conflict',
  no_convergence: 'no solution',
  invalid: 'invalid',
};

const PROOFS: Readonly<Record<ExtremesStatus, string>> = {
  proven: 'proven',
  bounded: 'worst corners found',
  sampled: 'worst corners found',
  pole_in_box: 'without limit',
};

export function keyFigures(result: CircuitAnalysis, { circuit, crossCheck }: Analysis): Block {
  const { operatingPoint, ideal, budget, extremes, errorExtremes, input } = result;
  const unit = outputUnit(circuit);
  const text = (value: number, of = unit) =>
    formatEngineering(value, { digits: DIGITS, unit: of }).replace(' ', NO_BREAK);
  const around = (value: number, of = unit) =>
    Number.isFinite(value) ? `±${text(value, of)}` : 'without bound';
  const ofRanges =
    budget !== null && budgetCondition(budget, circuit) !== undefined
      ? ['ranges in A_OL, CMRR, PSRR alone']
      : [];
  const noteOn = (value: number) => {
    const atInput =
      input === null
        ? []
        : [`${around(Math.abs(value / input.gain), input.unit)} at ${input.label}`];
    const notes = [...atInput, ...ofRanges];
    return notes.length === 0 ? {} : { note: notes.join('; ') };
  };
  const figures: KeyFigure[] = [];
  if (circuit.output !== null && typeof operatingPoint?.output === 'number') {
    const note = typeof ideal?.output === 'number' ? { note: `ideally ${text(ideal.output)}` } : {};
    figures.push({ label: circuit.output.label, value: text(operatingPoint.output), ...note });
  }
  if (budget !== null && budget.rows.length > 0) {
    figures.push(
      { label: 'Worst case', value: around(budget.worstCase), ...noteOn(budget.worstCase) },
      { label: rssLabel(budget), value: around(budget.rss), ...noteOn(budget.rss) },
    );
  }
  if (extremes !== null && extremes.low !== null && extremes.high !== null) {
    const note = `${PROOFS[extremes.status]}${hasRanges(circuit) ? ', without ranges' : ''}`;
    figures.push(
      { label: 'Lowest', value: text(extremes.low.value), note },
      { label: 'Highest', value: text(extremes.high.value), note },
    );
  }
  if (errorExtremes !== null && errorExtremes.low !== null && errorExtremes.high !== null) {
    const [low, high] = [errorExtremes.low.value, errorExtremes.high.value];
    figures.push({
      label: 'Largest error',
      value: text(high > -low ? high : low),
      note: `${PROOFS[errorExtremes.status]}, over all ranges`,
    });
  }
  figures.push(verdict(result), ...limits(result), ...referee(crossCheck));
  return { kind: 'keyFigures', figures };
}

function verdict({ status }: CircuitAnalysis): KeyFigure {
  return {
    label: 'DC verdict',
    value: VERDICTS[status],
    note: status === 'ok' ? 'negative feedback' : 'see below',
    tone: status === 'ok' ? 'good' : 'bad',
  };
}

/** Whether the op amps stay within their ranges; nothing where no range is known. */
function limits({ limits: found }: CircuitAnalysis): KeyFigure[] {
  const checks = [...found.values()]
    .flatMap(({ commonMode, output }) => [commonMode.low, commonMode.high, output.low, output.high])
    .filter((check) => check !== null);
  if (checks.length === 0) return [];
  const beyond = checks.filter(isViolated).length;
  return [
    {
      label: 'Op amp ranges',
      value: beyond === 0 ? 'kept' : `${beyond} beyond`,
      note: `of ${checks.length} limits`,
      tone: beyond === 0 ? 'good' : 'bad',
    },
  ];
}

function referee(check: CrossCheck | null): KeyFigure[] {
  if (check === null || check.agrees === null) return [];
  return [
    {
      label: 'ngspice',
      value: check.agrees ? 'agrees' : 'disagrees',
      note: `${check.rows.length} figures`,
      tone: check.agrees ? 'good' : 'bad',
    },
  ];
}
