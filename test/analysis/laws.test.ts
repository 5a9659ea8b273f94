// What holds for every network whatever its figures: Kirchhoff, Tellegen, superposition, reciprocity, scaling, Thevenin,
// the identities of theory section 2. The circuits are random, the truth is the law.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analyze.ts';
import { SEED } from '../support/seed.ts';
import '../support/close.ts';
import { type ExactElement, type ExactOpAmp, netlistOf } from '../support/exact-circuit.ts';
import { type RandomCircuit, randomCircuits } from '../support/random-circuits.ts';

vi.setConfig({ testTimeout: 30_000 });
const NUMBER_OF_RUNS = 100;
/** Sums of rounded terms, relative to the sum of their sizes. */
const REL = 1e-12;

const circuits = randomCircuits({ resistance: { low: 0, high: 7 }, wild: false });

/** Checks a property of circuits that have feedback; others are drawn again. */
function holds(
  property: (circuit: RandomCircuit) => Promise<void>,
  from = circuits,
): Promise<void> {
  return fc.assert(fc.asyncProperty(from, property), {
    seed: SEED,
    numRuns: NUMBER_OF_RUNS,
    interruptAfterTimeLimit: 10_000,
  });
}

async function solved({ elements, output }: RandomCircuit, options: AnalyzeOptions = {}) {
  const analysis = await analyze(
    netlistOf(elements, { output: `V(${output.join(',')})` }),
    options,
  );
  const { result } = analysis;
  fc.pre(result !== null && result.error !== null);
  const { operatingPoint, ideal, gains, finiteGains, error, budget } = result!;
  if (operatingPoint === null || ideal === null || gains === null || finiteGains === null)
    throw new Error('no solution');
  if (error === null || budget === null) throw new Error('no error');
  return {
    ...result!,
    operatingPoint,
    ideal,
    gains,
    finiteGains,
    error,
    budget,
    circuit: analysis.circuit,
  };
}

type Solved = Awaited<ReturnType<typeof solved>>;
const largestVoltage = ({ operatingPoint: { nodes } }: Solved) =>
  Math.max(...Object.values(nodes).map((v) => Math.abs(v ?? 0)));
const sum = (terms: readonly number[]) => terms.reduce((a, b) => a + b, 0);
const size = (terms: readonly number[]) => terms.reduce((a, b) => a + Math.abs(b), 0);

/** Current from the first node through something to the second; `rounding` is the size of what it is the difference of. */
interface Current {
  readonly name: string;
  readonly nodes: readonly [string, string];
  readonly current: number;
  readonly rounding: number;
}

/** Voltages are solved to far more digits than a double has, but not to infinitely many. */
const SOLVED = 1e-15;

/** Every current of the solution. */
function currents(elements: readonly ExactElement[], solution: Solved): Current[] {
  const { operatingPoint } = solution;
  const V = (node: string) => (node === '0' ? 0 : (operatingPoint.nodes[node] ?? 0));
  const I = (name: string) => operatingPoint.branches[name] ?? Number.NaN;
  return elements.flatMap((element): Current[] => {
    const { name } = element;
    if (element.kind === 'opAmp') {
      const { ibn = 0, ibi = 0 } = element.specification;
      return [
        { name, nodes: [element.output, '0'], current: I(name), rounding: 0 },
        { name: `${name} I_BN`, nodes: [element.plus, '0'], current: ibn, rounding: 0 },
        { name: `${name} I_BI`, nodes: [element.minus, '0'], current: ibi, rounding: 0 },
      ];
    }
    const { nodes } = element;
    if (element.kind === 'G') {
      const [a, b] = element.controls.map(V) as [number, number];
      return [
        {
          name,
          nodes,
          current: element.gain * (a - b),
          rounding: Math.abs(element.gain) * (Math.abs(a) + Math.abs(b)),
        },
      ];
    }
    if (element.kind === 'F')
      return [{ name, nodes, current: element.gain * I(element.control), rounding: 0 }];
    const rounding = element.kind === 'R' ? (SOLVED * largestVoltage(solution)) / element.value : 0;
    return [{ name, nodes, current: I(name), rounding }];
  });
}

