// Every figure of random op amp networks against the same equations solved in exact rationals: what must be one ulp
// is one ulp, what must be a verdict is the verdict of exact determinants.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analysis, analyze } from '../../src/analyze.ts';
import {
  type ExactElement,
  ExactSystem,
  isWithin,
  netlistOf,
  ulp,
} from '../support/exact-circuit.ts';
import { randomCircuits } from '../support/random-circuits.ts';
import {
  compare,
  divide,
  negate,
  type Rational,
  rational,
  toNumber,
  ZERO,
} from '../support/rational.ts';
import { SEED } from '../support/seed.ts';

const CIRCUITS = 400;
/** Figures that are rounded solutions of one factorisation. */
const REL = 1e-12;
/** The solver takes components this far below the largest one for zeros of the circuit. */
const ZERO_OF_LARGEST = 2e-26;
/** |beta_M - beta_P| <= 1e-9 (|beta_M| + |beta_P|) counts as no feedback (theory section 4). */
const BALANCE = 1e-9;

/** What is compared: D12, node voltages, or gains and resistances. */
type Question = 'verdict' | 'voltages' | 'figures';

describe('random op amp networks agree with exact rationals', () => {
  it.each(['verdict', 'voltages', 'figures'] as const)(
    '%s',
    async (question) => {
      let analysed = 0;
      await fc.assert(
        fc.asyncProperty(randomCircuits(), async ({ elements, output }) => {
          const text = netlistOf(elements, { output: `V(${output.join(',')})` });
          const analysis = await analyze(text);
          if (analysis.status === 'ok' || analysis.status === 'unstable_dc') analysed += 1;
          compareWithOracle(analysis, { elements: connected(elements), output, text, question });
        }),
        { seed: SEED, numRuns: CIRCUITS, interruptAfterTimeLimit: 15_000 },
      );
      // The property must not be true for want of circuits.
      expect(analysed).toBeGreaterThan(CIRCUITS / 3);
    },
    60_000,
  );
});

describe('the verdict on a nullor that holds nothing', () => {
  it('both inputs at its output: no DC feedback, and no operating point, for the equations have none', async () => {
    const { status, result } =
      await analyze(`the second op amp has a finite gain, so that a finite network exists
V1 n1 0 1
XU1 n6 n2 n2 OPAMP
XU2 0 n2 n3 OPAMP
R1 n1 0 1
R2 n2 0 1
R3 n3 0 1
R6 n6 n2 1
R7 n7 n2 1
R8 n2 n6 1
R9 n6 n7 1
*@ opamp XU1 pins=+,-,out
*@ opamp XU2 pins=+,-,out aol=200
*@ output V(n1)
`);
    expect(status).toBe('no_dc_feedback');
    expect(result?.operatingPoint).toBeNull();
  });

  it('the drive of an op amp is summed before it is rounded', async () => {
    const { result } = await analyze(`open loop
V1 a 0 -1
XU1 a a 0 0 o OPAMP
R1 o 0 1
*@ opamp XU1 pins=+,-,V+,V-,out vos=0.01 aol=200 cmrr=1000000 psrrp=250 vcm0=-1 vout0=-1.001 vdd0=1 vss0=1
*@ output V(o)
`);
    const elements: ExactElement[] = [
      { kind: 'V', name: 'V1', nodes: ['a', '0'], value: -1 },
      {
        kind: 'opAmp',
        name: 'XU1',
        plus: 'a',
        minus: 'a',
        positiveSupply: '0',
        negativeSupply: '0',
        output: 'o',
        specification: {
          vos: 0.01,
          aol: 200,
          cmrr: 1e6,
          psrrp: 250,
          vcm0: -1,
          vout0: -1.001,
          vdd0: 1,
          vss0: 1,
        },
      },
      { kind: 'R', name: 'R1', nodes: ['o', '0'], value: 1 },
    ];
    const system = new ExactSystem(elements, 'finite');
    const errors = system.errors();
    const [solution] = system.solve([
      system.sources().map((value, i) => addTo(value, errors[i]!)),
    ])!;
    const exact = solution!.at(system.node('o'));
    expect(
      isWithin(result?.operatingPoint?.nodes['o'] ?? Number.NaN, exact, { abs: ulp(exact) }),
    ).toBe(true);
  });
});

/** Leaves out resistors that nothing else of the circuit touches: they have no voltage and no effect. */
function connected(elements: readonly ExactElement[]): readonly ExactElement[] {
  const live = new Set(['0']);
  for (const element of elements) {
    if (element.kind === 'R') continue;
    if (element.kind === 'opAmp')
      [element.plus, element.minus, element.output].map((node) => live.add(node));
    else element.nodes.map((node) => live.add(node));
    if (element.kind === 'E' || element.kind === 'G')
      element.controls.map((node) => live.add(node));
  }
  for (let size = 0; size !== live.size; ) {
    size = live.size;
    for (const element of elements) {
      if (element.kind === 'R' && element.nodes.some((node) => live.has(node)))
        element.nodes.map((node) => live.add(node));
    }
  }
  const alive = (node: string) => (live.has(node) ? node : '0');
  return elements
    .filter((element) => element.kind !== 'R' || element.nodes.every((node) => live.has(node)))
    .map((element) =>
      element.kind === 'opAmp'
        ? {
            ...element,
            positiveSupply: alive(element.positiveSupply),
            negativeSupply: alive(element.negativeSupply),
          }
        : element,
    );
}

