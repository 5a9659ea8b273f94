// Gains and budgets of circuits with diodes and transistors against differences of their operating points, which are
// solved with the devices as they are: no tangent is in them.

import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { outputValue } from '../../src/analysis/output.ts';
import { workingPoint } from '../../src/analysis/working-point.ts';
import { analyze } from '../../src/analyze.ts';
import { type Circuit, type Element, isLinear, type OpAmp } from '../../src/circuit/circuit.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { biasCurrents, known } from '../../src/circuit/specification.ts';
import { netlistsIn, readNetlist } from '../support/spice-files.ts';
import '../support/close.ts';

/** What else the netlists do not have: known errors, finite gain, a smooth switch, a behavioural source. */
const MORE: readonly (readonly [name: string, body: string])[] = [
  [
    'a diode bridge detector with a real op amp',
    `VIN in 0 1.3
IB a 0 40u
R1 in a 22k
D1 a b DX
D2 b c DX
R2 c 0 5k
R3 b m 10k
R4 m out 33k
RL out 0 2k
D3 out d DX
R5 d 0 10k
XU1 c m out OA
*@ opamp XU1 pins=+,-,out vos=2m ibn=30n ibi=-20n aol=20k cmrr=3k vout0=0 vcm0=0
.model DX D(IS=4n N=1.8 RS=3 IKF=20m)`,
  ],
  [
    'a pair of transistors in front of an op amp, with Early effect and base resistance',
    `VCC vcc 0 12
VEE vee 0 -12
VIN in 0 50m
Q1 c1 in e QN
Q2 c2 fb e QN
IT e vee 200u
R1 vcc c1 22k
R2 vcc c2 22k
RF out fb 10k
RG fb 0 1k
XU1 c2 c1 out OA
*@ opamp XU1 pins=+,-,out vos=1m ib=10n ios=2n aol=50k vout0=0
.model QN NPN(IS=5e-15 BF=180 BR=3 VAF=60 IKF=20m RB=200 RE=1 RC=10 ISE=1e-14)`,
  ],
  [
    'a behavioural square law in the feedback',
    `VIN in 0 2
R1 in m 10k
B1 m 0 I=50u*V(out)*V(out)
R2 out 0 1k
XU1 0 m out OA
.nodeset V(out)=-2
*@ opamp XU1 pins=+,-,out vos=0.5m ibi=4n aol=100k vout0=0`,
  ],
];

const OUTPUT = '*@ output V(out)';

function circuitIn(name: string, text: string): Circuit {
  const circuit = elaborate(parseNetlist({ name, text }));
  const errors = circuit.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return circuit;
}

const texts = [
  ...netlistsIn('classic').map((path) => [path, readNetlist(path).text] as const),
  ...MORE.map(
    ([name, body]) =>
      [name, `title\n${body}\n.subckt OA p m o\nE1 o 0 p m 1e6\n.ends\n${OUTPUT}\n.end\n`] as const,
  ),
];
const nonlinear = texts.filter(([name, text]) => !isLinear(circuitIn(name, text)));

function hasSources({ elements }: Circuit): boolean {
  return elements.some(({ kind }) => kind === 'voltageSource' || kind === 'currentSource');
}

/** The output of a circuit with an element replaced, every device as it is. */
function outputWith(circuit: Circuit, from: Element, to: Element): number {
  const changed = {
    ...circuit,
    elements: circuit.elements.map((element) => (element === from ? to : element)),
  };
  const { points } = workingPoint(changed);
  if (points === undefined || circuit.output === null) throw new Error('no operating point');
  const { solution, solver } = points.total;
  return outputValue(circuit.output, solution, solver.system);
}

/** d output / d cause from two central differences, the error of the second order taken off (Richardson). */
function slope(output: (step: number) => number, h: number): number {
  const difference = (step: number) => (output(step) - output(-step)) / (2 * step);
  return (4 * difference(h / 2) - difference(h)) / 3;
}

/** The voltage of a step [V], and the part of a current. */
const VOLTS = 4e-4;
const PART = 1e-3;
/** The least step of a current [A]. */
const AMPERES = 1e-10;
/** What rounding leaves of an output, of whose size it is a part. */
const ROUNDING = 1e-14;

