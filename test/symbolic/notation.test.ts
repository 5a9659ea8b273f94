// The same closed form as text, as an expression, as LaTeX and as MathML, and what is read back from them.

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { Diagnostics } from '../../grammar/diagnostic.ts';
import { analyzeCircuit } from '../../src/analysis/circuit-analysis.ts';
import { checkExpectations } from '../../src/expectation/check.ts';
import { namedParts } from '../../src/symbolic/named-parts.ts';
import { treeText } from '../../src/symbolic/print-text.ts';
import { product, quotient, sum, symbol } from '../../src/symbolic/tree.ts';
import { writtenForm } from '../../src/symbolic/written-form.ts';
import { form, linearCircuit } from './support.ts';

const DIFFERENCE = `
VP a 0 1
R1 a p 1k
R2 p 0 3k
R3 0 m 2k
R4 m out 7k
XU1 p m out OP
*@ output V(out)`;

const [R1, R2, RF1] = ['R1', 'R2', 'RF1'].map(symbol) as [
  ReturnType<typeof symbol>,
  ReturnType<typeof symbol>,
  ReturnType<typeof symbol>,
];

describe('one closed form', () => {
  const circuit = linearCircuit(DIFFERENCE);
  const found = form(circuit, { quantity: 'ZN(XU1)' });

  it('as text and as an expression without ||', () => {
    expect(found.text).toBe('-(R1 || R2)*(1 + R4/R3)');
    expect(found.expression).toBe('-R1*R2/(R1 + R2)*(1 + R4/R3)');
  });

  it('as LaTeX', () => {
    expect(found.latex).toBe(
      '-\\left(R_{1} \\parallel R_{2}\\right) \\, \\left(1 + \\frac{R_{4}}{R_{3}}\\right)',
    );
  });

  it('as MathML that is well-formed', () => {
    expect(found.mathml).toContain('<mfrac><msub><mi>R</mi><mn>4</mn></msub><msub>');
    const open: string[] = [];
    for (const [, slash, name = ''] of found.mathml.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('is read by the grammar of expectations, which finds the same value', async () => {
    const lines = ['GN(XU1)', 'RNEQ(XU1)', 'RIEQ(XU1)', 'ZN(XU1)', 'BETA(XU1)', 'gain(VP)'].flatMap(
      (quantity) => {
        const { text, expression } = form(circuit, { quantity });
        return [text, expression].map((each) => `*@ expect ${quantity} = ${each}`);
      },
    );
    const checked = linearCircuit(`${DIFFERENCE}\n${lines.join('\n')}`);
    const result = analyzeCircuit(checked, new Diagnostics());
    const { results, diagnostics } = await checkExpectations(checked, result);
    expect(diagnostics).toEqual([]);
    expect(results.filter(({ passes }) => !passes)).toEqual([]);
    expect(results).toHaveLength(lines.length);
  });
});

describe('names', () => {
  const written = (name: string) => writtenForm(symbol(name), new Map());

  it('have what follows their first letter as a subscript', () => {
    expect(written('R3A').latex).toBe('R_{\\mathrm{3A}}');
    expect(written('RF1').latex).toBe('R_{\\mathrm{F1}}');
    expect(written('XA.RF').latex).toBe('R_{\\mathrm{F,XA}}');
    expect(written('VOS_XU1').latex).toBe('V_{\\mathrm{OS,XU1}}');
    expect(written('R').latex).toBe('R');
    expect(written('R_IN').latex).toBe('R_{\\mathrm{IN}}');
  });

  it('of subcircuits have dots in every form', () => {
    const circuit = linearCircuit(`
VIN in 0 1
XA in out STAGE
.subckt STAGE i o
RG m 0 1k
RF m o 1k
E1 o 0 i m 1meg
.ends
*@ output V(out)`);
    const found = form(circuit, { quantity: 'gain(VIN)' });
    expect(found.text).toBe('1 + XA.RF/XA.RG');
    expect(found.expression).toBe('1 + XA.RF/XA.RG');
  });

  it('that formulas cannot hold are written with _', () => {
    const circuit = linearCircuit(`
VIN in 0 1
R-IN in m 1k
R_IN m out 2k
XU1 0 m out OP
*@ output V(out)`);
    expect(form(circuit, { quantity: 'gain(VIN)' }).text).toMatch(/^-R_IN(_2)?\/R_IN(_2)?$/);
  });
});

describe('a long formula', () => {
  const names = Array.from({ length: 12 }, (_, i) => symbol(`RLONG${i + 10}`));
  const part = sum(names.slice(0, 4));
  const long = sum(
    names.slice(4).map((name) => quotient(product([name, part]), sum([name, symbol('RX')]))),
  );

  it('names the parts that occur in it more than once', () => {
    const { tree, parts } = namedParts(long, new Map());
    expect(parts[0]?.name).toBe('A');
    expect(parts.map((each) => treeText(each.tree))).toContain(treeText(part));
    expect(treeText(tree)).not.toContain(treeText(part));
  });

  it('keeps names of elements apart from those of parts', () => {
    const { parts } = namedParts(sum([symbol('A'), long]), new Map());
    expect(parts.map(({ name }) => name)).not.toContain('A');
  });

  it('is complete as an expression', () => {
    const { expression, text } = writtenForm(long, new Map());
    expect(text).toContain(' where A = ');
    expect(expression).toBe(treeText(long, { plain: true }));
  });

  it('is written with definitions in place of their names where it has such names', () => {
    const definitions = new Map([
      ['RM1', sum([R1, R2])],
      ['RM2', product([symbol('RM1'), RF1])],
    ]);
    const { expression, text } = writtenForm(quotient(symbol('RM2'), symbol('RM1')), definitions);
    expect(text).toBe('RM2/RM1 where RM1 = R1 + R2, RM2 = RM1*RF1');
    expect(expression).toBe('((R1 + R2)*RF1)/(R1 + R2)');
  });
});
