/** The error budget as CSV (RFC 4180), one row per cause of an op amp or an element, SI units. */

import type { Analysis } from '../analyze.ts';

export function renderCsv({ result }: Analysis): string {
  const rows = result?.budget?.rows ?? [];
  const lines = rows.map(({ opAmp = '', element = '', cause, low, high, gain, worst }) =>
    [opAmp, cause, low, high, gain, worst, element].map(cell).join(','),
  );
  return `${['opAmp,cause,low,high,gain,worst,element', ...lines].join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
