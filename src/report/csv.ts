/** The error budget as CSV (RFC 4180), one row per cause, SI units. */

import type { Analysis } from '../analyze.ts';

export function renderCsv({ result }: Analysis): string {
  const rows = result?.budget?.rows ?? [];
  const lines = rows.map(({ opAmp, cause, low, high, gain, worst }) =>
    [opAmp, cause, low, high, gain, worst].map(cell).join(','),
  );
  return `${['opAmp,cause,low,high,gain,worst', ...lines].join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