function expectSlope(
  gain: number,
  { output, h, size }: { output: (step: number) => number; h: number; size: number },
): void {
  expect(gain).toBeClose(slope(output, h), { rel: 1e-6, abs: (ROUNDING * size) / h });
}

it('is about at least ten circuits', () => {
  expect(nonlinear.length).toBeGreaterThanOrEqual(10);
});

describe.each(nonlinear)('%s', (name, text) => {
  const circuit = circuitIn(name, text);

  it('has the gain of every source', async () => {
    const { result } = await analyze(text, { name });
    const size = Math.abs(result?.operatingPoint?.output ?? Number.NaN);
    const gains = [...(result?.finiteGains?.sources ?? [])];
    expect(gains.length > 0).toBe(hasSources(circuit));
    for (const [source, gain] of gains) {
      const element = circuit.elements.find((candidate) => candidate.name === source.name);
      if (element?.kind === 'voltageSource') {
        const output = (step: number) =>
          outputWith(circuit, element, { ...element, voltage: element.voltage + step });
        expectSlope(gain, { output, h: VOLTS, size });
      } else if (element?.kind === 'currentSource') {
        const output = (step: number) =>
          outputWith(circuit, element, { ...element, current: element.current + step });
        expectSlope(gain, { output, h: Math.abs(element.current) * PART, size });
      } else throw new Error(`${source.name} is no source of the netlist`);
    }
  });

  it('has noise gain, Z_N and Z_I of every op amp, and the budget of their spreads', async () => {
    const { result } = await analyze(text, { name });
    const size = Math.abs(result?.operatingPoint?.output ?? Number.NaN);
    const found = [...(result?.finiteGains?.opAmps ?? [])];
    expect(found.length).toBeGreaterThan(0);
    for (const [{ name: opAmpName }, gains] of found) {
      const opAmp = circuit.elements.find((candidate) => candidate.name === opAmpName);
      if (opAmp?.kind !== 'opAmp') throw new Error(`${opAmpName} is no op amp`);
      const output = (cause: Cause) => (step: number) =>
        outputWith(circuit, opAmp, disturbed(opAmp, cause, step));
      expectSlope(gains.noiseGain, { output: output('offset'), h: VOLTS, size });
      for (const pin of ['nonInverting', 'inverting'] as const) {
        const h = Math.max(AMPERES, Math.min(1e-6, VOLTS / Math.abs(gains[pin])));
        expectSlope(gains[pin], { output: output(pin), h, size });
      }
      for (const { cause, opAmp: of, gain, low, high } of result?.budget?.rows ?? []) {
        if (of !== opAmpName) continue;
        const { offsetVoltage, bias } = opAmp.specification;
        if (cause === 'Vos') {
          expectSlope(gain, { output: output('offset'), h: VOLTS, size });
          expect(high - low).toBeClose(Math.abs(gain) * (offsetVoltage.high - offsetVoltage.low), {
            rel: 1e-12,
            abs: 0,
          });
        } else if (cause === 'Ib' && bias.kind === 'average') {
          const h = Math.max(AMPERES, Math.min(1e-6, VOLTS / Math.abs(gain)));
          expectSlope(gain, { output: output('both'), h, size });
          expect(high - low).toBeClose(Math.abs(gain) * (bias.average.high - bias.average.low), {
            rel: 1e-12,
            abs: 0,
          });
        }
      }
    }
  });
});

type Cause = 'offset' | 'nonInverting' | 'inverting' | 'both';

function disturbed(opAmp: OpAmp, cause: Cause, step: number): OpAmp {
  const { specification } = opAmp;
  const { nonInverting, inverting } = biasCurrents(specification);
  const offset = cause === 'offset' ? step : 0;
  const first = cause === 'nonInverting' || cause === 'both' ? step : 0;
  const second = cause === 'inverting' || cause === 'both' ? step : 0;
  return {
    ...opAmp,
    specification: {
      ...specification,
      offsetVoltage: known(specification.offsetVoltage.nominal + offset),
      bias: {
        kind: 'pins',
        nonInverting: known(nonInverting + first),
        inverting: known(inverting + second),
      },
    },
  };
}
