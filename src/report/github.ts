/** Failures of `nullor check` as the workflow commands of GitHub, which shows them at their lines. */

import { placeOf } from '../../grammar/source.ts';
import type { CheckedFile } from './junit.ts';
import { outcomesOf } from './outcomes.ts';

export function renderGithub(files: readonly CheckedFile[]): string {
  const lines = files.flatMap((file) => {
    const faults = outcomesOf(file).flatMap(({ name, line, fault, at }) =>
      fault === undefined || name === 'input'
        ? []
        : [command({ file: at, ...(line === undefined ? {} : { line }), title: name }, fault)],
    );
    const errors = file.diagnostics.flatMap(({ severity, span, message, hint, code }) => {
      if (severity !== 'error') return [];
      const { file: at, line, column } = placeOf(span);
      const text = hint === undefined ? message : `${message} ${hint}`;
      return [command({ file: at, line, col: column, title: code }, text)];
    });
    return [...errors, ...faults];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function command(properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(
    ([key, value]) => `${key}=${`${value}`.replace(/[%\r\n:,]/g, encoded)}`,
  );
  return `::error ${list.join(',')}::${message.replace(/[%\r\n]/g, encoded)}`;
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
