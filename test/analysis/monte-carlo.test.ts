// Monte Carlo against closed forms of distributions, first-order statistics, and the refined solver sample by sample.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { draw } from '../../src/analysis/monte-carlo/draw.ts';
import { analyze } from '../../src/analyze.ts';
import { interpretedKernel } from '../../src/numeric/kernel/interpreter.ts';
import { BLOCK } from '../../src/numeric/kernel/kernel.ts';
import { PORTION, plainEngine } from '../../src/numeric/sample-engine.ts';
import '../support/close.ts';
import { type ExactElement, netlistOf } from '../support/exact-circuit.ts';
import { randomCircuits } from '../support/random-circuits.ts';
import { toNumber } from '../support/rational.ts';
import {
  BALANCED_FEEDBACK,
  exactOutput,
  factorsOf,
  SPECIMENS,
  type Specimen,
  sampledFrom,
  textOf,
} from '../support/sampled-circuits.ts';
import { SEED } from '../support/seed.ts';

vi.setConfig({ testTimeout: 60_000 });

const COUNT = 40_000;

async function analysed(body: string, request: string) {
  const { result, diagnostics } = await analyze(
    `title\n${body}\n*@ montecarlo ${request}\n*@ output V(out)\n`,
  );
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const codes = diagnostics.map(({ code }) => code);
  return { statistics: result?.statistics ?? null, codes };
}

async function monteCarloOf(body: string, request: string) {
  const { statistics } = await analysed(body, request);
  const nominal = statistics?.corners.find(({ isNominal }) => isNominal);
  if (nominal?.monteCarlo == null) throw new Error('no samples');
  return nominal.monteCarlo;
}

/** 1 V with a tolerance of 10 %, which is the output itself. */
const SOURCE = 'V1 out 0 1\nR1 out 0 1k\n';

/** Five standard deviations of the mean and of the standard deviation of n samples, by their kurtosis. */
function errors(deviation: number, kurtosis: number) {
  return {
    mean: (5 * deviation) / Math.sqrt(COUNT),
    deviation: (5 * deviation * Math.sqrt((kurtosis - 1) / 4)) / Math.sqrt(COUNT),
  };
}

