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

describe('what stands beside a calculation', () => {
  it.each([
    '— 2',
    'x 2',
    '% 7',
    '!',
    '& 5',
    '@ 5',
    '5',
    '√ 5',
    ': 5',
    'mod 5',
    '\\star R_2',
    '\u2018 5',
    '\u00ba',
  ])('G_N = 1 + R3/R2 %s is not read', (tail) => {
    expect(read(`G_N = 1 + R3/R2 ${tail}`)).toEqual(['unread']);
    expect(read(`G_N = 1 + R3/R2${tail === '5' ? ' 5' : tail}`)).not.toEqual(
      read('G_N = 1 + R3/R2'),
    );
  });

  it.each([
    '$G_N = R_3 \\otimes 5$',
    '$G_N = R_3 \\mod 5$',
    '$G_N = R_3 \\star R_2$',
    '$G_N = R_3 ! $',
    '$G_N = R_3$ @ 5',
    '$G_N = 3$ 5',
    '`G_N = R3 @ 5`',
    '```\nG_N = R3 ? 5\n```',
    '$2 @ R_3 = 5$',
    '2 @ R3 = 5',
    '√R3 = 5',
    '2 x R3 = 5',
    'R_X = 1,99 kΩ',
    'R_X = 20,000 Ω',
    'R_X = 20 000',
    'R_X = 20\u00a0000 Ω',
    'R_X = 20\u2019000',
    "R_X = 20'000",
    '$R_X = 20\\,000$',
    '$R_X = 20{,}000$',
    '20 000 = R_X',
    '1,99 kΩ = R_X',
    'R_X = 5 furlongs',
    'X = 3 mV²',
    'X = 3 mV^2',
    '$X = 3 V^2$',
  ])('%s is not read', (text) => {
    expect(read(text)).toEqual(['unread']);
  });

  it.each([
    ['The gain is G_N = 10.05, which is enough.', 'G_N = 10.05'],
    ['Gain: G_N = 10.05', 'G_N = 10.05'],
    ['Gain — G_N = 10.05 — is enough', 'G_N = 10.05'],
    ['G_N = 10.05 is enough', 'G_N = 10.05'],
    ['G_N = R3/R2 exactly', 'G_N = R3/R2'],
    ['G_N = 10.05; then more', 'G_N = 10.05'],
    ['G_N = 10.05 ✓', 'G_N = 10.05'],
    ['R_X = 2 kΩ resistor', 'R_X = 2 kΩ'],
    ['$G_N = 10.05$, which is enough', 'G_N = 10.05'],
    ['$G_N = 10.05.$', 'G_N = 10.05'],
    ['`G_N = 10.05;`', 'G_N = 10.05'],
    ['```\ngain: G_N = 10.05\n```', 'G_N = 10.05'],
    ['X = (3 mV)²', 'X = (3 mV)^2'],
    ['$G_N = R3$ ∗ 5', 'G_N = R3 * 5'],
    ['$G_N = R3$ / $R_2$', 'G_N = R3 / R_2'],
    ['$R_X = 20k$ - the nearest', 'R_X = 20k'],
    ['(with $R_X = 20k$) it is', 'R_X = 20k'],
    ['It is *$R_X = 20k$*.', 'R_X = 20k'],
  ])('%s has prose around %s', (text, calculation) => {
    expect(read(text)).toEqual(read(calculation));
    expect(read(calculation)).not.toContain('unread');
  });

  it('is a unit that is not read, and not the name of another calculation', () => {
    expect(read('X = 5.02·10⁻³ V = 5.02 mV')).toContain('unread');
  });

  it('may be another calculation', () => {
    expect(read('$a = 1, b = 2$')).toEqual(read('a = 1\nb = 2'));
    expect(read('a = 1 and b = 2')).toEqual(read('a = 1\nb = 2'));
  });
});

describe('a relation sign', () => {
  it.each([
    ['G ≅ R3', 'G ≈ R3'],
    ['G ≃ R3', 'G ≈ R3'],
    ['$G \\cong R3$', 'G ≈ R3'],
    ['G ＝ R3', 'G = R3'],
    ['G ≦ R3', 'G <= R3'],
    ['G ⩽ R3', 'G <= R3'],
    ['G ⩾ R3', 'G >= R3'],
    ['$G \\leqslant R3$', 'G <= R3'],
    ['$G \\geqq R3$', 'G >= R3'],
    ['$G \\lt R3$', 'G <= R3'],
    ['G = R3 ≅ 5', 'G = R3 ≈ 5'],
  ])('%s is read as %s', (written, plain) => {
    expect(read(written)).toEqual(read(plain));
    expect(read(plain)).not.toContain('unread');
  });

  it.each([
    '≡',
    '≪',
    '≠',
    '∝',
    '≐',
    '∼',
    '\\equiv',
    '\\doteq',
    '\\lesssim',
    '\\neq',
    '\\ne',
    '\\ll',
    '\\propto',
  ])('%s is not read', (sign) => {
    expect(read(`$G ${sign} R3$`)).toEqual(['unread']);
    expect(read(`G ${sign} R3`)).toEqual(['unread']);
    expect(read(`G = R3 ${sign} 5`)).toEqual(['unread']);
  });
});

describe('what is left out', () => {
  it.each([
    ['a = 1\n<!--\nb = 2\n', 'a = 1'],
    ['a = 1\n```spice\nb = 2', 'a = 1'],
    ['a = 1\n~~~spice\nb = 2\n```\nc = 3', 'a = 1'],
    ['a = 1\n````spice\nb = 2\n```\nc = 3', 'a = 1'],
    ['a = 1\n```\nb = 2', 'a = 1\nb = 2'],
    ['a = 1\n$$\nb = 2', 'a = 1\nb = 2'],
    ['a = 1\n\\[ b = 2', 'a = 1\nb = 2'],
  ])('%j is told when it has no end', (text, calculations) => {
    expect(read(text)).toEqual([...(read(calculations) as unknown[]), 'unread']);
  });

  it.each([
    ['<!-- x = 3 --> a = 1', 'a = 1'],
    ['a = 1 <!-- x = 3 --> + 2 <!-- y -->', 'a = 1 + 2'],
    ['a = 1 <!-- x = 3\ny = 3 --> b = 2', 'a = 1\nb = 2'],
    ['<!--> a = 1', 'a = 1'],
    ['| a = 1 | <!-- | --> b = 2 |', 'a = 1\nb = 2'],
    ['<!--\n```\n-->\na = 1', 'a = 1'],
    ['```\na = 1\n```\nb = 2', 'a = 1\nb = 2'],
    ['````spice\n```\nx = 3\n````\na = 1', 'a = 1'],
    ['$$a = 1$$ and\nb = 2', 'a = 1\nb = 2'],
  ])('%j ends where it ends', (text, calculations) => {
    expect(read(text)).toEqual(read(calculations));
    expect(read(calculations)).not.toContain('unread');
  });
});