describe('laws of networks', () => {
  it('Kirchhoff: the currents of every node sum to zero', () =>
    holds(async (circuit) => {
      const solution = await solved(circuit);
      const all = currents(circuit.elements, solution);
      for (const node of Object.keys(solution.operatingPoint.nodes)) {
        const at = all.filter(({ nodes }) => nodes[0] === node || nodes[1] === node);
        const leaving = at.map(
          ({ nodes, current }) =>
            (nodes[0] === node ? current : 0) - (nodes[1] === node ? current : 0),
        );
        expect(sum(leaving), `KCL at ${node}`).toBeClose(0, {
          rel: 0,
          abs: REL * (size(leaving) + sum(at.map(({ rounding }) => rounding))),
        });
      }
    }));

  it('Tellegen: the powers sum to zero', () =>
    holds(async (circuit) => {
      const solution = await solved(circuit);
      const V = (node: string | undefined) =>
        node === undefined || node === '0' ? 0 : (solution.operatingPoint.nodes[node] ?? 0);
      const all = currents(circuit.elements, solution);
      const powers = all.map(({ nodes, current }) => (V(nodes[0]) - V(nodes[1])) * current);
      const roundings = all.map(
        ({ nodes, current, rounding }) =>
          (Math.abs(V(nodes[0])) + Math.abs(V(nodes[1]))) * (Math.abs(current) + rounding),
      );
      expect(sum(powers)).toBeClose(0, { rel: 0, abs: REL * sum(roundings) });
    }));

  it('superposition: the output is the sum over all causes of gain times value', () =>
    holds(async (circuit) => {
      const { ideal, operatingPoint, gains, finiteGains, opAmps } = await solved(circuit);
      const value = (name: string) => {
        const source = circuit.elements.find((element) => element.name === name);
        return source?.kind === 'V' || source?.kind === 'I' ? source.value : Number.NaN;
      };
      const fromSources = ({ sources }: typeof gains) =>
        [...sources].map(([{ name }, gain]) => gain * value(name));
      const nominal = fromSources(gains);
      const idealVolts = Math.max(0, ...Object.values(ideal.nodes).map((v) => Math.abs(v ?? 0)));
      expect(ideal.output).toBeClose(sum(nominal), {
        rel: 0,
        abs: REL * (size(nominal) + SOLVED * idealVolts),
      });
      const errors = opAmps.flatMap(({ opAmp }) => {
        const at = finiteGains.opAmps.get(opAmp)!;
        const { specification: s } = circuit.elements.find(
          ({ name }) => name === opAmp.name,
        ) as ExactOpAmp;
        const {
          vos = 0,
          tcvos = 0,
          dt = 0,
          ibn = 0,
          ibi = 0,
          vcm0 = 0,
          vout0 = 0,
          vdd0 = 0,
          vss0 = 0,
        } = s;
        const over = (x: number, ratio: number | undefined) =>
          ratio === undefined ? 0 : x / ratio;
        const drive = [
          vos,
          tcvos * dt,
          -over(vcm0, s.cmrr),
          over(vout0, s.aol),
          -over(vdd0, s.psrrp),
          -over(vss0, s.psrrn),
        ]; // theory D2
        return [
          ...drive.map((term) => at.noiseGain * term),
          at.nonInverting * ibn,
          at.inverting * ibi,
        ];
      });
      const total = [...fromSources(finiteGains), ...errors];
      const volts = Math.max(
        0,
        ...Object.values(operatingPoint.nodes).map((v) => Math.abs(v ?? 0)),
      );
      expect(operatingPoint.output).toBeClose(sum(total), {
        rel: 0,
        abs: REL * (size(total) + SOLVED * volts),
      });
    }));

  it('the adjoint gain of a source is the change of the output per volt or ampere', () =>
    holds(async (circuit) => {
      const before = await solved(circuit);
      for (const [{ name }, gain] of before.gains.sources) {
        const elements = circuit.elements.map((element) =>
          element.name === name && (element.kind === 'V' || element.kind === 'I')
            ? { ...element, value: element.value + 1 }
            : element,
        );
        const after = await solved({ ...circuit, elements });
        const [a, b] = [after.ideal.output ?? Number.NaN, before.ideal.output ?? Number.NaN];
        const volts = Math.max(
          ...[after, before].flatMap(({ ideal }) =>
            Object.values(ideal.nodes).map((v) => Math.abs(v ?? 0)),
          ),
        );
        expect(a - b, name).toBeClose(gain, { rel: REL, abs: REL * volts });
      }
    }));

  it('reciprocity: a resistor network has the same transfer resistance both ways', () =>
    holds(
      async ({ elements, output }) => {
        const resistors = elements.filter(({ kind }) => kind === 'R');
        const nodes = [
          ...new Set(resistors.flatMap((element) => (element.kind === 'R' ? element.nodes : []))),
        ];
        const other: [string, string] = [nodes[0]!, nodes.at(-1)!];
        const transfer = async (from: readonly [string, string], to: readonly [string, string]) => {
          const source: ExactElement = { kind: 'I', name: 'I1', nodes: from, value: 1 };
          const { gains } = await solved({ elements: [...resistors, source], output: to });
          return [...gains.sources.values()][0] ?? Number.NaN;
        };
        const there = await transfer(output, other);
        const ohms = sum(resistors.map((element) => (element.kind === 'R' ? element.value : 0)));
        expect(await transfer(other, output)).toBeClose(there, { rel: REL, abs: 1e-28 * ohms });
      },
      randomCircuits({ maximumOpAmps: 0, controlled: false, wild: false }),
    ));

  it('a source that cannot move the output has the gain 0, and no error is referred to it', async () => {
    const { result } = await analyze(`the current of I1 returns through R2 and R3
V1 in 0 1
XU1 in n1 n1 OPAMP
R1 n1 0 0.8823
R2 n2 n1 1.082
R3 n3 n2 1
I1 n1 n3 1
*@ opamp XU1 pins=+,-,out vos=1m
*@ output V(n1)
`);
    expect([...(result?.gains?.sources ?? [])].map(([{ name }, gain]) => [name, gain])).toEqual([
      ['V1', 1],
      ['I1', 0],
    ]);
    expect(Object.keys(result?.error?.inputReferred ?? {})).toEqual(['V1']);
  });

  it('nodes of equal voltage are 0 V apart', async () => {
    const { result } = await analyze(`no current flows in R2 and R3
V1 in 0 1
R1 in n1 1.082
R4 n1 0 0.8823
R2 n2 n1 1.3
R3 n3 n2 1.7
*@ output V(n1,n3)
`);
    expect(result?.operatingPoint?.output).toBe(0);
    expect(result?.operatingPoint?.branches).toMatchObject({ R2: 0, R3: 0 });
    expect([...(result?.gains?.sources.values() ?? [])]).toEqual([0]);
  });

  it('impedance scaling: all resistances times 2^k leave voltages and multiply R_NEQ and R_IEQ', () =>
    holds(
      async (circuit) => {
        const elements = circuit.elements.filter(({ kind }) => kind !== 'I').map(withoutBias);
        const plain = await solved({ ...circuit, elements });
        for (const k of [-20, 3, 40]) {
          const factor = 2 ** k;
          const scaled = await solved({
            ...circuit,
            elements: elements.map((element) =>
              element.kind === 'R' ? { ...element, value: element.value * factor } : element,
            ),
          });
          const volts = largestVoltage(plain);
          for (const [node, value] of Object.entries(plain.operatingPoint.nodes)) {
            expect(scaled.operatingPoint.nodes[node], node).toBeClose(value ?? Number.NaN, {
              rel: 0,
              abs: 1e-15 * volts,
            });
          }
          plain.opAmps.forEach(({ resistance, noiseGain }, i) => {
            const found = scaled.opAmps[i]!;
            expect(found.noiseGain).toBeClose(noiseGain ?? Number.NaN, { rel: REL, abs: 0 });
            expect(found.resistance.nonInverting).toBeClose(factor * resistance.nonInverting, {
              rel: REL,
              abs: 0,
            });
            expect(found.resistance.inverting).toBeClose(factor * resistance.inverting, {
              rel: REL,
              abs: 0,
            });
          });
        }
      },
      randomCircuits({ resistance: { low: 0, high: 7 }, controlled: false, wild: false }),
    ));

  it('names and the order of cards mean nothing', () =>
    holds(async (circuit) => {
      const rename = (node: string) =>
        node === '0' ? '0' : `Net-${[...node].reverse().join('')}_x`;
      const elements = [...circuit.elements].reverse().map((element): ExactElement => {
        if (element.kind === 'opAmp') {
          const { plus, minus, output, positiveSupply, negativeSupply } = element;
          return {
            ...element,
            plus: rename(plus),
            minus: rename(minus),
            output: rename(output),
            positiveSupply: rename(positiveSupply),
            negativeSupply: rename(negativeSupply),
          };
        }
        const nodes = element.nodes.map(rename) as [string, string];
        return element.kind === 'E' || element.kind === 'G'
          ? { ...element, nodes, controls: element.controls.map(rename) as [string, string] }
          : { ...element, nodes };
      });
      const [one, other] = [
        await solved(circuit),
        await solved({ elements, output: circuit.output.map(rename) as [string, string] }),
      ];
      expect(other.status).toBe(one.status);
      const volts = largestVoltage(one);
      for (const [node, value] of Object.entries(one.operatingPoint.nodes)) {
        const found = other.operatingPoint.nodes[rename(node)];
        if (value === null) expect(found, node).toBeNull();
        else expect(found, node).toBeClose(value, { rel: 0, abs: 4e-16 * volts });
      }
      expect(other.error.output).toBeClose(one.error.output, { rel: REL, abs: 1e-16 * volts });
      for (const { opAmp, resistance, noiseGain } of one.opAmps) {
        const { literal } = resistance;
        const ohms = 1e-28 * (Math.abs(literal.nonInverting) + Math.abs(literal.inverting));
        const found = other.opAmps.find((at) => at.opAmp.name === opAmp.name);
        expect(found?.resistance.nonInverting).toBeClose(resistance.nonInverting, {
          rel: REL,
          abs: ohms,
        });
        expect(found?.resistance.inverting).toBeClose(resistance.inverting, {
          rel: REL,
          abs: ohms,
        });
        expect(found?.noiseGain).toBeClose(noiseGain ?? Number.NaN, { rel: REL, abs: 0 });
      }
    }));

  it('Thevenin: the equivalent with a load is the circuit with the load', () =>
    holds(async (circuit) => {
      const [plus, minus] = circuit.output;
      const { thevenin, operatingPoint } = await solved(circuit, {
        thevenin: [`${plus},${minus}`],
      });
      const { voltage, resistance } = thevenin[0]!;
      expect(voltage).toBeClose(operatingPoint.output ?? Number.NaN, { rel: 1e-15, abs: 0 });
      fc.pre(resistance >= 0);
      const load: ExactElement = { kind: 'R', name: 'RLOAD', nodes: [plus, minus], value: 2 ** 12 };
      const loaded = await solved({ ...circuit, elements: [...circuit.elements, load] });
      const expected = (voltage * load.value) / (load.value + resistance);
      expect(loaded.operatingPoint.output).toBeClose(expected, {
        rel: REL,
        abs: 1e-15 * largestVoltage(loaded),
      });
    }));
});

