// What a sheet is read as: tables made by hand. A reading is written as another spelling in plain signs, which must give
// the same expression.

import { describe, expect, it } from 'vitest';
import { parseSheet } from '../../grammar/sheet/parse.ts';

/** The terms without their places. */
function read(text: string): unknown {
  const { entries } = parseSheet({ name: 'sheet.md', text });
  return entries.map((entry) =>
    entry.kind === 'unread'
      ? 'unread'
      : JSON.parse(JSON.stringify(entry.terms, (key, value) => (key === 'span' ? null : value))),
  );
}

describe('an operator', () => {
  it.each([
    ['G = R3 ∗ 5', 'G = R3 * 5'],
    ['G = R3 ∙ 5', 'G = R3 * 5'],
    ['G = R3 • 5', 'G = R3 * 5'],
    ['G = R3 ＊ 5', 'G = R3 * 5'],
    ['G = R3 ⨯ 5', 'G = R3 * 5'],
    ['G = R3 × 5', 'G = R3 * 5'],
    ['$G = R3 \\ast 5$', 'G = R3 * 5'],
    ['G = R3 ⁄ 5', 'G = R3 / 5'],
    ['G = R3 ∕ 5', 'G = R3 / 5'],
    ['G = R3 ／ 5', 'G = R3 / 5'],
    ['G = R2²', 'G = R2^2'],
    ['G = 1 + R3/R2²', 'G = 1 + R3/R2^2'],
    ['G = (1 + R3/R2)³', 'G = (1 + R3/R2)^3'],
    ['G = R2⁻¹⁰', 'G = R2^-10'],
    ['• G = R2', 'G = R2'],
  ])('%s is read as %s', (written, plain) => {
    expect(read(written)).toEqual(read(plain));
    expect(read(plain)).not.toContain('unread');
  });
});
