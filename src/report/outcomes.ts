/** What was checked in one file, one outcome each, for reporters that know only passed and failed. */

import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { formatEngineering } from '../../grammar/number.ts';
import type { ExpectationResult } from '../expectation/check.ts';
import { slipText } from '../expectation/slip.ts';
import type { CheckReport } from './check-document.ts';
import { VERDICTS } from './verdicts.ts';

export interface Outcome {
  readonly name: string;
  /** The file it stands in. */
  readonly at: string;
  readonly line?: number;
  /** Why it failed; absent when it passed. */
  readonly fault?: string;
}

export function outcomesOf({
  report,
  diagnostics,
}: {
  readonly report: CheckReport;
  readonly diagnostics: readonly Diagnostic[];
}): Outcome[] {
  const { file, status, expectations, crossCheck, sheets } = report;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return [
    ...(errors.length > 0
      ? [{ name: 'input', at: file, fault: errors.map(({ message }) => message).join(' ') }]
      : []),
    ...(errors.length > 0 || status === 'ok'
      ? []
      : [{ name: 'verdict', at: file, fault: VERDICTS[status] }]),
    ...expectations.map((result) => ({
      name: result.text,
      at: file,
      line: result.line,
      ...(result.passes ? {} : { fault: faultOf(result) }),
    })),
    ...(crossCheck === null || crossCheck.agrees === null
      ? []
      : [
          {
            name: 'ngspice',
            at: file,
            ...(crossCheck.agrees ? {} : { fault: 'ngspice disagrees.' }),
          },
        ]),
    ...sheets.flatMap((sheet) =>
      sheet.lines.map(({ line, text, status, steps, note }) => {
        const reasons = steps.flatMap((step) =>
          step.status === 'wrong' ? [`${step.text}: ${step.reason}.`] : [],
        );
        const from = steps.find((step) => step.from !== null)?.from;
        const fault =
          status === 'wrong'
            ? reasons.join(' ')
            : status === 'follows'
              ? `It follows from line ${from}.`
              : (note ?? '');
        const passes = status === 'holds' || status === 'taken';
        return { name: text, at: sheet.file, line, ...(passes ? {} : { fault }) };
      }),
    ),
  ];
}

function faultOf({ actual, expected, unit, slip }: ExpectationResult): string {
  if (actual === null || expected === null) return 'The circuit does not have this quantity.';
  const shown = (value: number) => formatEngineering(value, { digits: 10, unit });
  const fix = slip === null ? '' : ` ${slipText(slip)}.`;
  return `The left side is ${shown(actual)}, the right side ${shown(expected)}.${fix}`;
}