describe('identities of the errors', () => {
  it('D10: the terms sum to V_OE', () =>
    holds(async (circuit) => {
      const solution = await solved(circuit);
      const { opAmps, error } = solution;
      const terms = opAmps.flatMap(({ terms }) =>
        Object.values(terms ?? {}).map(({ output }) => output ?? Number.NaN),
      );
      const largest = Math.max(0, ...terms.map(Math.abs));
      expect(error.output).toBeClose(sum(terms), {
        rel: 0,
        abs: REL * largest + roundings(circuit, solution),
      });
    }));

  it('D6: V_OE is the sum of G V_OST + Z_N I_BN + Z_I I_BI, and D8 writes it with effective resistances', () =>
    holds(async (circuit) => {
      const solution = await solved(circuit);
      const { opAmps, error } = solution;
      const exact: number[] = [];
      for (const { opAmp, terms, noiseGainToOutput: G, transresistance: Z, resistance } of opAmps) {
        if (terms === null || G === null || Z === null) throw new Error('no figures');
        const { specification: s } = circuit.elements.find(
          ({ name }) => name === opAmp.name,
        ) as ExactOpAmp;
        const { ibn = 0, ibi = 0 } = s;
        const offset = [
          terms.Vos,
          terms.drift,
          terms.Aol,
          terms.Cmrr,
          terms.PsrrPlus,
          terms.PsrrMinus,
        ].map(({ input }) => G * input);
        exact.push(...offset, Z.nonInverting * ibn, Z.inverting * ibi);
        expect(resistance.effective === null).toBe(G === 0);
        if (resistance.effective === null) continue;
        expect(-G * resistance.effective.nonInverting).toBeClose(Z.nonInverting, {
          rel: REL,
          abs: 0,
        });
        expect(G * resistance.effective.inverting).toBeClose(Z.inverting, { rel: REL, abs: 0 });
      }
      expect(error.output).toBeClose(sum(exact), {
        rel: 0,
        abs: REL * size(exact) + roundings(circuit, solution),
      });
    }));

  it('Th. 1: for one op amp G_N = 1/(beta- - beta+), Z_N = -G_N R_NEQ, Z_I = G_N R_IEQ, and all three resistances are one', () =>
    holds(
      async (circuit) => {
        const opAmp = circuit.elements.find((element) => element.kind === 'opAmp');
        fc.pre(opAmp !== undefined);
        const { opAmps } = await solved({ ...circuit, output: [opAmp!.output, '0'] });
        const { noiseGain: G, resistance, feedback, transresistance: Z } = opAmps[0]!;
        if (G === null) throw new Error('no noise gain');
        const { nonInverting, inverting, active, effective } = resistance;
        // beta- - beta+ cancels: G |beta-| digits are lost in this formula, not in G
        const lost = 1 + Math.abs(G) * (Math.abs(feedback.minus) + Math.abs(feedback.plus));
        expect(G).toBeClose(1 / (feedback.minus - feedback.plus), { rel: 1e-15 * lost, abs: 0 });
        expect(Z?.nonInverting).toBeClose(-G * nonInverting, { rel: REL, abs: 0 });
        expect(Z?.inverting).toBeClose(G * inverting, { rel: REL, abs: 0 });
        for (const other of [active, effective]) {
          expect(other?.nonInverting).toBeClose(nonInverting, { rel: REL, abs: 0 });
          expect(other?.inverting).toBeClose(inverting, { rel: REL, abs: 0 });
        }
      },
      randomCircuits({ maximumOpAmps: 1, resistance: { low: 0, high: 7 }, wild: false }),
    ));
});

