// What the parts of a KiCad schematic become.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { netlistJson } from '../../src/report/netlist-json.ts';
import {
  ground,
  kicad,
  label,
  note,
  type Place,
  readKicad,
  resistor,
  symbol,
} from './kicad-support.ts';
import { codesOf, nodesOf } from './support.ts';

/** The lines of the elements, by name. */
function linesOf(text: string): Readonly<Record<string, string>> {
  const { elements } = netlistJson(readKicad(text)) as {
    elements: { name: string; text: string }[];
  };
  return Object.fromEntries(elements.map((element) => [element.name, element.text]));
}

const at = (x: number, y: number): Place => [x, y];

/** A two-terminal part between the labels `a` and ground. */
function between(
  library: string,
  name: string,
  fields: Readonly<Record<string, string>> = {},
): string {
  return kicad(symbol(library, name, [0, 10], { fields }), label('a', [0, 5]), ground([0, 15]));
}

describe('passive parts', () => {
  it('have their value and tolerance', () => {
    const fields = { Tolerance: '0.1%' };
    expect(linesOf(between('Device:R', 'R1 4k7', fields))).toEqual({
      R1: 'R1 a 0 4.7k tol=0.1%',
    });
  });

  it('are refused where the value is no number', () => {
    expect(codesOf(readKicad(between('Device:R', 'R1 Rsense')))).toContain('error bad_value');
  });

  it('are left out where they are not populated or not simulated', () => {
    const text = kicad(
      resistor('R1 1k', at(0, 10), { marks: '(dnp yes)' }),
      resistor('R2 1k', at(0, 30), { marks: '(exclude_from_sim yes)' }),
      resistor('R3 DNP', at(0, 50)),
      resistor('R4 1k', at(0, 70), { fields: { 'Sim.Enable': '0' } }),
      resistor('R5 1k', at(0, 90), { fields: { Spice_Netlist_Enabled: 'N' } }),
      resistor('R6 1k', at(0, 110), { marks: '(dnp no) (exclude_from_sim no)' }),
    );
    expect(Object.keys(linesOf(text))).toEqual(['R6']);
    expect(codesOf(readKicad(text)).filter((code) => code === 'info left_out')).toHaveLength(2);
  });
});

describe('sources', () => {
  const volts = 'Simulation_SPICE:VDC';

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['V1 5', {}, 'V1 a 0 DC 5'],
    [
      'V1 1',
      { 'Sim.Device': 'V', 'Sim.Type': 'DC', 'Sim.Params': 'dc=2.5 ac=1' },
      'V1 a 0 DC 2.5 AC 1',
    ],
    [
      'V1 VSIN',
      { 'Sim.Device': 'V', 'Sim.Type': 'SIN', 'Sim.Params': 'dc=1 ampl=100m f=1M' },
      'V1 a 0 DC 1 SIN(1 100m 1Meg)',
    ],
    ['V1 5', { 'Sim.Pins': '1=- 2=+' }, 'V1 0 a DC 5'],
    [
      'V1 dc',
      { Spice_Primitive: 'V', Spice_Model: 'dc 0 ac 1', Spice_Node_Sequence: '2 1' },
      'V1 0 a dc 0 ac 1',
    ],
    ['V1 SINE(0 1 1k)', {}, 'V1 a 0 SINE(0 1 1k)'],
  ])('%s %j', (name, fields, line) => {
    expect(linesOf(between(volts, name, fields))).toEqual({ V1: line });
  });
});

describe('supplies', () => {
  it('without a source are as high as their name says', () => {
    const text = kicad(
      resistor('R1 1k', [0, 10]),
      symbol('power:VCC', '#PWR02 +3V3', [0, 5]),
      ground([0, 15]),
    );
    expect(linesOf(text)).toMatchObject({ V_plus_3V3: 'V_plus_3V3 +3V3 0 DC 3.3' });
    expect(codesOf(readKicad(text))).toContain('warning assumed_supply');
  });

  it('without a source and a voltage are told', () => {
    const text = kicad(
      resistor('R1 1k', [0, 10]),
      symbol('power:VCC', '#PWR02 VCC', [0, 5]),
      ground([0, 15]),
    );
    expect(codesOf(readKicad(text))).toContain('warning missing_supply');
  });

  it('with a source are not assumed', () => {
    const text = kicad(
      symbol('Simulation_SPICE:VDC', 'V1 4.5', [0, 10]),
      symbol('power:VCC', '#PWR02 +5V', [0, 5]),
      ground([0, 15]),
    );
    expect(linesOf(text)).toEqual({ V1: 'V1 +5V 0 DC 4.5' });
  });
});

/** Two inverters of one dual: -10 and -2; its units turned and mirrored. */
const DUAL = kicad(
  // Unit A at (100, 100): + (90, 95), - (90, 105), output (110, 100).
  symbol('Amplifier_Operational:TL072', 'U1 TL072', [100, 100]),
  ground([90, 95]),
  label('a', [90, 105]),
  label('oa', [110, 100]),
  // Unit B at (200, 100), upside down: + (190, 105), - (190, 95).
  symbol('Amplifier_Operational:TL072', 'U1 TL072', [200, 100], { unit: 2, mirror: 'x' }),
  ground([190, 105]),
  label('b', [190, 95]),
  label('out', [210, 100]),
  symbol('Amplifier_Operational:TL072', 'U1 TL072', [300, 100], { unit: 3 }),
  symbol('power:VCC', '#PWR02 +15V', [300, 90]),
  symbol('power:VCC', '#PWR03 -15V', [300, 110]),
  symbol('Simulation_SPICE:VDC', 'V1 100m', [0, 10]),
  label('in', [0, 5]),
  ground([0, 15]),
  ...[
    ['R1 1k', 'in', 'a'],
    ['R2 10K', 'a', 'oa'],
    ['R3 5k1', 'oa', 'b'],
    ['R4 10k2', 'b', 'out'],
  ].flatMap(([name = '', above = '', below = ''], index) => [
    resistor(name, [20 * index + 20, 200]),
    label(above, [20 * index + 20, 195]),
    label(below, [20 * index + 20, 205]),
  ]),
  note('@ output V(/out)\\n@ opamp U1A vos=1m'),
  note('remark'),
);

describe('op amps', () => {
  it('are the units of a part, with the supplies of all', () => {
    expect(nodesOf(readKicad(DUAL))).toMatchObject({
      XU1A: ['0', 'a', '+15V', '-15V', 'oa'],
      XU1B: ['0', 'b', '+15V', '-15V', 'out'],
    });
  });

  it('are analysed with the directives on the sheet', async () => {
    const { result, diagnostics } = await analyze(DUAL, { name: 'dual.kicad_sch' });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    // 0.1 V * -10 * -2; V_OS of 1 mV comes times the noise gain of 11, times -2.
    expect(result?.ideal?.output).toBeCloseTo(2, 12);
    expect(result?.error?.output).toBeCloseTo(-0.022, 12);
  });

  it('leave connectors out', () => {
    const text = kicad(
      resistor('R1 1k', [0, 10]),
      symbol('Connector:Conn_01x02', 'J1 Conn', [0, 20]),
    );
    expect(Object.keys(linesOf(text))).toEqual(['R1']);
    expect(codesOf(readKicad(text))).toContain('info left_out');
  });
});
