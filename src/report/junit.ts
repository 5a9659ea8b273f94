/** Outcomes of `nullor check` as JUnit XML, which most servers for continuous integration read. */

import { type Diagnostic, renderDiagnostic } from '../../grammar/diagnostic.ts';
import type { CheckReport } from './check-document.ts';
import { outcomesOf } from './outcomes.ts';

export interface CheckedFile {
  readonly report: CheckReport;
  readonly diagnostics: readonly Diagnostic[];
}

export function renderJunit(files: readonly CheckedFile[]): string {
  const suites = files.map((file) => {
    const outcomes = outcomesOf(file);
    const failures = outcomes.filter(({ fault }) => fault !== undefined);
    const cases = outcomes.map(({ name, line, fault }) => {
      const open = `    <testcase classname="${escaped(file.report.file)}" name="${escaped(name)}"${line === undefined ? '' : ` line="${line}"`}`;
      return fault === undefined
        ? `${open}/>`
        : `${open}>\n      <failure message="${escaped(fault)}"/>\n    </testcase>`;
    });
    const errors = file.diagnostics.filter(({ severity }) => severity === 'error');
    const text = errors.map(renderDiagnostic).join('\n');
    return [
      `  <testsuite name="${escaped(file.report.file)}" tests="${outcomes.length}" failures="${failures.length}" errors="0">`,
      ...cases,
      ...(text === '' ? [] : [`    <system-err>${escaped(text)}</system-err>`]),
      '  </testsuite>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Without the characters that XML cannot hold. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character);
}
