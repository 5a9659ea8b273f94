// The extremes over all tolerances. Random op amp networks against all vertices: a dense elimination of our own looks at
// every one of them, and the best are solved again in exact rationals. Then circuits with closed forms and known traps.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analyze.ts';
import '../support/close.ts';
import { type ExactElement, ExactSystem, netlistOf } from '../support/exact-circuit.ts';
import { type RandomCircuit, randomCircuits } from '../support/random-circuits.ts';
import { add, toNumber } from '../support/rational.ts';
import { SEED } from '../support/seed.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Elements with a tolerance, at most. */
const MOST = 12;
const REL = 1e-12;

async function extremesOf(text: string, options: AnalyzeOptions = {}) {
  const { result, diagnostics } = await analyze(text, options);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return result?.extremes ?? null;
}

interface Toleranced extends RandomCircuit {
  readonly part: number;
  readonly names: readonly string[];
}

const toleranced = fc
  .record({
    circuit: randomCircuits({ resistance: { low: 1, high: 5 }, maximumOpAmps: 3, wild: false }),
    part: fc.constantFrom(0.001, 0.01, 0.05, 0.3, 0.9),
    first: fc.nat({ max: 10 }),
    count: fc.integer({ min: 2, max: MOST }),
  })
  .map(({ circuit, part, first, count }): Toleranced => {
    const all = circuit.elements.filter(({ kind }) => kind !== 'opAmp').map(({ name }) => name);
    const turned = [...all.slice(first % all.length), ...all.slice(0, first % all.length)];
    return { ...circuit, part, names: turned.slice(0, count) };
  });

function at(elements: readonly ExactElement[], factors: ReadonlyMap<string, number>) {
  return elements.map((element): ExactElement => {
    const factor = factors.get(element.name) ?? 1;
    if ('value' in element) return { ...element, value: element.value * factor };
    return 'gain' in element ? { ...element, gain: element.gain * factor } : element;
  });
}

/** M and b of the network (rounded) with some values times a factor. */
function equations(elements: readonly ExactElement[], factors: ReadonlyMap<string, number>) {
  const system = new ExactSystem(at(elements, factors), 'finite');
  const errors = system.errors();
  const b = system.sources().map((source, i) => toNumber(add(source, errors[i]!)));
  return { system, rows: system.rounded.map((row, i) => [...row, b[i]!]) };
}

/** All vertices: the sign of the determinant, and the output in doubles; an element's stamp is a sum of its own. */
function vertices({ elements, names, part, output }: Toleranced) {
  const { system, rows: nominal } = equations(elements, new Map());
  const stamps = names.map((name) =>
    [1 - part, 1 + part].map((factor) => {
      const { rows } = equations(elements, new Map([[name, factor]]));
      return rows.map((row, i) => row.map((value, j) => value - nominal[i]![j]!));
    }),
  );
  const [plus, minus] = output.map((node) => system.node(node)) as [number, number];
  return Array.from({ length: 2 ** names.length }, (_, bits) => {
    const ends = names.map((_name, k) => (bits >> k) & 1);
    const rows = nominal.map((row, i) =>
      row.map((value, j) => ends.reduce((sum, end, k) => sum + stamps[k]![end]![i]![j]!, value)),
    );
    const { determinant, x } = eliminated(rows);
    const factors = new Map(names.map((name, k) => [name, ends[k] ? 1 + part : 1 - part]));
    return { factors, determinant, value: (x[plus] ?? 0) - (x[minus] ?? 0) };
  });
}

/** M x = b by Gauss-Jordan with row pivoting; rows are M and b side by side. */
function eliminated(rows: number[][]): { determinant: number; x: number[] } {
  const n = rows.length;
  let determinant = 1;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
    }
    const pivotRow = rows[best]!;
    if (best !== k) {
      rows[best] = rows[k]!;
      rows[k] = pivotRow;
      determinant = -determinant;
    }
    const pivot = pivotRow[k]!;
    determinant *= pivot;
    if (pivot === 0) break;
    for (let i = 0; i < n; i++) {
      const factor = i === k ? 0 : rows[i]![k]! / pivot;
      if (factor === 0) continue;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * pivotRow[j]!;
    }
  }
  return { determinant, x: rows.map((row, i) => row[n]! / row[i]!) };
}

function exactly({ elements, output }: Toleranced, factors: ReadonlyMap<string, number>): number {
  const system = new ExactSystem(at(elements, factors), 'finite');
  const sources = system.sources();
  const errors = system.errors();
  const [x] = system.solve([sources.map((source, i) => add(source, errors[i]!))]) ?? [];
  if (x === undefined) throw new Error('a singular vertex');
  return toNumber(x.at(system.node(output[0]), system.node(output[1])));
}

