// Calculation sheets: those below netlists/ say themselves which of their lines are wrong and which follow from a
// wrong one; the statements about single lines are closed forms and roundings of the circuit in the test.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyze, checkSheet, type SheetLine } from '../../src/index.ts';
import { readNetlist } from '../support/spice-files.ts';

const ROOT = fileURLToPath(new URL('../../netlists/', import.meta.url));
const sheets = readdirSync(ROOT).flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`),
);

async function sheetOf(
  circuit: { name: string; text: string },
  sheet: { name: string; text: string },
) {
  const { circuit: elaborated, result } = await analyze(circuit.text, { name: circuit.name });
  if (result === null) throw new Error(`${circuit.name} cannot be analysed`);
  return checkSheet(sheet, { circuit: elaborated, result });
}

const linesThat = (lines: readonly SheetLine[], status: SheetLine['status']) =>
  lines.filter((line) => line.status === status).map(({ line }) => line);

describe('netlists/**/*.md', () => {
  it('has sheets of the note and of published slips', () => {
    expect(sheets.filter((path) => path.startsWith('an1177/example-')).length).toBe(6);
    expect(sheets.filter((path) => path.startsWith('published/')).length).toBeGreaterThanOrEqual(3);
  });

  it.each(sheets)('%s', async (path) => {
    const sheet = readNetlist(path);
    const [, circuit = ''] = /^<!-- circuit: (.*) -->$/m.exec(sheet.text) ?? [];
    const [, expected = ''] = /^<!-- expected: (.*) -->$/m.exec(sheet.text) ?? [];
    expect(existsSync(join(ROOT, path, '..', circuit))).toBe(true);
    const { lines, diagnostics } = await sheetOf(readNetlist(join(path, '..', circuit)), sheet);
    expect(diagnostics).toEqual([]);
    const [wrong, follows] = [linesThat(lines, 'wrong'), linesThat(lines, 'follows')];
    const found = [
      ...(wrong.length > 0 ? [`wrong ${wrong.join(' ')}`] : []),
      ...(follows.length > 0 ? [`follows ${follows.join(' ')}`] : []),
    ];
    expect(found.length === 0 ? 'all lines hold' : found.join(', ')).toBe(expected);
  });
});

const AMPLIFIER = {
  name: 'amplifier.cir',
  text: `Non-inverting amplifier
