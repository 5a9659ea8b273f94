/** The cards that netlists may have, as a Markdown table for the documentation. */

import { CARDS } from '../circuit/elements.ts';

export function cardTable(): string {
  const rows = Object.entries(CARDS).map(
    ([letter, { element, solved }]) =>
      `| ${letter} | ${element} | ${solved === '' ? 'read, refused by `analyze`' : solved} |`,
  );
  return ['| card | element | in `analyze` |', '| --- | --- | --- |', ...rows].join('\n');
}
