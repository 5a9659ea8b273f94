// The 40 reference circuits of test/reference: every figure of the analysis against exact rationals.

import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import '../support/close.ts';
import { type ReferenceCircuit, referenceCircuits } from '../support/reference.ts';

/** The expected figures have 15 digits. */
const REL = 1e-12;
/** Of the largest figure of its kind, for those that nearly cancel. */
const OF_LARGEST = 1e-15;

type Pair = { readonly nonInverting: number; readonly inverting: number } | null;
const pairOf = (pair: Pair) => [pair?.nonInverting ?? null, pair?.inverting ?? null];

describe('reference circuits', () => {
  it('are all there', () => {
    expect(referenceCircuits).toHaveLength(40);
  });

  it.each(referenceCircuits)('$id $title', async (circuit) => {
    const analysis = await analyzed(circuit, 'known');
    expect(analysis.status).toBe(circuit.status);
    const { expected } = circuit;
    const { result, diagnostics } = analysis;
    if (expected === undefined) {
      expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toContain(
        `error ${circuit.status}`,
      );
      return;
    }
    const compare = (
      what: string,
      actual: unknown,
      wanted: number | null | undefined,
      scale = 0,
    ) => {
      if (wanted === undefined) return;
      if (wanted === null) expect(actual, what).toBeNull();
      else expect(actual, what).toBeClose(wanted, { rel: REL, abs: OF_LARGEST * scale });
    };
    const volts = Math.max(...Object.values(expected.nodes).map(Math.abs));
    for (const [node, value] of Object.entries(expected.nodes)) {
      compare(`V(${node})`, lookUp(result?.operatingPoint?.nodes, node), value, volts);
    }
    if (expected.gains !== undefined) {
      const gains = Object.fromEntries(
        [...(result?.gains?.sources ?? [])].map(([{ name }, gain]) => [name, gain]),
      );
      for (const [source, gain] of Object.entries(expected.gains))
        compare(`gain of ${source}`, lookUp(gains, source), gain, 1);
      compare('ideal output', result?.ideal?.output, expected.idealOutput, volts);
      compare('V_OE', result?.error?.output, expected.error);
      for (const [source, value] of Object.entries(expected.inputReferred ?? {})) {
        compare(`V_OE referred to ${source}`, lookUp(result?.error?.inputReferred, source), value);
      }
    } else
      expect([result?.gains, result?.ideal, result?.error, result?.budget]).toEqual([
        null,
        null,
        null,
        null,
      ]);
    for (const [name, wanted] of Object.entries(expected.opAmps)) {
      const found = result?.opAmps.find(
        ({ opAmp }) => opAmp.name.toLowerCase() === name.toLowerCase(),
      );
      if (found === undefined) throw new Error(`${name} is missing`);
      const ohms = Math.max(wanted.R_PP, wanted.R_MM);
      const { resistance, feedback, transresistance, terms } = found;
      compare(`${name} R_NEQ`, resistance.nonInverting, wanted.R_NEQ, ohms);
      compare(`${name} R_IEQ`, resistance.inverting, wanted.R_IEQ, ohms);
      compare(`${name} R_PP`, resistance.literal.nonInverting, wanted.R_PP);
      compare(`${name} R_MM`, resistance.literal.inverting, wanted.R_MM);
      compare(`${name} beta plus`, feedback.plus, wanted.betaPlus, 1);
      compare(`${name} beta minus`, feedback.minus, wanted.betaMinus, 1);
      compare(`${name} noise gain`, found.noiseGain, wanted.noiseGain, 1);
      compare(`${name} noise gain to output`, found.noiseGainToOutput, wanted.noiseGainToOutput, 1);
      compare(`${name} Z_N`, transresistance?.nonInverting, wanted.Z_N, ohms);
      compare(`${name} Z_I`, transresistance?.inverting, wanted.Z_I, ohms);
      for (const [i, side] of ['R_N', 'R_I'].entries()) {
        compare(`${name} ${side} active`, pairOf(resistance.active)[i], wanted.active?.[i], ohms);
        compare(
          `${name} ${side} effective`,
          pairOf(resistance.effective)[i],
          wanted.effective?.[i],
          ohms,
        );
      }
      for (const [term, value] of Object.entries(wanted.terms ?? {})) {
        compare(`${name} ${term}`, terms?.[term as keyof typeof terms].output, value);
      }
    }
    if (expected.budget !== undefined) {
      const { result: limits } = await analyzed(circuit, 'limits');
      compare('worst case', limits?.budget?.worstCase, expected.budget.worstCase);
      compare('RSS', limits?.budget?.rss, expected.budget.rss);
    }
  });
});

function analyzed({ netlist, output, opAmps }: ReferenceCircuit, which: 'known' | 'limits') {
  const directives = Object.entries(opAmps).map(
    ([name, specification]) => `opamp ${name} ${specification[which]}`,
  );
  return analyze(netlist, { directives: [`output ${output}`, ...directives] });
}

function lookUp<T>(
  record: Readonly<Record<string, T>> | null | undefined,
  name: string,
): T | undefined {
  return Object.entries(record ?? {}).find(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  )?.[1];
}