describe('one value', () => {
  // Kurtosis: uniform 9/5, normal 3; of the others below 3.
  it.each([
    ['uniform', '', 0.1 / Math.sqrt(3), 1.8],
    ['normal', '', 0.1 / 3, 3],
    // Variance of a normal distribution cut at 3 sigma: 1 - 6 phi(3)/(2 Phi(3) - 1).
    ['truncated', '', (0.1 / 3) * Math.sqrt(1 - (6 * 0.00443184841) / 0.9973002039), 3],
    // |x| uniform between 1/2 and 1: the mean of x^2 is 7/12.
    ['uniform', ' bin=5%', 0.1 * Math.sqrt(7 / 12), 1.8],
  ])('%s%s', async (distribution, bin, deviation, kurtosis) => {
    const found = await monteCarloOf(
      `${SOURCE}*@ tol V1 10%${bin}`,
      `${COUNT} seed=3 ${distribution}`,
    );
    const spread = errors(deviation, kurtosis);
    expect(found.mean).toBeClose(1, { rel: 0, abs: spread.mean });
    expect(found.standardDeviation).toBeClose(deviation, { rel: 0, abs: spread.deviation });
    expect(found.linearisationGap.largest).toBeLessThan(1e-15);
    if (distribution !== 'normal') {
      expect(found.lowest).toBeGreaterThanOrEqual(0.9);
      expect(found.highest).toBeLessThanOrEqual(1.1);
    }
  });

  it('a bin is empty in the middle', async () => {
    const found = await monteCarloOf(`${SOURCE}*@ tol V1 10% bin=5%`, `${COUNT} truncated`);
    const { edges, counts } = found.histogram;
    const middle = counts.filter((_, k) => edges[k]! >= 0.95 && edges[k + 1]! <= 1.05);
    expect(middle.length).toBeGreaterThan(10);
    expect(middle.every((count) => count === 0)).toBe(true);
  });

  it('limits at other sigma narrow a normal distribution', async () => {
    const body = `${SOURCE}*@ tol V1 10%\n*@ sigma V1 6`;
    const found = await monteCarloOf(body, `${COUNT} normal`);
    const { deviation } = errors(0.1 / 6, 3);
    expect(found.standardDeviation).toBeClose(0.1 / 6, { rel: 0, abs: deviation });
  });

  it('quantiles are those of the distribution, their intervals cover it in 95 % of all runs', async () => {
    const runs = 40;
    let [covered, all] = [0, 0];
    for (let seed = 1; seed <= runs; seed++) {
      const { quantiles } = await monteCarloOf(`${SOURCE}*@ tol V1 10%`, `8000 seed=${seed}`);
      for (const { probability, low, high, value } of quantiles) {
        const exact = 0.9 + 0.2 * probability;
        if (low! <= exact && exact <= high!) covered++;
        all++;
        expect(value).toBeClose(exact, { rel: 0, abs: 5e-3 });
      }
    }
    expect(all).toBe(5 * runs);
    expect(covered / all).toBeGreaterThan(0.95 - 5 * Math.sqrt((0.95 * 0.05) / all));
  });

  it('the yield is the share within the limits of the expectations', async () => {
    const body = `${SOURCE}*@ tol V1 10%\n*@ expect V(out) <= 1.05\n*@ expect |VOE| <= 80m`;
    const { yield: good } = await monteCarloOf(body, `${COUNT}`);
    expect(good?.limits.low).toBeClose(0.92, { rel: 1e-12, abs: 0 });
    expect(good?.limits.high).toBe(1.05);
    const share = 0.65; // from 0.92 to 1.05 of 0.9 to 1.1
    expect(good?.fraction).toBeClose(share, {
      rel: 0,
      abs: 5 * Math.sqrt((share * (1 - share)) / COUNT),
    });
    expect(good!.low).toBeLessThan(good!.fraction);
    expect(good!.high).toBeGreaterThan(good!.fraction);
  });

  // The output is uniform from 0.9 V to 1.1 V, ideally 1 V.
  it.each([
    ['V(out) = 0.95..1.07', 0.95, 1.07],
    ['VOE = -20m..50m', 0.98, 1.05],
    ['VOE = -10m..40m abs 10m', 0.98, 1.05],
    ['V(out) = 1 rel 4%', 0.96, 1.04],
    ['V(out) = 1.02 abs 30m', 0.99, 1.05],
    ['VOE = 0 abs 30m', 0.97, 1.03],
    ['|VOE| = 0..30m', 0.97, 1.03],
    ['V(out) <= 1 rel 5%', 0.9, 1.05],
  ])('both ends bound the yield of %s', async (expectation, low, high) => {
    const body = `${SOURCE}*@ tol V1 10%\n*@ expect ${expectation}`;
    const { yield: good } = await monteCarloOf(body, `${COUNT}`);
    const share = (high - low) / 0.2;
    expect(good?.fraction).toBeClose(share, {
      rel: 0,
      abs: 5 * Math.sqrt((share * (1 - share)) / COUNT),
    });
    expect(good?.limits.high).toBeClose(high, { rel: 1e-12, abs: 0 });
  });

  it.each(['V(out) = 1', '|VOE| >= 1m', '|V(out)| = 0.95..1.05'])(
    'no single interval: no yield of %s',
    async (expectation) => {
      const body = `${SOURCE}*@ tol V1 10%\n*@ expect ${expectation}`;
      expect((await monteCarloOf(body, '1000')).yield).toBeNull();
    },
  );

  it('formulas bound no yield', async () => {
    const body = `${SOURCE}*@ tol V1 10%\n*@ expect V(out) <= R1/900`;
    expect((await monteCarloOf(body, '1000')).yield).toBeNull();
  });
});