describe('random op amp networks', () => {
  it('the extremes are those of all vertices, to 1e-12; a pole is found exactly where the sign changes', async () => {
    let proven = 0;
    await fc.assert(
      fc.asyncProperty(toleranced, async (circuit) => {
        const tol = circuit.names.map((name) => `*@ tol ${name} ${circuit.part * 100}%`);
        const netlist = netlistOf(circuit.elements, { output: `V(${circuit.output.join(',')})` });
        const { status, result } = await analyze(`${netlist}\n${tol.join('\n')}\n`);
        if (status !== 'ok' && status !== 'unstable_dc') return;
        const extremes = result?.extremes;
        if (extremes === null || extremes === undefined) return;
        const all = vertices(circuit);
        const signs = new Set(all.map(({ determinant }) => Math.sign(determinant)));
        const sizes = all.map(({ determinant }) => Math.abs(determinant));
        // A vertex on the pole but for rounding is neither.
        if (Math.min(...sizes) < 1e-9 * Math.max(...sizes)) return;
        expect(extremes.status).toBe(signs.size > 1 ? 'pole_in_box' : 'proven');
        if (extremes.status === 'pole_in_box') return;
        proven += 1;
        const values = all.map(({ value }) => value);
        const size = Math.max(...values.map(Math.abs));
        for (const [side, best] of [
          ['low', Math.min(...values)],
          ['high', Math.max(...values)],
        ] as const) {
          // The enumeration is in doubles: the true extreme is one of the nearest few.
          const distance = ({ value }: { value: number }) => Math.abs(value - best);
          const near = all.toSorted((a, b) => distance(a) - distance(b)).slice(0, 4);
          const exact = near.map(({ factors }) => exactly(circuit, factors));
          const truth = side === 'low' ? Math.min(...exact) : Math.max(...exact);
          expect(extremes[side]?.value, side).toBeClose(truth, { rel: REL, abs: REL * size });
        }
      }),
      { seed: SEED, numRuns: 80, interruptAfterTimeLimit: 20_000 },
    );
    // The property must not be true for want of circuits.
    expect(proven).toBeGreaterThan(20);
  });
});

describe('stages in a row', () => {
  // Gains of -RB/RA between -1.2/0.8 and -0.8/1.2: their product has no slope that is certain on the whole box, and of its
  // 2^20 vertices the search would see too many. The finite gain takes 1 + RB/RA of 1/A_OL from each.
  it('of 20 loose resistors are proven by all their vertices', async () => {
    const stages = Array.from(
      { length: 10 },
      (_, k) => `RA${k} s${k} m${k} 1k
RB${k} m${k} s${k + 1} 1k
XU${k} 0 m${k} s${k + 1} OP
*@ opamp XU${k} pins=+,-,out aol=1e6`,
    );
    const extremes = await extremesOf(`cascade
V1 s0 0 1
${stages.join('\n')}
*@ output V(s10)
*@ tol R* 20%
`);
    expect(extremes?.status).toBe('proven');
    expect(extremes?.high?.value).toBeClose(1.5 ** 10 * (1 - 2.5e-6) ** 10, { rel: 1e-9, abs: 0 });
    const least = (2 / 3) ** 10 * (1 - 5e-6 / 3) ** 10;
    expect(extremes?.low?.value).toBeClose(least, { rel: 1e-9, abs: 0 });
  });
});