interface Case {
  readonly elements: readonly ExactElement[];
  readonly output: readonly [string, string];
  readonly text: string;
  readonly question: Question;
}

function compareWithOracle(analysis: Analysis, { elements, output, text, question }: Case): void {
  const { status, result } = analysis;
  const complain = (what: string) => {
    throw new Error(`${what}\n${text}`);
  };
  const verdict = (what: string) => {
    if (question === 'verdict') complain(what);
  };
  const compared =
    (kind: Question) =>
    (
      what: string,
      actual: number | null | undefined,
      expected: Rational,
      bounds: { rel?: number; abs?: number },
    ) => {
      if (kind !== question || (typeof actual === 'number' && isWithin(actual, expected, bounds)))
        return;
      complain(
        `${what} is ${actual}, should be ${toNumber(expected)} within ${JSON.stringify(bounds)}`,
      );
    };
  const voltage = compared('voltages');
  const within = compared('figures');
  if (result === null) {
    throw new Error(`refused: ${analysis.diagnostics.map(({ message }) => message)}\n${text}`);
  }

  const dead = new ExactSystem(elements, 'dead');
  const outputColumn = (system: ExactSystem) =>
    system.column([
      [system.node(output[0]), rational(1n)],
      [system.node(output[1]), rational(-1n)],
    ]);
  const { all, onlyCurrents } = dead.nullity;
  if (all > 0) {
    const verdicts = [
      ...(onlyCurrents > 0 ? ['voltage_conflict'] : []),
      ...(all > onlyCurrents ? ['no_dc_path'] : []),
    ];
    if (!verdicts.includes(status))
      verdict(`status is ${status}, should be ${verdicts.join(' or ')}`);
    return;
  }
  if (status === 'no_dc_path' || status === 'voltage_conflict' || status === 'invalid') {
    verdict(`status is ${status}, but the dead network is regular`);
    return;
  }

  const K = dead.opAmps.length;
  /** Dead adjoint of a pin: resistances at node entries, feedback factors at the output rows. */
  const pins = dead.solveTransposed(
    dead.opAmps.flatMap(({ plus, minus }) =>
      [plus, minus].map((pin) => dead.column([[dead.node(pin), rational(1n)]])),
    ),
  )!;
  const rows = dead.opAmps.map(({ name }) => dead.branch(name));
  dead.opAmps.forEach((opAmp, k) => {
    const found = result.opAmps[k]!;
    const [plus, minus] = [pins[2 * k]!, pins[2 * k + 1]!];
    const sizes = [plus.largest(), minus.largest()].map(toNumber);
    // Ratios of voltages up to 1 are among the components, too.
    const abs = ZERO_OF_LARGEST * Math.max(1, ...sizes);
    const p = dead.node(opAmp.plus);
    const m = dead.node(opAmp.minus);
    const { resistance, feedback } = found;
    within(`${opAmp.name} R_NEQ`, resistance.nonInverting, minusOf(plus.at(p), minus.at(p)), {
      rel: REL,
      abs,
    });
    within(`${opAmp.name} R_IEQ`, resistance.inverting, minusOf(minus.at(m), plus.at(m)), {
      rel: REL,
      abs,
    });
    within(`${opAmp.name} R_PP`, resistance.literal.nonInverting, plus.at(p), { rel: REL, abs });
    within(`${opAmp.name} R_MM`, resistance.literal.inverting, minus.at(m), { rel: REL, abs });
    within(`${opAmp.name} beta plus`, feedback.plus, negate(plus.at(rows[k]!)), { rel: REL, abs });
    within(`${opAmp.name} beta minus`, feedback.minus, negate(minus.at(rows[k]!)), {
      rel: REL,
      abs,
    });
  });

  const ideal = new ExactSystem(elements, 'ideal');
  const finite = new ExactSystem(elements, 'finite');
  const idealSolution = ideal.solve([ideal.sources()])?.[0];
  if (idealSolution === undefined) {
    if (status !== 'no_dc_feedback') verdict(`status is ${status}, but F_ideal = 0`);
  } else {
    const adjoints = ideal.solveTransposed([
      outputColumn(ideal),
      ...ideal.opAmps.map((opAmp) => ideal.column([[ideal.node(opAmp.output), rational(1n)]])),
    ])!;
    const noiseGain = (k: number, j: number) =>
      negate(adjoints[1 + k]!.at(ideal.branch(ideal.opAmps[j]!.name)));
    const sizes = dead.opAmps.map((_, k) =>
      rows.map(
        (row) =>
          Math.abs(toNumber(pins[2 * k]!.at(row))) + Math.abs(toNumber(pins[2 * k + 1]!.at(row))),
      ),
    );
    const nearness = spectralRadius(
      range(K).map((k) =>
        range(K).map((j) =>
          range(K).reduce((sum, i) => sum + Math.abs(toNumber(noiseGain(k, i))) * sizes[i]![j]!, 0),
        ),
      ),
    );
    if (status === 'no_dc_feedback') {
      if (nearness < 0.999 / BALANCE)
        verdict(`status is ${status}, but the feedback is out of balance: ${nearness}`);
    } else {
      if (nearness > 1.001 / BALANCE)
        verdict(`status is ${status}, but the feedback balances: ${nearness}`);
      const one = ulp(idealSolution.largest(ideal.nodes.length));
      for (const node of ideal.nodes) {
        voltage(`ideal V(${node})`, result.ideal?.nodes[node], idealSolution.at(ideal.node(node)), {
          abs: one,
        });
      }
      const [adjoint] = adjoints;
      const abs = ZERO_OF_LARGEST * toNumber(adjoint!.largest());
      for (const [source, gain] of result.gains!.sources) {
        within(`gain of ${source.name}`, gain, sourceGain(ideal, adjoint!, elements, source.name), {
          rel: REL,
          abs,
        });
      }
      ideal.opAmps.forEach((opAmp, k) => {
        const found = result.opAmps[k]!;
        const own = ZERO_OF_LARGEST * toNumber(adjoints[1 + k]!.largest());
        within(`${opAmp.name} T_kk`, found.noiseGain, noiseGain(k, k), { rel: REL, abs: own });
        within(
          `${opAmp.name} noise gain to output`,
          found.noiseGainToOutput,
          negate(adjoint!.at(ideal.branch(opAmp.name))),
          { rel: REL, abs },
        );
        within(
          `${opAmp.name} Z_N`,
          found.transresistance?.nonInverting,
          negate(adjoint!.at(ideal.node(opAmp.plus))),
          { rel: REL, abs },
        );
        within(
          `${opAmp.name} Z_I`,
          found.transresistance?.inverting,
          negate(adjoint!.at(ideal.node(opAmp.minus))),
          { rel: REL, abs },
        );
      });
    }
  }

  const total = finite.solve([
    finite.sources().map((value, i) => addTo(value, finite.errors()[i]!)),
  ])?.[0];
  if (total === undefined) {
    if (result.operatingPoint !== null) verdict('an operating point of a singular finite network');
    return;
  }
  if (result.operatingPoint === null) {
    if (status !== 'no_dc_feedback') verdict('no operating point');
    return;
  }
  const one = ulp(total.largest(finite.nodes.length));
  for (const node of finite.nodes) {
    voltage(`V(${node})`, result.operatingPoint.nodes[node], total.at(finite.node(node)), {
      abs: one,
    });
  }
  const adjoint = finite.solveTransposed([outputColumn(finite)])![0]!;
  const abs = ZERO_OF_LARGEST * toNumber(adjoint.largest());
  for (const [source, gain] of result.finiteGains!.sources) {
    within(
      `finite gain of ${source.name}`,
      gain,
      sourceGain(finite, adjoint, elements, source.name),
      { rel: REL, abs },
    );
  }
  if (status === 'no_dc_feedback') return;
  const F = divide(finite.determinant, dead.determinant);
  const expected = compare(F, ZERO) < 0 ? 'unstable_dc' : 'ok';
  if (status !== expected)
    verdict(`status is ${status}, should be ${expected}: F = ${toNumber(F)}`);
}