describe('values together', () => {
  const DIVIDER = 'V1 in 0 1\nR1 in out 1k\nR2 out 0 1k\n';

  it('matched resistors have their lot in common', async () => {
    const found = await monteCarloOf(`${DIVIDER}*@ tol R* 10%\n*@ match R1 R2 0%`, '1000');
    expect(found.highest - found.lowest).toBeLessThan(1e-15);
    const loose = await monteCarloOf(`${DIVIDER}*@ tol R* 10%`, '1000');
    expect(loose.highest - loose.lowest).toBeGreaterThan(0.05);
  });

  it('the mismatch in a lot is independent', async () => {
    const body = `${DIVIDER}*@ tol R* 10%\n*@ match R1 R2 0.2%`;
    const found = await monteCarloOf(body, `${COUNT}`);
    // V = 1/2 + (u_2 - u_1)/4 of two uniform u of 0.1 %
    const deviation = 1e-3 / Math.sqrt(3) / Math.sqrt(8);
    const { deviation: spread } = errors(deviation, 3);
    expect(found.standardDeviation).toBeClose(deviation, { rel: 0, abs: spread });
  });

  it('two op amps have offsets of their own', async () => {
    const body = `V1 p 0 0
XU1 p a a OPAMP
XU2 a out out OPAMP
.subckt OPAMP p m o
E1 o 0 p m 1e9
.ends
*@ opamp X* vos=+-1m aol=inf`;
    const found = await monteCarloOf(body, `${COUNT}`);
    const deviation = 1e-3 * Math.sqrt(2 / 3);
    const { deviation: spread } = errors(deviation, 3);
    expect(found.standardDeviation).toBeClose(deviation, { rel: 0, abs: spread });
  });

  it('a temperature moves what has a coefficient', async () => {
    const body = `V1 in 0 1\nR1 in out 1k\nR2 out 0 1k\n*@ tol R2 0% tc=1000ppm\n*@ tol R1 1ppm\n*@ temp 25 0..125`;
    const { statistics } = await analysed(body, '1000');
    const corners = statistics?.corners ?? [];
    expect(corners.map(({ temperature }) => temperature)).toEqual([0, 25, 125]);
    corners.forEach(({ temperature, monteCarlo, rss, extremes }) => {
      const r2 = 1 + 1e-3 * (temperature! - 25);
      const exact = r2 / (1 + r2);
      expect(monteCarlo?.mean).toBeClose(exact, { rel: 1e-6, abs: 0 });
      expect((rss.low + rss.high) / 2).toBeClose(exact, { rel: 1e-9, abs: 0 });
      expect(extremes?.low?.value).toBeLessThan(monteCarlo!.lowest);
      expect(extremes?.high?.value).toBeGreaterThan(monteCarlo!.highest);
    });
  });
});

describe('first order', () => {
  /** A difference amplifier at `part` of tolerance. */
  const at = async (part: string, distribution: string) => {
    const { statistics } = await analysed(
      textOf(SPECIMENS[0]!, part).replace('*@ output V(out)\n', '').replace('.end\n', ''),
      `${COUNT} ${distribution}`,
    );
    const [corner] = statistics!.corners;
    const { rss } = corner!;
    return { ...corner!.monteCarlo!, sigma: (rss.high - rss.low) / 2 / rss.sigma };
  };

  it('RSS is what the samples have as tolerances go to zero', async () => {
    const { standardDeviation, sigma, linearisationGap } = await at('10ppm', 'normal');
    const { deviation } = errors(1, 3);
    expect(standardDeviation / sigma).toBeClose(1, { rel: 0, abs: deviation + 1e-5 });
    expect(linearisationGap.largest).toBeLessThan(sigma * 1e-3);
  });

  it('what it misses is quadratic in the tolerances', async () => {
    const [wide, narrow] = [await at('1%', 'uniform'), await at('0.1%', 'uniform')];
    const ratio = wide.linearisationGap.rms / narrow.linearisationGap.rms;
    expect(ratio).toBeClose(100, { rel: 0.05, abs: 0 });
  });
});