describe('known traps', () => {
  it('one pass along the nominal slopes misses the maximum of this bridge', async () => {
    const extremes = await extremesOf(`bridge, theory 3.2
V1 in 0 1
R1 in a 10k
R2 a 0 10k
R3 in b 10k
R4 b 0 10.1k
R5 a b 2k
*@ tol R1 5%
*@ tol R2 5%
*@ tol R5 5%
*@ output V(a)
`);
    expect(extremes?.status).toBe('proven');
    // one pass ends at 0.515574442315624
    expect(extremes?.high?.value).toBeClose(0.515730077477191, { rel: 1e-14, abs: 0 });
    const corner = new Map(
      [...(extremes?.high?.corner ?? [])].map(([variation, value]) => [
        variation.kind === 'element' ? variation.element.name : '',
        value,
      ]),
    );
    expect(corner).toEqual(
      new Map([
        ['R1', 0.95],
        ['R2', 1.05],
        ['R5', 1.05],
      ]),
    );
  });

  const howland = (part: number, load: string) => `Howland current pump
VP p 0 1
R1 0 m 10k
R2 m o 10k
R3 p l 10k
R4 o l 10k
RL l 0 ${load}
XU1 l m o AMP
*@ opamp XU1 pins=+,-,out
*@ tol R1 ${part}%
*@ tol R2 ${part}%
*@ tol R3 ${part}%
*@ tol R4 ${part}%
*@ output V(l)
`;

  it('a Howland pump with a high load and loose resistors has a pole in the box, and its elements are named', async () => {
    const extremes = await extremesOf(howland(0.1, '100Meg'));
    expect(extremes).toMatchObject({ status: 'pole_in_box', low: null, high: null });
    // With R1 R4 < R2 R3 the feedback turns over; every pair of them suffices for that.
    expect(extremes?.crossing.length).toBeGreaterThan(0);
    for (const name of extremes?.crossing ?? []) expect(['R1', 'R2', 'R3', 'R4']).toContain(name);
  });

  // With 1 Meg the feedback turns over where R2 R3/(R1 R4) exceeds 1 + R3/RL, 1.01 at the nominal R3 and 0.000004 more
  // at this gain: R1 or R4 at -1 % alone (1.0101), R2 at 1 % (1.01) and R3 at 1 % (1.01 of 1.0101) only together.
  it.each([
    [{ R1: 1, R2: 1, R3: 1, R4: 1 }, ['R1', 'R2', 'R3', 'R4']],
    [{ R1: 1, R2: 0.2, R3: 0.2, R4: 0.2 }, ['R1']],
    [{ R2: 1, R3: 1 }, ['R2', 'R3']],
    // 1.003^4 = 1.0121 exceeds 1.01003, 1.003^3 = 1.0090 does not
    [{ R1: 0.3, R2: 0.3, R3: 0.3, R4: 0.3 }, ['R1', 'R2', 'R3', 'R4']],
  ])('what can take part in crossing a pole is named: %j', async (tolerances, names) => {
    const lines = Object.entries(tolerances).map(([name, part]) => `*@ tol ${name} ${part}%\n`);
    const extremes = await extremesOf(`Howland current pump
VIN in 0 1
R1 0 m 10k
R2 m o 10k
R3 in l 10k
R4 l o 10k
RL l 0 1meg
E1 o 0 l m 1e6
*@ output I(RL)
${lines.join('')}`);
    expect(extremes).toMatchObject({ status: 'pole_in_box', crossing: names });
  });

  it('a Howland pump with a low load has none', async () => {
    const extremes = await extremesOf(howland(5, '500'));
    expect(extremes?.status).toBe('proven');
    // V_L = V_P / (1 + R3/RL - R2 R3/(R1 R4)), at the corners with the largest and the smallest R3/RL - R2 R3/(R1 R4)
    const at = (r1: number, r2: number, r3: number, r4: number) =>
      1 / (1 + (r3 * 10e3) / 500 - (r2 * r3) / (r1 * r4));
    const [l, h] = [0.95, 1.05];
    const values = [l, h].flatMap((a) =>
      [l, h].flatMap((b) => [l, h].flatMap((c) => [l, h].map((d) => at(a, b, c, d)))),
    );
    expect(extremes?.low?.value).toBeClose(Math.min(...values), { rel: 1e-13, abs: 0 });
    expect(extremes?.high?.value).toBeClose(Math.max(...values), { rel: 1e-13, abs: 0 });
  });

  it.each([
    [1, 0.01],
    [10, 0.001],
    [100, 0.05],
  ])('the worst common-mode gain of a difference amplifier: G = %d, t = %d', async (gain, t) => {
    const r = 1e3;
    const extremes = await extremesOf(`theory 3.2
VCM c 0 1
R1 c m ${r}
R2 m o ${r * gain}
R3 c p ${r}
R4 p 0 ${r * gain}
XU1 p m o AMP
*@ opamp XU1 pins=+,-,out
*@ tol R* ${100 * t}%
*@ output V(o)
`);
    const worst = (4 * t * gain) / ((1 - t) * (1 + t + gain * (1 - t)));
    expect(extremes?.status).toBe('proven');
    const found = Math.max(-(extremes?.low?.value ?? 0), extremes?.high?.value ?? 0);
    expect(found).toBeClose(worst, { rel: 1e-12, abs: 0 });
  });

  it('a current through a resistor with a tolerance', async () => {
    const extremes = await extremesOf(`divider
V1 a 0 1
R1 a b 1k
R2 b 0 3k
*@ tol R* 10%
*@ output I(R2)
`);
    expect(extremes?.low?.value).toBeClose(1 / 4400, { rel: 1e-15, abs: 0 });
    expect(extremes?.high?.value).toBeClose(1 / 3600, { rel: 1e-15, abs: 0 });
  });

  it('open-loop gain, rejections, offset and bias currents together: a buffer', async () => {
    const extremes = await extremesOf(`V_OUT (1 + a - c/2) = (1 + c/2) V_P + V_OS
VDD d 0 5
VIN in 0 1
RS in p 1k
XU1 p o d 0 o AMP
*@ opamp XU1 pins=+,-,V+,V-,out vos=+-2m aol>=1k cmrr>=500 ib=+-1u vout0=0
*@ output V(o)
`);
    const out = (a: number, c: number, vos: number, ib: number) =>
      ((1 + c / 2) * (1 - 1e3 * ib) + vos) / (1 + a - c / 2);
    expect(extremes?.status).toBe('proven');
    expect(extremes?.low?.value).toBeClose(out(1e-3, -2e-3, -2e-3, 1e-6), { rel: 1e-14, abs: 0 });
    expect(extremes?.high?.value).toBeClose(out(0, 2e-3, 2e-3, -1e-6), { rel: 1e-14, abs: 0 });
  });
});

