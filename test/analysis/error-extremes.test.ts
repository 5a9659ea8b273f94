// The extremes of the error over tolerances and ranges together: random op amp networks against all corners in exact
// rationals, a source that has both a tolerance and a range among them; then an amplifier worked out by hand.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { MOST_RANGES } from '../../src/analysis/error-extremes.ts';
import { analyze } from '../../src/analyze.ts';
import { cornerNetlist } from '../../src/report/corner-netlist.ts';
import '../support/close.ts';
import { type ExactElement, ExactSystem, netlistOf } from '../support/exact-circuit.ts';
import { type RandomCircuit, randomCircuits } from '../support/random-circuits.ts';
import { add, toNumber } from '../support/rational.ts';
import { SEED } from '../support/seed.ts';

vi.setConfig({ testTimeout: 60_000 });

const PART = 0.01;

interface Used extends RandomCircuit {
  /** Elements with a tolerance. */
  readonly loose: readonly string[];
  readonly ranges: ReadonlyMap<string, readonly [number, number]>;
}

const used = fc
  .record({
    circuit: randomCircuits({ resistance: { low: 1, high: 5 }, maximumOpAmps: 2, wild: false }),
    first: fc.nat({ max: 10 }),
    count: fc.integer({ min: 1, max: 4 }),
    ends: fc.tuple(
      ...[-5, -0.5].map((low) => fc.constantFrom<[number, number]>([low, 1], [low, 7], [2, 3])),
    ),
  })
  .map(({ circuit, first, count, ends }): Used => {
    const sources = circuit.elements.filter(({ kind }) => kind === 'V' || kind === 'I');
    const others = circuit.elements.filter(({ kind }) => kind === 'R');
    const turned = [...others.slice(first % others.length), ...others.slice(0, first)];
    const ranges = sources
      .slice(0, 2)
      .map(({ name }, i) => [name, ends[i] ?? ([0, 1] as const)] as const);
    const loose = [...sources.slice(0, 1), ...turned.slice(0, count)].map(({ name }) => name);
    return { ...circuit, loose: [...new Set(loose)], ranges: new Map(ranges) };
  });

/** The output in exact rationals, with some values times a factor and others replaced. */
function outputOf(
  { elements, output }: RandomCircuit,
  {
    network,
    factors,
    sources,
  }: {
    network: 'ideal' | 'finite';
    factors: ReadonlyMap<string, number>;
    sources: ReadonlyMap<string, number>;
  },
): number {
  const there = elements.map((element): ExactElement => {
    if (!('value' in element)) return element;
    const value = sources.get(element.name) ?? element.value;
    return { ...element, value: value * (factors.get(element.name) ?? 1) };
  });
  const system = new ExactSystem(there, network);
  const errors = network === 'ideal' ? [] : system.errors();
  const b = system
    .sources()
    .map((source, i) => (errors[i] === undefined ? source : add(source, errors[i])));
  const [x] = system.solve([b]) ?? [];
  if (x === undefined) throw new Error('a singular corner');
  return toNumber(x.at(system.node(output[0]), system.node(output[1])));
}

function combinations<T>(choices: readonly (readonly T[])[]): T[][] {
  return choices.reduce<T[][]>(
    (all, options) => all.flatMap((one) => options.map((option) => [...one, option])),
    [[]],
  );
}

/** The error in every corner, and the ideal output there, whose rounding both sides have. */
function errorsOf(circuit: Used): { error: number; ideal: number }[] {
  const names = [...circuit.ranges.keys()];
  return combinations([...circuit.ranges.values()]).flatMap((values) => {
    const sources = new Map(names.map((name, i) => [name, values[i]!]));
    const ideal = outputOf(circuit, { network: 'ideal', factors: new Map(), sources });
    return combinations(circuit.loose.map(() => [1 - PART, 1 + PART])).map((ends) => {
      const factors = new Map(circuit.loose.map((name, i) => [name, ends[i]!]));
      const output = outputOf(circuit, { network: 'finite', factors, sources });
      return { error: output - ideal, ideal };
    });
  });
}