VIN in 0 0.1
R1 in p 2.00k
R2 m 0 2.21k
R3 out m 20.0k
XU1 p m out OPAMP
.subckt OPAMP inp inn out
E1 out 0 inp inn 1MEG
.ends
*@ opamp XU1 vos=+-3.8m ib=+-5n ios=+-1n
.end
`,
};

const check = async (text: string) => sheetOf(AMPLIFIER, { name: 'sheet.md', text });

describe('a line', () => {
  it.each([
    // 1 + 20/2.21 = 10.04977
    ['G_N = 1 + R3/R2 = 1 + 20k/2.21k = 10.05', 'holds'],
    ['G_N = 1 + R3/R2 = 10.0', 'holds'],
    ['G_N = 10.04', 'wrong'],
    ['G_N = 10.04977376', 'holds'],
    ['G_N = 10.04977375', 'wrong'],
    ['G_N = 10', 'holds'],
    ['G_N ≈ 10.2', 'holds'],
    ['G_N ≈ 11', 'wrong'],
    ['G_N = 1 + 20k/2.20k', 'wrong'],
    ['G_N = 1 + 9.05 = 10.05', 'holds'],
    ['1 + 20k/2.21k = 10.05', 'holds'],
    ['1 + 20k/2.21k = 1 + 9.05 = 10.05', 'holds'],
    ['1 + 20k/2.21k = 1 + 9.06 = 10.06', 'wrong'],
    ['10.05 = 10.0498', 'holds'],
    ['10.0498 = 10.05', 'holds'],
    ['10.0498 = 10.04', 'wrong'],
    // 20k || 2.21k = 1990.09
    ['R_IEQ = R2 || R3 = 1.99 kΩ', 'holds'],
    ['R_IEQ = R2 ∥ R3 = 1.99 kΩ', 'holds'],
    ['R_IEQ = R2 // R3 = 1990 Ω', 'holds'],
    ['R_IEQ = \\frac{R_2 R_3}{R_2 + R_3} = 1.99 k\\Omega', 'holds'],
    ['R_{IEQ} = R_{2} \\parallel R_3', 'holds'],
    ['R_IEQ = R2 + R3', 'wrong'],
    ['R_NEQ = R1 = 2 kΩ = 2.00 kohm', 'holds'],
    ['R_NEQ = R1 = 2 MΩ', 'wrong'],
    ['R3 = 20 kΩ', 'holds'],
    ['R3 = 22 kΩ', 'wrong'],
    ['V_OUT = G_N V_IN = 1.005 V', 'holds'],
    ['V_OUT = G_N * V_IN = 1.005 A', 'wrong'],
    ['G_N = R3', 'wrong'],
    ['\\beta = R2/(R2 + R3) = 0.0995', 'holds'],
    ['I_BN = 5.5 nA', 'taken'],
    ['I_BN = 5.6 nA', 'wrong'],
    ['V_OS = 3.8 mV', 'taken'],
    ['V_OS = 4 mV', 'wrong'],
    ['V_OST ≤ ±3.8 mV', 'holds'],
    ['V_OST ≤ ±3.7 mV', 'wrong'],
    // theory 1.2: 38.2097 mV
    ['V_OE ≤ ±38 mV', 'wrong'],
    ['V_OE < 38.2 mV', 'wrong'],
    ['V_OE ≥ -38 mV', 'wrong'],
    ['V_OE ≥ -39 mV', 'holds'],
    ['V_OE ≤ ±38.21 mV', 'holds'],
    ['|V_OE| < 38 mV', 'wrong'],
    ['|V_OE| < 39 mV', 'holds'],
    // 3.8 mV * 10.04977 = 38.189 mV
    ['G_N * V_OS <= 38 mV', 'wrong'],
    ['-G_N * V_OS <= 38 mV', 'wrong'],
    ['G_N * V_OS <= 38.2 mV', 'holds'],
    ['38 mV > V_OE', 'wrong'],
    ['39 mV > V_OE', 'holds'],
    ['WC <= 38 mV', 'wrong'],
    ['WC <= 39 mV', 'holds'],
    ['V_OE ≤ ±38.1 mV', 'wrong'],
    ['V_IBN ≥ -11 µV', 'holds'],
    ['V_IBN ≥ -10 µV', 'wrong'],
    ['X = 5 nA * 2 kΩ = 10 µV', 'holds'],
    ['X = 5 nA * 2 kΩ = 10 mV', 'wrong'],
    ['X = (5.0 nA)(1.99 kΩ) = 9.95 \\mu V', 'holds'],
    ['X = 5.02·10^-3 V = 5.02 mV', 'holds'],
    ['X = 80 dB = 10000', 'holds'],
    // 0.1 V * 0.1 V/2 kΩ = 5 µW
    ['P = V_IN^2/R1 = 5 µW', 'holds'],
    ['P = V_IN^2/R1 = 5 uW', 'holds'],
    ['P = V_IN^2/R1 = 5 mW', 'wrong'],
    ['P = V_IN * 50 µA = 5.0 uW', 'holds'],
    ['P = V_IN^2/R1 = 5 µA', 'wrong'],
    ['C = 20 pF', 'unread'],
    // 0.085 * 65 = 5.525; 5.525 * 10.04977 = 55.5
    ['X = 0.085 µV/K * 65 K = 5.525 µV', 'holds'],
    ['X = 0.085 uV/C * 65 °C * G_N = 55.5 µV', 'holds'],
    ['X = 0.085 µV/°C * 65 K = 5.5 mV', 'wrong'],
    ['R3 = 20K', 'holds'],
    // 20 log10(20/2.21) = 19.1328
    ['G_dB = 20*log10(R3/R2) = 19.1 dB', 'holds'],
    ['20*log10(R3/R2) = 19.133 dB', 'holds'],
    ['20*log10(R3/R2) = 19.132 dB', 'wrong'],
    ['G_dB = 20*log10(R3/R2) = 19.2 dB', 'wrong'],
    ['R3/R2 = 19.2 dB', 'wrong'],
    ['R3/R2 = 19.13 dB', 'holds'],
    ['R_X = 6.67 kΩ → 6.65 kΩ', 'taken'],
    ['R_3 = 19.7 kΩ → 20.0 kΩ', 'holds'],
    ['R_3 = 19.7 kΩ → 19.6 kΩ', 'wrong'],
    ['The gain, G_N = 10.05, is what we want.', 'holds'],
    ['We need a G_N of 10, and G_N = 11 is too much', 'wrong'],
    ['x = = 3', 'unread'],
    ['x = nothing*2', 'unread'],
    ['G_N = (1 + R3/R2', 'unread'],
  ])('%s: %s', async (text, status) => {
    const { lines } = await check(text);
    expect(lines.map((line) => line.status)).toEqual([status]);
  });

  it.each([
    ['Nothing but prose here.'],
    ['R2 or R3'],
    ['```spice\nR1 = 3\n```'],
    ['<!-- G_N = 3 -->'],
    ['a <b>bold</b> word'],
  ])('%s is prose', async (text) => {
    const { lines, diagnostics } = await check(text);
    expect(lines).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['no_calculation']);
  });

  it('goes on in the next line', async () => {
    const { lines } = await check(
      '$$\\begin{aligned}\nG_N &= 1 + R_3/R_2 \\\\\n&= 10.06\n\\end{aligned}$$',
    );
    expect(lines.map(({ line, status }) => [line, status])).toEqual([[2, 'wrong']]);
    expect(lines[0]?.steps.map(({ status }) => status)).toEqual(['holds', 'wrong']);
  });

  it('may stand in a cell of a table', async () => {
    const { lines } = await check(
      '| quantity | value |\n|---|---|\n| G_N = 10.05 | R2 || R3 = 1.99k |',
    );
    expect(lines.map(({ text }) => text)).toEqual(['G_N = 10.05', 'R2 || R3 = 1.99k']);
  });
});

describe('the reason', () => {
  it.each([
    ['G_N = 1 + R2/R3', 'R2 and R3 are exchanged: 1 + R3/R2 holds at all values'],
    ['G_N = R3/R2', '1 is missing: 1 + R3/R2 holds at all values'],
    ['R_IEQ = R2 + R3', 'resistors in parallel are added: R2 || R3 holds at all values'],
    ['G_N = 10.04', '10.049774 rounds to 10.05, not 10.04'],
    [
      'X = 5 nA * 2 kΩ = 10 mV',
      'it is 10 µV, not 10 mV: a factor of 1000 too large, as from a wrong prefix',
    ],
    [
      'X = 5 nA * 2 kΩ = 1 µV',
      'it is 10 µV, not 1 µV: a factor of 10 too small, as from a shifted decimal point',
    ],
    ['X = 5 nA * 2 kΩ = -10 µV', 'it is 10 µV, not -10 µV: the sign is wrong'],
    ['X = 5 nA * 2 kΩ = 20 µV', 'it is 10 µV, not 20 µV: twice as much'],
    ['R2/R3 = 2.21k/22.0k', '22.0k stands for R3, which is 20 k'],
    ['G_N = 1 + 20k/2.20k', 'it is 10.0498, not 10.0909; nothing in the circuit is 2.20k'],
    ['X = R3/R2 + R1', '"R1" is in Ω and cannot be added to "R3/R2", which has no unit'],
  ])('of %s', async (text, reason) => {
    const { first, lines } = await check(text);
    const unit = lines[0]?.note ?? first?.reason;
    expect(unit?.replace(/\.$/, '')).toBe(reason);
  });
});

describe('a limit in the place of a specification', () => {
  it('is told, with the line that takes it', async () => {
    const { first } = await check('V_OS * G_N = 3.8 mV * 10.05 = 38.19 mV');
    expect(first?.reason).toBe(
      'V_OS is between -3.8 m and 3.8 m by its limits, 0 as far as it is known; a line above takes a value for it: V_OS = 3.8 mV',
    );
  });

  it('is right once it is taken', async () => {
    // 3.8 mV * 10.05 = 38.19 mV
    const { lines } = await check('V_OS = 3.8 mV\nV_OS * G_N = 3.8 mV * 10.05 = 38.19 mV');
    expect(lines.map(({ status }) => status)).toEqual(['taken', 'holds']);
  });
});

describe('what follows', () => {
  it('from a wrong formula', async () => {
    const { lines, first } = await check(
      [
        'G_N = 1 + R2/R3 = 1 + 2.21k/20.0k = 1.11',
        'V_X = 1 mV * G_N = 1 mV * 1.11 = 1.11 mV',
        'V_Y = 2 V_X = 2.22 mV',
        'R_NEQ = R1 = 2.00 kΩ',
        'V_Z = 1 mV * G_N = 1 mV * 1.12 = 1.12 mV',
      ].join('\n'),
    );
    expect(lines.map(({ status }) => status)).toEqual([
      'wrong',
      'follows',
      'follows',
      'holds',
      'wrong',
    ]);
    expect(lines[0]?.steps.map(({ status }) => status)).toEqual(['wrong', 'follows', 'follows']);
    expect(lines[1]?.steps.find(({ from }) => from !== null)?.from).toBe(1);
    expect(first).toMatchObject({ line: 1, text: 'G_N = 1 + R2/R3' });
  });

  it('from values that are taken', async () => {
    const { lines } = await check(
      ['I_BN = 5.5 nA', 'V_IBN = -I_BN R_NEQ = -11 µV', 'V_IBN = -11 µV'].join('\n'),
    );
    expect(lines.map(({ status }) => status)).toEqual(['taken', 'holds', 'holds']);
  });
});

describe('a hostile sheet', () => {
  it.each([
    [
      'names that double',
      Array.from({ length: 60 }, (_, i) => `x${i + 1} = x${i} + x${i}`).join('\n'),
    ],
    ['many wrong lines', 'G_N = R3/R1\n'.repeat(3000)],
    ['a long line', `X = ${'1 + '.repeat(3000)}1`],
    ['deep parentheses', `X = ${'('.repeat(5000)}1${')'.repeat(5000)}`],
    ['many relations', '='.repeat(20_000)],
    ['many bars', `X = ${'|'.repeat(10_000)}`],
    ['fractions without parts', `X = ${'\\frac'.repeat(2000)} = 1`],
    ['a prototype', '__proto__ = 3\nconstructor = 4\nX = toString + 1'],
    ['long names', `${'a_'.repeat(20_000)} = 1`],
    ['digits', `X = ${'9'.repeat(5000)}`],
    ['braces', `X = R_{${'{'.repeat(5000)}`],
  ])('%s', async (_, text) => {
    const started = performance.now();
    const { lines } = await check(text);
    expect(lines.every(({ line }) => line >= 1)).toBe(true);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
