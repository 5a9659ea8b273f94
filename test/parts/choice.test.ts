// Which row counts, and what is said when none does: against the printed limits, by the rules of docs/parts.md.

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { chosen } from '../../src/parts/choice.ts';
import { dataSheetLimits } from '../../src/parts/data-sheet-limits.ts';
import type { Part, QuantityName } from '../../src/parts/part.ts';
import { at, part, partWith } from './support.ts';

const REL = { rel: 1e-12, abs: 0 };

const high = (name: string | Part, quantity: QuantityName, surroundings: object) =>
  chosen(typeof name === 'string' ? part(name) : name, {
    quantity,
    surroundings: surroundings as ReturnType<typeof at>,
  })?.limit.high;

describe('the row for the temperatures', () => {
  it.each<[string, QuantityName, number, number, number]>([
    // DS21314: 2 mV at 25, 3 mV over -40..85, 4.5 mV over -40..125 deg C
    ['MCP601', 'vos', 25, 25, 2e-3],
    ['MCP601', 'vos', 20, 30, 2e-3],
    ['MCP601', 'vos', 0, 50, 3e-3],
    ['MCP601', 'vos', -40, 85, 3e-3],
    ['MCP601', 'vos', 0, 86, 4.5e-3],
    // SBOS671: CMRR 108 dB at 25, 105 dB over 0..85, 103 dB over -40..125 deg C
    ['OPA828', 'cmrr', 25, 25, 10 ** (-108 / 20)],
    ['OPA828', 'cmrr', 0, 70, 10 ** (-105 / 20)],
    ['OPA828', 'cmrr', -40, 85, 10 ** (-103 / 20)],
    // SLOS080: A_OL 25 V/mV at 25, 15 V/mV over 0..70 deg C
    ['TL072C', 'aol', 25, 25, 1 / 25e3],
    ['TL072C', 'aol', 0, 70, 1 / 15e3],
  ])('%s %s over %d..%d', (name, quantity, low, top, expected) => {
    expect(high(name, quantity, at(low, top))).toBeClose(expected, REL);
  });

  it('is the nearest one, with a warning, when none covers them', () => {
    const choice = chosen(part('MCP601'), { quantity: 'cmrr', surroundings: at(-40, 85) });
    expect(choice?.limit.high).toBeClose(10 ** (-75 / 20), REL);
    expect(choice?.remarks).toMatchObject([
      {
        severity: 'warning',
        message:
          'no minimum of CMRR is specified at -40..85 °C; the limit at 25 °C, >=75dB, is used.',
      },
    ]);
  });

  it('is never one of typical values', () => {
    // SBOS351: 200 pA at 25 deg C, 150 pA typical over temperature
    expect(high('OPA333', 'ib', at(25))).toBeClose(200e-12, REL);
    const { choices, remarks } = dataSheetLimits(part('OPA333'), {
      ...at(-40, 125),
      stated: new Set(),
    });
    expect(choices.get('ib')?.limit.high).toBeClose(200e-12, REL);
    expect(remarks.map(({ message }) => message)).toContain(
      'no maximum of I_B is specified at 125 °C, the typical value 150pA is not used; the limit +-200pA at 25 °C is used, and no law tells how it changes.',
    );
  });
});

describe('the row for the supplies', () => {
  // DS22058: CMRR 106 dB at 1.8 V, 116 dB at 5.5 V
  it.each([
    [1.8, 106],
    [5.5, 116],
    [5.4, 116],
    [2, 106],
    [5, 116],
    [undefined, 106],
  ])('MCP6V01 CMRR at %s V: %d dB', (supply, decibel) => {
    const surroundings = supply === undefined ? at(25) : { ...at(25), supply };
    expect(high('MCP6V01', 'cmrr', surroundings)).toBeClose(10 ** (-decibel / 20), REL);
  });

  it('is told when it is another', () => {
    const surroundings = { ...at(25), supply: 5 };
    const choice = chosen(part('MCP6V01'), { quantity: 'cmrr', surroundings });
    expect(choice?.remarks).toMatchObject([{ severity: 'info', code: 'other_supply' }]);
    const exact = { ...at(25), supply: 5.5 };
    expect(chosen(part('MCP6V01'), { quantity: 'cmrr', surroundings: exact })?.remarks).toEqual([]);
  });
});

describe('V_OS and its drift', () => {
  const limits = (name: string | Part, low: number, top: number) =>
    dataSheetLimits(typeof name === 'string' ? part(name) : name, {
      ...at(low, top),
      stated: new Set(),
    });

  it('are two terms when both have a maximum', () => {
    // OP07: 150 uV at 25 deg C, 1.8 uV/C over -40..85 deg C
    const { choices } = limits('OP07C', -40, 85);
    expect(choices.get('vos')?.limit).toEqual({ low: -150e-6, high: 150e-6 });
    expect(choices.get('tcvos')?.limit).toEqual({ low: -1.8e-6, high: 1.8e-6 });
  });

  it('are one when the limit of V_OS contains the drift', () => {
    const { choices, remarks } = limits('MCP601', -40, 125);
    expect(choices.get('vos')?.limit.high).toBe(4.5e-3);
    expect(choices.has('tcvos')).toBe(false);
    expect(remarks).toContainEqual(expect.objectContaining({ code: 'drift_in_offset' }));
  });

  it('lack the drift with a warning when nothing contains it', () => {
    const { choices, remarks } = limits('MCP6001', -40, 125);
    expect(choices.has('tcvos')).toBe(false);
    expect(remarks.map(({ message }) => message)).toContain(
      'no maximum of the drift of V_OS is specified at -40..125 °C, the typical value 2uV/C is not used; the budget has no drift.',
    );
  });

  it('have signs when the data sheet gives both ends', () => {
    // SNOSAW6: the drift is negative, down to -4 uV/C
    expect(limits('LMP7721', -40, 125).choices.get('tcvos')?.limit).toEqual({
      low: -4e-6,
      high: 0,
    });
  });
});

describe('what a part is not made for', () => {
  it.each([
    [{ ...at(-40, 130) }, 'temperature_out_of_range'],
    [{ ...at(25), supply: 12 }, 'supply_out_of_range'],
    [{ ...at(25), supply: 2 }, 'supply_out_of_range'],
  ])('MCP601 in %j: %s', (surroundings, code) => {
    const { remarks } = dataSheetLimits(part('MCP601'), { ...surroundings, stated: new Set() });
    expect(remarks.map((remark) => remark.code)).toContain(code);
  });

  it('is not said of what it is made for', () => {
    const { remarks } = dataSheetLimits(part('OP07C'), {
      ...at(25),
      supply: 30,
      stated: new Set(),
    });
    expect(remarks).toEqual([]);
  });
});

it('takes the least favourable of equal rows', () => {
  const two = partWith([
    { at: { temperature: 25, load: '10k' }, aol: { min: '50V/mV' } },
    { at: { temperature: 25, load: '2k' }, aol: { min: '20V/mV' } },
  ]);
  expect(high(two, 'aol', at(25))).toBeClose(1 / 20e3, REL);
});