describe('the largest error over tolerances and ranges', () => {
  it('is that of all corners of random networks', async () => {
    let proven = 0;
    await fc.assert(
      fc.asyncProperty(used, async (circuit) => {
        const lines = [
          ...circuit.loose.map((name) => `*@ tol ${name} ${PART * 100}%`),
          ...[...circuit.ranges].map(([name, [low, high]]) => `*@ range ${name} ${low} ${high}`),
        ];
        const netlist = netlistOf(circuit.elements, { output: `V(${circuit.output.join(',')})` });
        const { status, result } = await analyze(`${netlist}\n${lines.join('\n')}\n`);
        const found = result?.errorExtremes;
        if (status !== 'ok' || found?.status !== 'proven') return;
        proven += 1;
        const corners = errorsOf(circuit);
        const errors = corners.map(({ error }) => error);
        const size = Math.max(
          ...corners.map(({ error, ideal }) => Math.abs(error) + Math.abs(ideal)),
        );
        const close = { rel: 1e-11, abs: 1e-12 * size };
        expect(found.high?.value).toBeClose(Math.max(...errors), close);
        expect(found.low?.value).toBeClose(Math.min(...errors), close);
      }),
      { seed: SEED, numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
    expect(proven).toBeGreaterThan(15);
  });

  // V_OUT = -R2/R1 V_IN + V_OS (1 + R2/R1), ideally -10 V_IN: with R2/R1 between 9.9/1.01 and 10.1/0.99 the error is
  // -(R2/R1 - 10) V_IN + ...; the largest at V_IN = -1 V with R2/R1 = 10.1/0.99 and V_OS = 1 mV.
  const INVERTING = `inverting
VIN in 0 0.1
R1 in m 1k
R2 m out 10k
XU1 0 m out AMP
*@ opamp XU1 pins=+,-,out vos=+-1m
*@ output V(out)
*@ tol R1 1%
*@ tol R2 1%
`;
  const [most, least] = [10.1 / 0.99, 9.9 / 1.01];

  it('takes every source at the end of its range', async () => {
    const { result } = await analyze(`${INVERTING}*@ range VIN -1 0.5\n`);
    const { errorExtremes: found } = result!;
    expect(found?.status).toBe('proven');
    expect(found?.high?.value).toBeClose(most - 10 + 1e-3 * (1 + most), { rel: 1e-12, abs: 0 });
    // The ratio below 10 at -1 V, or above it at 0.5 V: -0.1980 and -0.1010, both less 1 mV (1 + R2/R1).
    expect(found?.low?.value).toBeClose(least - 10 - 1e-3 * (1 + least), { rel: 1e-12, abs: 0 });
    const values = [...found!.high!.corner].map(([variation, value]) =>
      variation.kind === 'source' ? value : undefined,
    );
    expect(values.filter((value) => value !== undefined)).toEqual([-1]);
  });

  it('has a source with a tolerance at the end of its range times that', async () => {
    const { result } = await analyze(`${INVERTING}*@ range VIN 0 2\n*@ tol VIN 5%\n`);
    // V_IN = 2.1 V counts as 2 V of an ideal source.
    expect(result?.errorExtremes?.low?.value).toBeClose(20 - 2.1 * most - 1e-3 * (1 + most), {
      rel: 1e-12,
      abs: 0,
    });
  });

  it('writes its corner as a netlist that has this error', async () => {
    const analysis = await analyze(`${INVERTING}*@ range VIN -1 0.5\n`);
    const text = cornerNetlist(analysis, 'error-high');
    const again = await analyze(text ?? '');
    expect(again.result?.operatingPoint?.output).toBeClose(
      10 + (analysis.result?.errorExtremes?.high?.value ?? Number.NaN),
      { rel: 1e-12, abs: 0 },
    );
  });

  it('is not searched without a range, and said to be left out with too many', async () => {
    expect((await analyze(INVERTING)).result?.errorExtremes).toBeNull();
    const many = Array.from(
      { length: MOST_RANGES + 1 },
      (_, i) => `V${i} n${i} 0 1\nRN${i} n${i} m 1k`,
    );
    const ranges = many.map((_, i) => `*@ range V${i} 0 1`);
    const { result, diagnostics } = await analyze(
      `${INVERTING}${[...many, ...ranges].join('\n')}\n`,
    );
    expect(result?.extremes).not.toBeNull();
    expect(result?.errorExtremes).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toContain('largest_error_not_searched');
  });
});
