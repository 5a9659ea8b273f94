// Units: what does not fit is told at its place, and a bare literal takes the unit of its neighbours.

import { describe, expect, it } from 'vitest';
import { parseFormula } from '../../grammar/directive/parse.ts';
import { unitOf } from '../../src/expectation/dimensions.ts';
import { AMPERE, NONE, OHM, Units, unitName, VOLT } from '../../src/expectation/unit.ts';
import { expectationsOf } from './support.ts';

const SYMBOLS = new Map([
  ['r1', OHM],
  ['r2', OHM],
  ['vin', VOLT],
  ['ib', AMPERE],
  ['gn', NONE],
]);

/** The unit of a formula, or what is wrong with it. */
function unit(text: string): string {
  const units = new Units();
  try {
    const found = unitOf(parseFormula({ name: 'f', text }), {
      units,
      symbol: (symbol) => SYMBOLS.get(symbol.kind === 'name' ? symbol.name.toLowerCase() : '')!,
    });
    return unitName(units.resolved(found));
  } catch (fault) {
    return (fault as Error).message;
  }
}

describe('the unit of', () => {
  it.each([
    ['R1 || R2', 'Ω'],
    ['R1*R2/(R1 + R2)', 'Ω'],
    ['1 + R1/R2', 'no unit'],
    ['IB*R1', 'V'],
    ['VIN/R1', 'A'],
    ['1/R1', 'S'],
    ['VIN + 1m', 'V'],
    ['1m + 5n*R1 + VIN', 'V'],
    ['sqrt(VIN^2 + (IB*R1)^2)', 'V'],
    ['VIN^2/R1', 'W'],
    ['10^(gn/20)', 'no unit'],
    ['max(R1, R2)', 'Ω'],
    ['|VIN|', 'V'],
    ['5mV/1k', 'V'],
    ['5mV/1kohm', 'A'],
    ['0.1%*VIN', 'V'],
    ['R1*R2', 'V^2 A^-2'],
    ['R1 + VIN', '"VIN" is in V and cannot be added to "R1", which is in Ω.'],
    ['1 + R1', 'Ω'],
    ['gn - R1', '"R1" is in Ω and cannot be taken from "gn", which has no unit.'],
    ['R1 || VIN', '"VIN" is in V and cannot be put in parallel with "R1", which is in Ω.'],
    ['R1 + 5mV', '"5mV" is in V and cannot be added to "R1", which is in Ω.'],
    ['ln(VIN)', 'The argument of ln has no unit, and "VIN" is in V.'],
    ['2^R1', 'An exponent has no unit, and "R1" is in Ω.'],
    ['80dB*VIN', '"80dB" is a level, not a value.'],
    ['5kHz*R1', '"Hz" is not a unit of a DC quantity.'],
  ])('%s: %s', (text, expected) => {
    expect(unit(text)).toBe(expected);
  });
});

const CIRCUIT = `VIN in 0 1
R1 m 0 1k
R2 out m 9k
XU1 in m out OPAMP
*@ opamp XU1 vos=1m`;

describe('an expectation', () => {
  it.each([
    ['GN(XU1) = 1 + R2/R1 + VIN', 'unit_mismatch 7:33'],
    ['GN(XU1) = R2', 'unit_mismatch 7:21'],
    ['V(out) = R1', 'unit_mismatch 7:20'],
    ['V(out) = 1m..R1', 'unit_mismatch 7:24'],
    ['V(out) = 10.01 abs 1ohm', 'unit_mismatch 7:30'],
    ['RIEQ(XU1) = 900 V', 'bad_directive 7:27'],
    ['RIEQ(XU1) = 900V', 'unit_mismatch 7:23'],
  ])('%s: %s', async (line, expected) => {
    if (expected.startsWith('bad_directive')) {
      await expect(expectationsOf(CIRCUIT, [line])).rejects.toThrow('ends too early');
      return;
    }
    const { results, diagnostics } = await expectationsOf(CIRCUIT, [line, 'GN(XU1) = 10']);
    expect(diagnostics).toEqual([expected]);
    expect(results.map(({ passes }) => passes)).toEqual([false, true]);
  });

  it.each([
    ['V(out) = 10.01', 'V'],
    ['RIEQ(XU1) = R1 || R2', 'Ω'],
    ['gain(VIN) = 10', ''],
    ['I(R1) = (VIN + 1m)/R1', 'A'],
    ['V(out) = 10.01 abs 1mV', 'V'],
    ['VOS(XU1) = 0.1%*1', 'V'],
    ['ZI(XU1) = R2', 'Ω'],
  ])('%s is in %s', async (line, expected) => {
    const { results, diagnostics } = await expectationsOf(CIRCUIT, [line]);
    expect(diagnostics).toEqual([]);
    expect(results[0]).toMatchObject({ passes: true, unit: expected });
  });
});
