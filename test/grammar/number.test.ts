import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEngineering, parseNumber } from '../../grammar/number.ts';
import { processorTime } from '../support/processor-time.ts';

describe('parseNumber', () => {
  it.each([
    ['4.7k', 4700],
    ['2.21k', 2210],
    ['12u', 12e-6],
    ['12\u00b5', 12e-6],
    ['12\u03bc', 12e-6],
    ['1meg', 1e6],
    ['1MEG', 1e6],
    ['1M', 1e-3],
    ['3T', 3e12],
    ['3g', 3e9],
    ['7n', 7e-9],
    ['7p', 7e-12],
    ['10F', 1e-14],
    ['1mil', 25.4e-6],
    ['-2.5mil', -63.5e-6],
    ['.5', 0.5],
    ['5.', 5],
    ['-5', -5],
    ['+5', 5],
    ['1e3', 1000],
    ['1D3', 1000],
    ['1e3k', 1e6],
    ['1.5e-3m', 1.5e-6],
    ['0.1', 0.1],
    ['1e-400', 0],
    ['1e-99999999999999999999', 0],
  ])('%s', (text, value) => {
    expect(parseNumber(text)).toEqual({ value });
  });

  it.each([
    ['10kohm', 1e4, 'ohm'],
    ['5V', 5, 'V'],
    ['3mV', 3e-3, 'V'],
    ['1MegOhm', 1e6, 'Ohm'],
    ['5%', 5, '%'],
    ['4.7kΩ', 4700, 'Ω'],
    ['1a', 1, 'a'],
  ])('%s has a unit', (text, value, unit) => {
    expect(parseNumber(text)).toEqual({ value, unit });
  });

  it.each([
    ['4k7', '4.7k', '4000'],
    ['2R2', '2.2', '2'],
    ['4M7', '4.7M', '0.004'],
    ['1meg2', '1.2meg', '1000000'],
    ['1k5ohm', '1.5kohm', '1000'],
  ])('%s is RKM', (text, suggestion, ngspiceReads) => {
    expect(parseNumber(text)).toEqual({ fault: 'rkm', suggestion, ngspiceReads });
  });

  it.each(['', 'k', 'R47', '1_000', '0x10', '1k2k3', '--1', '1.2.3', 'e5'])(
    '%j is no number',
    (text) => {
      expect(parseNumber(text)).toEqual({ fault: 'not_a_number' });
    },
  );

  it('refuses what no double holds', () => {
    expect(parseNumber('1e999')).toEqual({ fault: 'range' });
    expect(parseNumber('1e99999999999999999999')).toEqual({ fault: 'range' });
  });

  it('rounds once: the text with a suffix is the text with an exponent', () => {
    const suffixes = { t: 12, g: 9, meg: 6, k: 3, m: -3, u: -6, n: -9, p: -12, f: -15, '': 0 };
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: 0, max: 1e6 }),
        fc.constantFrom(...Object.entries(suffixes)),
        (whole, decimals, [suffix, exponent]) => {
          const mantissa = `${whole}.${decimals}`;
          expect(parseNumber(mantissa + suffix)).toEqual({
            value: Number(`${mantissa}e${exponent}`),
          });
        },
      ),
    );
  });

  it('rounds once, however many digits and zeros there are', () => {
    const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 20 });
    const suffixes = { T: 12, MEG: 6, k: 3, f: -15, '': 0 };
    fc.assert(
      fc.property(
        digits,
        fc.array(fc.constantFrom(...'0123456789'), { maxLength: 20 }),
        fc.constantFrom(...Object.entries(suffixes)),
        (whole, decimals, [suffix, exponent]) => {
          const mantissa = `${whole.join('')}.${decimals.join('')}`;
          expect(parseNumber(mantissa + suffix)).toEqual({
            value: Number(`${mantissa}e${exponent}`),
          });
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes linear time', () => {
    const started = processorTime();
    parseNumber(`${'1'.repeat(100_000)}!`);
    parseNumber(`${'1'.repeat(100_000)}k${'1'.repeat(100_000)}!`);
    expect(processorTime() - started).toBeLessThan(500);
  });
});

describe('formatEngineering', () => {
  it.each([
    [0.0382097, 'V', '38.2097 mV'],
    [2210, 'Ω', '2.21 kΩ'],
    [0, 'V', '0 V'],
    [-0, 'V', '0 V'],
    [-4.7e-6, 'A', '-4.7 µA'],
    [999.9999999, 'V', '1 kV'],
    [1e15, 'Ω', '1e15 Ω'],
    [1.5e-18, 'A', '1.5e-18 A'],
    [Number.POSITIVE_INFINITY, 'Ω', '∞ Ω'],
    [Number.NEGATIVE_INFINITY, 'Ω', '-∞ Ω'],
    [Number.NaN, 'V', 'NaN V'],
    [100, 'V', '100 V'],
  ])('%d %s', (value, unit, text) => {
    expect(formatEngineering(value, { unit })).toBe(text);
  });

  it('takes digits, and no unit', () => {
    expect(formatEngineering(12345, { digits: 3 })).toBe('12.3 k');
    expect(formatEngineering(100, { digits: 1, unit: 'V' })).toBe('100 V');
    expect(formatEngineering(1)).toBe('1');
  });

  it('reads back within half a unit of its last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-14, max: 1e14, noNaN: true }), (value) => {
        const [number = '', prefix = ''] = formatEngineering(value, { digits: 9 }).split(' ');
        const parsed = parseNumber(number + (prefix === 'M' ? 'meg' : prefix));
        if ('fault' in parsed) throw new Error(parsed.fault);
        expect(Math.abs(parsed.value - value)).toBeLessThanOrEqual(5.01e-9 * value);
      }),
    );
  });
});