describe('V_OE', () => {
  it('of a differential output is not lost in the errors that both its nodes share', async () => {
    const { result } = await analyze(`10 mV at both nodes, I_BI through R1 || R2 between them
XU1 0 m out OPAMP
R1 out m 1
R2 out m 1
*@ opamp XU1 pins=+,-,out vos=10m ibi=1u
*@ output V(out,m)
`);
    expect(result?.error?.output).toBeClose(0.5e-6, { rel: 1e-15, abs: 0 });
  });

  it('of small bias currents is not lost in the currents of sources', async () => {
    const { result } = await analyze(`1 A and 1 pA at one node
I1 0 p 1
R1 p 0 1
XU1 p out out OPAMP
*@ opamp XU1 pins=+,-,out ibn=1p
*@ output V(out)
`);
    expect(result?.error?.output).toBeClose(-1e-12, { rel: 1e-15, abs: 0 });
  });
});

describe('the budget', () => {
  /** Limits of every op amp, and each multiplied by `factor`. */
  const withLimits = ({ elements, output }: RandomCircuit, factor: number): Promise<Solved> => {
    const opAmps = elements.filter((element) => element.kind === 'opAmp');
    const directives = opAmps.map(
      ({ name }, i) =>
        `opamp ${name} vos=+-${factor * 2 ** -(8 + i)} ib=+-${factor * 2 ** -27} ios=+-${factor * 2 ** -30} tcvos=+-${factor * 2 ** -17} dt=32 ` +
        `aol>=${2 ** 17 / factor} cmrr>=${2 ** 12 / factor} psrr>=${2 ** 13 / factor} vcm0=0.5 vdd0=1 vss0=0 vout0=0.25`,
    );
    const plain = elements.map((element) =>
      element.kind === 'opAmp' ? { ...element, specification: {} } : element,
    );
    return solved({ elements: plain, output }, { directives });
  };

  it('is linear in the limits', () =>
    holds(async (circuit) => {
      const [once, twice] = [await withLimits(circuit, 1), await withLimits(circuit, 2)];
      const rows = (at: Solved) =>
        new Map(at.budget.rows.map((row) => [`${row.opAmp} ${row.cause}`, row]));
      expect([...rows(twice).keys()].sort()).toEqual([...rows(once).keys()].sort());
      expect(rows(once).size).toBe(7 * once.opAmps.length);
      for (const [key, row] of rows(once)) {
        const found = rows(twice).get(key);
        expect(found?.low, key).toBeClose(2 * row.low, { rel: 1e-15, abs: 0 });
        expect(found?.high, key).toBeClose(2 * row.high, { rel: 1e-15, abs: 0 });
        expect(found?.gain, key).toBeClose(row.gain, { rel: 1e-15, abs: 0 });
      }
      expect(twice.budget.worstCase).toBeClose(2 * once.budget.worstCase, { rel: 1e-14, abs: 0 });
      expect(twice.budget.rss).toBeClose(2 * once.budget.rss, { rel: 1e-14, abs: 0 });
    }));

  it('RSS <= worst case <= sum of the worsts, when the limits are symmetric; rows are sorted', () =>
    holds(async (circuit) => {
      const { budget } = await withLimits(circuit, 1);
      const worsts = budget.rows.map(({ worst }) => worst);
      expect(worsts).toEqual([...worsts].sort((a, b) => b - a));
      expect(budget.low).toBeLessThanOrEqual(0);
      expect(budget.high).toBeGreaterThanOrEqual(0);
      // 1/A_OL is one-sided: its row counts on one side only
      const sided = budget.rows.filter(({ cause }) => cause === 'Aol').map(({ worst }) => worst);
      const rounding = 1 + 1e-14;
      expect(budget.worstCase).toBeLessThanOrEqual(sum(worsts) * rounding);
      expect(budget.worstCase * rounding + sum(sided)).toBeGreaterThanOrEqual(budget.rss);
      if (sum(sided) === 0) expect(budget.rss).toBeLessThanOrEqual(budget.worstCase * rounding);
      for (const { low, high, worst } of budget.rows)
        expect(worst).toBe(Math.max(Math.abs(low), Math.abs(high)));
    }));

  it('has the rows of AN1177: |G_N| V_OS, |Z_N + Z_I| I_B, |Z_N - Z_I|/2 I_OS', () =>
    holds(async (circuit) => {
      const { budget, opAmps } = await withLimits(circuit, 1);
      opAmps.forEach(({ opAmp, noiseGainToOutput: G, transresistance: Z }, i) => {
        if (G === null || Z === null) throw new Error('no figures');
        const worst = (cause: string) =>
          budget.rows.find((row) => row.opAmp === opAmp.name && row.cause === cause)?.worst;
        const scale = Math.abs(Z.nonInverting) + Math.abs(Z.inverting);
        expect(worst('Vos')).toBeClose(Math.abs(G) * 2 ** -(8 + i), { rel: REL, abs: 0 });
        expect(worst('drift')).toBeClose(Math.abs(G) * 32 * 2 ** -17, { rel: REL, abs: 0 });
        expect(worst('Ib')).toBeClose(Math.abs(Z.nonInverting + Z.inverting) * 2 ** -27, {
          rel: REL,
          abs: 1e-15 * scale * 2 ** -27,
        });
        expect(worst('Ios')).toBeClose((Math.abs(Z.nonInverting - Z.inverting) / 2) * 2 ** -30, {
          rel: REL,
          abs: 1e-15 * scale * 2 ** -30,
        });
      });
    }));
});