describe('samples', () => {
  const specimen = SPECIMENS[1]!;
  const none = () => Number.NaN;
  const hash = (samples: Float64Array) =>
    createHash('sha256').update(new Uint8Array(samples.buffer)).digest('hex').slice(0, 16);

  // The bits of the seeded runs. The kernels must agree in them, and each sample with its exact solution.
  it.each([
    ['uniform', '96591a37b01d9877'],
    ['normal', '2dcf6d8630567376'],
    ['truncated', '169cdaea04be768e'],
  ] as const)('%s: the same bits on every machine and by every kernel', (distribution, bits) => {
    const sampled = sampledFrom(textOf(specimen, '1%'), distribution);
    const { samples } = draw(sampled, { samples: PORTION + 1000, seed: 42, solve: none });
    expect(hash(samples)).toBe(bits);
    const { shapes, code } = sampled;
    const engine = plainEngine(code, { shapes, kernel: interpretedKernel(code) });
    const again = draw(sampled, { samples: PORTION + 1000, seed: 42, solve: none, engine });
    expect(hash(again.samples)).toBe(bits);
    engine.begin(42, 1);
    engine.next();
    factorsOf(sampled, engine.inputs)
      .slice(0, 20)
      .forEach((factors, i) => {
        const exact = toNumber(exactOutput(specimen, factors));
        expect(samples[PORTION + i]).toBeClose(exact, { rel: 1e-11, abs: 0 });
      });
  });

  it('begin alike however many there are, and differ by seed', () => {
    const sampled = sampledFrom(textOf(specimen, '1%'), 'normal');
    const of = (samples: number, seed: number) =>
      draw(sampled, { samples, seed, solve: none }).samples;
    expect(of(3 * BLOCK, 1).subarray(0, 200)).toEqual(of(200, 1));
    expect(of(200, 1)).not.toEqual(of(200, 2));
  });
});

describe('near a pole', () => {
  const specimen = BALANCED_FEEDBACK;
  const text = textOf(specimen, '2%').replace('*@ output V(out)\n', '').replace('.end\n', '');

  /** beta_M - beta_P + 1/A */
  const feedback = (factors: ReadonlyMap<string, number>) => {
    const r = (name: string) =>
      factors.get(name)! *
      (specimen.elements.find((at) => at.name === name) as { value: number }).value;
    return r('R1') / (r('R1') + r('R2')) - r('R3') / (r('R3') + r('R4')) + 1e-6;
  };

  it('samples whose pivots collapse are solved again, and those that latch are counted', async () => {
    const sampled = sampledFrom(textOf(specimen, '2%'), 'uniform');
    const engine = plainEngine(sampled.code, { shapes: sampled.shapes });
    let latched = 0;
    const count = 20 * BLOCK;
    engine.begin(1, 0);
    for (let start = 0; start < count; start += BLOCK) {
      engine.next();
      latched += factorsOf(sampled, engine.inputs).filter((at) => feedback(at) < 0).length;
    }
    expect(latched).toBeGreaterThan(count / 50);
    const { statistics, codes } = await analysed(text, `${count} seed=1`);
    const found = statistics!.corners[0]!.monteCarlo!;
    expect(found.latched).toBe(latched);
    expect(found.solvedAgain).toBeGreaterThan(latched);
    expect(codes).toContain('latched_samples');
    expect(statistics!.corners[0]!.extremes?.status).toBe('pole_in_box');
  });

  it('what is solved again is exact', () => {
    const sampled = sampledFrom(textOf(specimen, '2%'), 'uniform');
    const engine = plainEngine(sampled.code, { shapes: sampled.shapes });
    const seen: (readonly number[])[] = [];
    const { samples } = draw(sampled, {
      samples: BLOCK,
      seed: 1,
      solve: (values) => {
        seen.push(values);
        return 1e9;
      },
    });
    engine.begin(1, 0);
    engine.next();
    const factors = factorsOf(sampled, engine.inputs);
    expect(seen.length).toBeGreaterThan(0);
    samples.forEach((sample, i) => {
      if (sample === 1e9) {
        expect(seen).toContainEqual([...factors[i]!.values()]);
      } else {
        const exact = toNumber(exactOutput(specimen, factors[i]!));
        expect(sample).toBeClose(exact, { rel: 1e-11, abs: 0 });
      }
    });
  });
});

