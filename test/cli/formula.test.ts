// `nullor formula` as a user runs it.

import { describe, expect, it, vi } from 'vitest';
import '../support/close.ts';
import { json, nullor } from '../support/command.ts';

vi.setConfig({ testTimeout: 60_000 });

const amplifier = `amplifier
VIN in 0 0.1
R1 in p 2k
R2 m 0 2.21k
R3 m out 20k
XU1 p m out OP
*@ opamp XU1 pins=+,-,out vos=3.8m
*@ output V(out)
.end
`;
const withoutOutput = 'divider\nVIN a 0 1\nR1 a b 1k\nR2 b 0 1k\n.end\n';
const clamp = amplifier.replace('.end', 'D1 m 0 DX\n.model DX D(IS=1e-14)\n.end');
const integrator = amplifier.replace('R3 m out 20k', 'C1 m out 1u');

describe('formula', () => {
  it('prints every quantity with its value', async () => {
    const { code, out, err } = await nullor(['formula', '-'], amplifier);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/GN\(XU1\) +1 \+ R3\/R2 = 10\.0498\n/);
    expect(out).toMatch(/RIEQ\(XU1\) +R2 \|\| R3 = 1\.99009 kΩ\n/);
    expect(out).toMatch(/random element values/);
  });

  it('as JSON has every notation, the value and the check', async () => {
    const { code, json: object } = await json(['formula', '-', 'gn(xu1)', 'RIEQ'], amplifier);
    expect(code).toBe(0);
    expect(object).toMatchObject({ schema: 'nullor/formula/1', output: 'V(out)', diagnostics: [] });
    const [noiseGain, resistance] = object.formulas;
    expect(object.formulas).toHaveLength(2);
    expect(noiseGain).toMatchObject({
      quantity: 'GN(XU1)',
      expression: '1 + R3/R2',
      text: '1 + R3/R2',
      latex: '1 + \\frac{R_{3}}{R_{2}}',
      check: { points: 2 },
    });
    expect(noiseGain.value).toBeClose(1 + 20 / 2.21, { rel: 1e-12, abs: 0 });
    expect(noiseGain.mathml).toMatch(/^<math .*<\/math>$/);
    expect(resistance).toMatchObject({ text: 'R2 || R3', expression: 'R2*R3/(R2 + R3)' });
  });

  it('as LaTeX and as MathML, one quantity after the other', async () => {
    const latex = await nullor(['formula', '-', 'GN', '--format', 'latex'], amplifier);
    expect(latex.out).toBe('% GN(XU1)\n1 + \\frac{R_{3}}{R_{2}}\n');
    const mathml = await nullor(['formula', '-', 'RNEQ', '--format', 'mathml'], amplifier);
    expect(mathml.out).toMatch(/^<!-- RNEQ\(XU1\) -->\n<math .*<mi>R<\/mi><mn>1<\/mn>.*\n$/);
    const other = await nullor(['analyze', '-', '--format', 'latex'], amplifier);
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('Only formula')]);
  });

  it('takes elements as equal, and warns where they are not', async () => {
    const { code, out, err } = await nullor(['formula', '-', 'GN', '--let', 'R3=R2'], amplifier);
    expect(code).toBe(0);
    expect(out).toMatch(/GN\(XU1\) +2\n/);
    expect(err).toContain('"R3" is 20000, not 2210');
  });

  describe('with declarations of the netlist', () => {
    const matched = amplifier.replace('R3 m out 20k', 'R3 m out 4.42k');
    const declared = (...lets: readonly string[]) =>
      matched.replace('.end', `${lets.map((text) => `*@ let ${text}\n`).join('')}.end`);

    it('takes them as --let does', async () => {
      const given = await nullor(['formula', '-', '--let', 'R3=2*R2'], matched);
      expect(given.out).toMatch(/GN\(XU1\) +3\n/); // 1 + R3/R2
      for (const text of ['R3 = 2*R2', 'r3 = R2*2']) {
        const { code, out, err } = await nullor(['formula', '-'], declared(text));
        expect([code, err]).toEqual([0, '']);
        expect(out).toBe(given.out);
      }
      const both = await nullor(['formula', '-', '--let', 'R3=2*R2'], declared('R3 = 2*R2'));
      expect([both.code, both.out]).toEqual([0, given.out]);
    });

    it('warns of one that no closed form can take', async () => {
      const { code, out, err } = await nullor(['formula', '-', 'GN'], declared('R2 = R3/2'));
      expect(code).toBe(0);
      expect(out).toMatch(/GN\(XU1\) +1 \+ R3\/R2/);
      expect(err).toMatch(/<stdin>:9:1: warning: Closed forms take equalities/);
    });

    it.each([
      [['R3 = R2'], /:9:1: error: "R3" is 4\.42 k, not the 2\.21 k/],
      [['R3 = -R2'], /:9:1: error: "R3" is 4\.42 k/],
      [['R3 = 2*R2', 'R3 = 3*R2'], /:10:1: error: "R3" is declared already/],
      [['R3 = 2*R2', 'R2 = R3/2'], /:9:1: error: "R3" is declared by its own value/],
      [['R3 = VIN'], /:9:13: error: "R3" is in Ω, and VIN is in V/],
      [['R3 = 1/0'], /:9:13: error: 1\/0 is no finite value for "R3"/],
    ])('%s: is an error for every command', async (lets, message) => {
      for (const command of ['formula', 'analyze', 'check']) {
        const { code, out, err } = await nullor([command, '-'], declared(...lets));
        expect([command, code, out]).toEqual([command, 2, '']);
        expect(err).toMatch(message);
      }
    });
  });

  it('states the error of an approximation', async () => {
    const { out } = await nullor(['formula', '-', 'GN', '--approximate', '15%'], amplifier);
    expect(out).toMatch(/GN\(XU1\) +R3\/R2 = 9\.04977 \(error here: 10 %\)/); // 1/10.05
  });

  it.each([
    ['--approximate', '2'],
    ['--approximate', 'much'],
    ['--format', 'csv'],
  ])('%s %s is no way to ask', async (...words) => {
    const { code, out, err } = await nullor(['formula', '-', ...words], amplifier);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
  });

  it('names what has no closed form', async () => {
    const nonlinear = await nullor(['formula', '-'], clamp);
    expect([nonlinear.code, nonlinear.out]).toEqual([2, '']);
    expect(nonlinear.err).toMatch(/<stdin>:9:1: error: "D1" is not linear/);

    const open = await nullor(['formula', '-', 'GN(XU1)', 'RNEQ'], integrator);
    expect(open.code).toBe(2);
    expect(open.err).toMatch(/GN\(XU1\) does not exist/);
    expect(open.out).toMatch(/RNEQ\(XU1\) +R1/);

    const all = await nullor(['formula', '-'], integrator);
    expect(all.code).toBe(0);
    expect(all.err).toMatch(/warning: GN\(XU1\) does not exist/);
  });

  it('suggests a quantity for an unknown one', async () => {
    const unknown = await nullor(['formula', '-', 'GM(XU1)'], amplifier);
    expect([unknown.code, unknown.out]).toEqual([2, '']);
    expect(unknown.err).toMatch(/"GM\(XU1\)" is no quantity .*[\s\S]*Did you mean "GN\(XU1\)"/);
    const equality = await nullor(['formula', '-', '--let', 'R9=R2'], amplifier);
    expect(equality.code).toBe(2);
    expect(equality.err).toContain('No element "R9"');
  });

  it('says that a quantity of the output needs one', async () => {
    const { code, err } = await nullor(['formula', '-', 'gain(VIN)'], withoutOutput);
    expect(code).toBe(2);
    expect(err).toContain('quantity of the output');
  });

  it('says what is wrong with a netlist before anything else', async () => {
    const { code, json: object } = await json(['formula', '-'], 'bad\nR1 a 0 4k7\n.end\n');
    expect(code).toBe(2);
    expect(object.formulas).toEqual([]);
    expect(object.diagnostics[0]).toMatchObject({ severity: 'error', line: 2 });
  });
});