/** What the rounding of the voltages does to differences from the bias point, such as V_CM - V_CM0, at the output. */
function roundings({ elements }: RandomCircuit, solution: Solved): number {
  const inputsAtOutput = sum(
    solution.opAmps.map(({ opAmp, voltages: V, biasPoint, noiseGainToOutput: G }) => {
      if (V === null || biasPoint === null || G === null) throw new Error('no figures');
      const { specification: s } = elements.find(({ name }) => name === opAmp.name) as ExactOpAmp;
      const over = (volts: readonly number[], ratio: number | undefined) =>
        ratio === undefined ? 0 : size(volts) / Math.abs(ratio);
      const inputs =
        over([V.output, biasPoint.output], s.aol) +
        over([V.plus, V.minus, biasPoint.commonMode], s.cmrr) +
        over([V.positiveSupply, biasPoint.positiveSupply], s.psrrp) +
        over([V.negativeSupply, biasPoint.negativeSupply], s.psrrn);
      return 4e-16 * Math.abs(G) * inputs;
    }),
  );
  return inputsAtOutput + REL * SOLVED * largestVoltage(solution);
}

function withoutBias(element: ExactElement): ExactElement {
  if (element.kind !== 'opAmp') return element;
  const { ibn: _, ibi: __, ...specification } = element.specification;
  return { ...element, specification };
}