describe('random op amp networks', () => {
  it('no sample leaves the proven extremes', async () => {
    let proven = 0;
    await fc.assert(
      fc.asyncProperty(
        randomCircuits({ resistance: { low: 1, high: 5 }, maximumOpAmps: 3, wild: false }),
        async ({ elements, output }) => {
          const lines = elements
            .filter(({ kind }) => kind === 'R' || kind === 'V')
            .map(({ name }) => `*@ tol ${name} 2%`);
          const netlist = netlistOf(elements, { output: `V(${output.join(',')})` });
          const text = [netlist.replace('.end\n', ''), ...lines, '*@ montecarlo 300'].join('\n');
          const { result } = await analyze(`${text}\n`);
          const corner = result?.statistics?.corners[0];
          if (corner?.extremes?.status !== 'proven' || corner.monteCarlo === null) return;
          const { low, high } = corner.extremes;
          const margin = 1e-9 * Math.max(Math.abs(low!.value), Math.abs(high!.value));
          expect(corner.monteCarlo.lowest).toBeGreaterThanOrEqual(low!.value - margin);
          expect(corner.monteCarlo.highest).toBeLessThanOrEqual(high!.value + margin);
          proven++;
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
    expect(proven).toBeGreaterThan(20);
  });
});

describe('a large circuit', () => {
  // 500 sections of a ladder between two dividers: more unknowns than are eliminated sample by sample.
  const SECTIONS = 500;
  const LADDER: Specimen = {
    name: 'ladder',
    elements: [
      { name: 'V1', kind: 'V', nodes: ['n0', '0'], value: 1 },
      ...Array.from({ length: SECTIONS }, (_, k): ExactElement => {
        const nodes: [string, string] = [`n${k}`, k === SECTIONS - 1 ? 'out' : `n${k + 1}`];
        return { name: `R${k}`, kind: 'R', nodes, value: 10 };
      }),
      { name: 'RL', kind: 'R', nodes: ['out', '0'], value: 5000 },
    ],
  };

  it('is reduced to the ports of what varies', () => {
    const names = ['R7', 'R100', 'RL'];
    const text = textOf(LADDER, '0%').replace('*@ tol R* 0%\n', '');
    const sampled = sampledFrom(
      `${text.replace('.end\n', '')}${names.map((name) => `*@ tol ${name} 20%\n`).join('')}`,
      'uniform',
    );
    expect(sampled.code.operations.length).toBeLessThan(100);
    const engine = plainEngine(sampled.code, { shapes: sampled.shapes });
    engine.begin(1, 0);
    engine.next();
    factorsOf(sampled, engine.inputs).forEach((factors, i) => {
      const f = (name: string) => factors.get(name) ?? Number.NaN;
      const load = 5000 * f('RL');
      const series = 10 * (SECTIONS - 2 + f('R7') + f('R100'));
      expect(engine.outputs[i]).toBeClose(load / (series + load), { rel: 1e-12, abs: 0 });
    });
  });
});

describe('without samples', () => {
  it.each([
    ['no output', 'V1 a 0 1\nR1 a 0 1k\n*@ tol R1 1%'],
    ['nothing varies', SOURCE],
    ['non-linear', `${SOURCE}D1 out 0 DX\n.model DX D\n*@ tol R1 1%`],
  ])('%s: a warning says so', async (name, body) => {
    const text = name === 'no output' ? '' : '*@ output V(out)\n';
    const { result, diagnostics } = await analyze(`title\n${body}\n*@ montecarlo 100\n${text}`);
    expect(result?.statistics).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toContain('no_samples');
  });
});