describe('what moves together', () => {
  it('temperature coefficients count at the ends of the range', async () => {
    const extremes = await extremesOf(`divider
V1 a 0 1
R1 a b 1k
R2 b 0 3k
*@ tol R1 1% tc=+-100ppm
*@ tol R2 tc=+-50ppm
*@ temp 25 -35..125
*@ output V(b)
`);
    const ratio = (r1: number, r2: number) => r2 / (r1 + r2);
    const [high, low] = [1.01 * 1.01, 0.99 * 0.99];
    expect(extremes?.status).toBe('proven');
    expect(extremes?.low?.value).toBeClose(ratio(high, 3 * 0.995), { rel: 1e-14, abs: 0 });
    expect(extremes?.high?.value).toBeClose(ratio(low, 3 * 1.005), { rel: 1e-14, abs: 0 });
    expect(extremes?.high?.scenario.temperature).toBe(125);
  });

  it('a known coefficient moves the value with the temperature, and between its ends nothing is proven', async () => {
    const extremes = await extremesOf(`divider
V1 a 0 1
R1 a b 1k tc1=1m
R2 b 0 1k
*@ temp 27 -73..77
*@ output V(b)
`);
    expect(extremes?.status).toBe('bounded');
    expect(extremes?.low?.value).toBeClose(1 / 2.05, { rel: 1e-14, abs: 0 });
    expect(extremes?.high?.value).toBeClose(1 / 1.9, { rel: 1e-14, abs: 0 });
    expect(extremes?.bounds?.low).toBeClose(1 / 2.05, { rel: 1e-9, abs: 0 });
    expect(extremes?.bounds?.high).toBeClose(1 / 1.9, { rel: 1e-9, abs: 0 });
  });

  it('a drift of the offset goes with the temperature of the op amp, a stated step beats it', async () => {
    const buffer = (specification: string) =>
      extremesOf(`buffer
V1 a 0 1
XU1 a o o AMP
*@ opamp XU1 pins=+,-,out ${specification}
*@ temp 25 -40..125
*@ output V(o)
`);
    const spread = await buffer('tcvos=+-10u');
    expect(spread?.status).toBe('proven');
    expect(spread?.low?.value).toBeClose(1 - 1e-3, { rel: 1e-15, abs: 0 });
    expect(spread?.high?.value).toBeClose(1 + 1e-3, { rel: 1e-15, abs: 0 });
    const known = await buffer('tcvos=10u');
    expect(known?.low?.value).toBeClose(1 - 0.65e-3, { rel: 1e-15, abs: 0 });
    expect(known?.high?.value).toBeClose(1 + 1e-3, { rel: 1e-15, abs: 0 });
    const stated = await buffer('tcvos=+-10u dt=20');
    expect(stated?.high?.value).toBeClose(1 + 0.2e-3, { rel: 1e-15, abs: 0 });
  });

  it('matched resistors of a difference amplifier: their common deviation cancels', async () => {
    const r = 10e3;
    const extremes = await extremesOf(`A_CM = (b - a)/(1 + b), a = R2/R1, b = R4/R3
VCM c 0 1
R1 c m ${r}
R2 m o ${5 * r}
R3 c p ${r}
R4 p 0 ${5 * r}
XU1 p m o AMP
*@ opamp XU1 pins=+,-,out
*@ tol R* 1%
*@ match R1 R2 0.02%
*@ match R3 R4 0.02%
*@ output V(o)
`);
    const u = 1e-4;
    const [a, b] = [(5 * (1 - u)) / (1 + u), (5 * (1 + u)) / (1 - u)];
    // The bounds are those of resistors that do not track.
    const t = 1.01 * 1.0001 - 1;
    const loose = (20 * t) / ((1 - t) * (1 + t + 5 * (1 - t)));
    expect(extremes?.status).toBe('bounded');
    expect(extremes?.high?.value).toBeClose((b - a) / (1 + b), { rel: 1e-10, abs: 0 });
    expect(extremes?.bounds?.high).toBeGreaterThan((b - a) / (1 + b));
    expect(extremes?.bounds?.high).toBeLessThan(1.05 * loose);
  });
});