function sourceGain(
  system: ExactSystem,
  adjoint: { at(i: number, j?: number): Rational },
  elements: readonly ExactElement[],
  name: string,
): Rational {
  const source = elements.find((element) => element.name === name)!;
  if (source.kind === 'V') return adjoint.at(system.branch(name));
  if (source.kind !== 'I') throw new Error(`${name} is no source`);
  return adjoint.at(system.node(source.nodes[1]), system.node(source.nodes[0])); // theory Th. 7
}

function minusOf(a: Rational, b: Rational): Rational {
  return {
    numerator: a.numerator * b.denominator - b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

function addTo(a: Rational, b: Rational): Rational {
  return minusOf(a, negate(b));
}

/** Of a matrix without negative elements, by powers. */
function spectralRadius(matrix: readonly (readonly number[])[]): number {
  if (matrix.length === 0) return 0;
  // (M^(2^s))^(1/2^s) by squaring: converges whatever the multiplicities
  let power = matrix.map((row) => [...row]);
  let exponent = 0;
  for (let s = 1; s <= 2 ** 20; s *= 2) {
    const size = Math.max(...power.flat());
    if (size === 0) return 0;
    const scaled = power.map((row) => row.map((value) => value / size));
    exponent = exponent * 2 + Math.log(size) * 2;
    power = scaled.map((row) =>
      scaled.map((_, j) => row.reduce((sum, value, i) => sum + value * scaled[i]![j]!, 0)),
    );
  }
  return Math.exp((exponent + Math.log(Math.max(...power.flat()))) / 2 ** 21);
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
