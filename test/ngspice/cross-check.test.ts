// The referee must agree with every sound circuit, and must disagree, naming the figure, when one of our stamps or
// excitations is wrong: each is broken in turn behind the analysis' back.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import type { LinearCircuit, LinearElement, OpAmp } from '../../src/circuit/circuit.ts';
import type { OpAmpColumns } from '../../src/mna/excitation.ts';
import { createNodeEngine } from '../../src/ngspice/node-engine.ts';
import { type ReferenceCircuit, referenceCircuits } from '../support/reference.ts';
import { useEngine } from './built-worker.ts';

/** What the mocked modules do to a circuit before it is stamped, and to the columns of an op amp. */
const broken: {
  element: (element: LinearElement) => LinearElement;
  columns: (columns: OpAmpColumns) => OpAmpColumns;
  /** What the known errors are multiplied with. */
  errors: number;
} = vi.hoisted(() => {
  const same = <T>(value: T): T => value;
  return { element: same, columns: same, errors: 1 };
});

vi.mock('../../src/mna/system.ts', async (original) => {
  const real = await original<typeof import('../../src/mna/system.ts')>();
  const assemble: typeof real.assemble = (circuit: LinearCircuit, network, options) => ({
    ...real.assemble(
      { ...circuit, elements: circuit.elements.map(broken.element) },
      network,
      options,
    ),
    circuit,
  });
  return { ...real, assemble };
});

vi.mock('../../src/mna/excitation.ts', async (original) => {
  const real = await original<typeof import('../../src/mna/excitation.ts')>();
  const opAmpColumns: typeof real.opAmpColumns = (opAmp, unknowns) =>
    broken.columns(real.opAmpColumns(opAmp, unknowns));
  const addErrors: typeof real.addErrors = (b, unknowns, points) => {
    const errors = real.rightHandSide(unknowns);
    real.addErrors(errors, unknowns, points);
    errors.high.forEach((value, row) => {
      b.high[row] = (b.high[row] ?? 0) + broken.errors * value;
    });
  };
  return { ...real, opAmpColumns, addErrors };
});

const ngspice = useEngine();
afterEach(() => {
  broken.element = (element) => element;
  broken.columns = (columns) => columns;
  broken.errors = 1;
});

describe('ngspice agrees', () => {
  const solvable = referenceCircuits.filter(
    ({ status }) => status !== 'no_dc_path' && status !== 'voltage_conflict',
  );

  it.each(solvable)('with $id', async (circuit) => {
    const { crossCheck, status } = await analyze(...referenceCall(circuit));
    expect(status).toBe(circuit.status);
    expect(crossCheck?.rows.filter(({ difference, bound }) => !(difference <= bound))).toEqual([]);
    expect(crossCheck?.agrees).toBe(true);
    expect(crossCheck?.engine).toContain('ngspice');
  });

  it('is not asked about circuits that have no solution', async () => {
    for (const circuit of referenceCircuits) {
      if (solvable.includes(circuit)) continue;
      expect((await analyze(...referenceCall(circuit))).crossCheck).toBeNull();
    }
  });

  it('with the circuit that is broken below', async () => {
    const { crossCheck, status } = await analyze(everything, { engine: ngspice.engine });
    expect(status).toBe('ok');
    expect(crossCheck?.agrees).toBe(true);
    const quantities = crossCheck?.rows.map(({ quantity }) => quantity);
    for (const pin of ['R_NEQ', 'R_IEQ', 'Z_N', 'Z_I', 'noise gain', 'noise gain to output']) {
      expect(quantities).toContain(`XU1 ${pin}`);
    }
    for (const source of ['VIN', 'VDD', 'VSS', 'I1', 'VM'])
      expect(quantities).toContain(`gain of ${source}`);
    expect(quantities).toContain('V(out)');
    expect(quantities).toContain('V_OE');
  });
});

const everything = `one element of every kind
VIN in 0 1
VDD vdd 0 5
VSS vss 0 -5
I1 0 m 10u
R1 in p 2k
R2 m 0 1k
R3 out m 9.09k
R4 p 0 100k
R8 p m 1meg
VM p q 0
R5 q 0 10k
L1 q r 1m
R9 r 0 22k
E1 e 0 in 0 2
R6 e m 47k
F1 0 m VM 0.1
G1 m 0 in 0 20u
H1 h 0 VM 500
R7 h m 33k
XU1 p m vdd vss out AMP
*@ opamp XU1 pins=+,-,V+,V-,out vos=1m tcvos=10u dt=20 ibn=10n ibi=-7n
*@ opamp XU1 aol=50k cmrr=5k psrrp=8k psrrn=-6k vcm0=0.5 vout0=0.2 vdd0=4.5 vss0=-4.4
*@ output V(out)
.end
`;

describe('a broken stamp shows', () => {
  /** Far below what anyone would notice in a report. */
  const SLIGHTLY = 1 + 1e-6;

  it.each([
    ['a resistor', resistance('R3', SLIGHTLY), 'XU1 R_IEQ'],
    ['a resistor at the + input', resistance('R1', SLIGHTLY), 'XU1 R_NEQ'],
    ['the sign of a VCCS', gain('G1', -1), 'gain of VIN'],
    ['the gain of a VCVS', gain('E1', SLIGHTLY), 'gain of VIN'],
    ['the polarity of a VCVS', reversed('E1'), 'gain of VIN'],
    ['the gain of a CCCS', gain('F1', 1.001), 'gain of VM'],
    ['the sign of a CCCS', gain('F1', -1), 'gain of VIN'],
    ['the sign of a CCVS', gain('H1', -1), 'gain of VIN'],
    ['the polarity of a voltage source', reversed('VIN'), 'gain of VIN'],
    [
      'an inductor',
      (e) => (e.kind === 'inductor' ? { ...e, port: { plus: e.port.plus, minus: -1 } } : e),
      'XU1 R_NEQ',
    ],
    [
      'the inputs of the op amp',
      (e) => (e.kind === 'opAmp' ? { ...e, plus: e.minus, minus: e.plus } : e),
      'XU1 noise gain',
    ],
    ['the sign of 1/A_OL', inverse('inverseGain', -1), 'V(out)'],
    ['a lost 1/A_OL', inverse('inverseGain', 0), 'V(out)'],
    ['the sign of 1/CMRR', inverse('inverseCmrr', -1), 'V(out)'],
    ['half of 1/CMRR', inverse('inverseCmrr', 0.5), 'V(out)'],
    ['the supplies exchanged', (e) => (e.kind === 'opAmp' ? exchanged(e) : e), 'V(out)'],
  ] as [string, (element: LinearElement) => LinearElement, string][])(
    '%s',
    async (_, change, quantity) => {
      broken.element = change;
      await expectDisagreement(quantity);
    },
  );

  const flip = (column: OpAmpColumns['offset']) =>
    column.map(([row, value]) => [row, -value] as const);
  it.each([
    ['the direction of I_BN', (c) => ({ ...c, nonInverting: flip(c.nonInverting) }), 'XU1 Z_N'],
    ['the direction of I_BI', (c) => ({ ...c, inverting: flip(c.inverting) }), 'XU1 Z_I'],
    ['the sign of V_OST', (c) => ({ ...c, offset: flip(c.offset) }), 'XU1 noise gain'],
    [
      'I_BN and I_BI exchanged',
      (c) => ({ ...c, nonInverting: c.inverting, inverting: c.nonInverting }),
      'XU1 Z_N',
    ],
  ] as [string, (columns: OpAmpColumns) => OpAmpColumns, string][])(
    '%s',
    async (_, change, quantity) => {
      broken.columns = change;
      await expectDisagreement(quantity);
    },
  );

  it('the sign of all known errors', async () => {
    broken.errors = -1;
    await expectDisagreement('V_OE');
    await expectDisagreement('V(out)');
  });

  it('known errors forgotten', async () => {
    broken.errors = 0;
    await expectDisagreement('V_OE');
  });
});

describe('an engine that cannot run', () => {
  it('gives no agreement, and the reason', async () => {
    const dead = createNodeEngine({ workerUrl: new URL('file:///nowhere/node-worker.mjs') });
    const { status, crossCheck } = await analyze(everything, { engine: dead });
    await dead.close();
    expect(status).toBe('ok');
    expect(crossCheck).toMatchObject({ agrees: null, worst: null, rows: [] });
    expect(crossCheck?.reason).toMatch(/worker|ngspice/);
  });

  it('when it is closed', async () => {
    const closed = createNodeEngine({ workerUrl: ngspice.workerUrl });
    await closed.close();
    const { crossCheck } = await analyze(everything, { engine: closed });
    expect(crossCheck).toMatchObject({ agrees: null, reason: 'the ngspice engine is closed' });
  });

  it('when it takes too long', async () => {
    const slow = createNodeEngine({ workerUrl: ngspice.workerUrl, startTimeout: 0.001 });
    const { crossCheck } = await analyze(everything, { engine: slow });
    await slow.close();
    expect(crossCheck?.agrees).toBeNull();
    expect(crossCheck?.reason).toContain('0.001 s');
  });
});

async function expectDisagreement(quantity: string): Promise<void> {
  const { crossCheck } = await analyze(everything, { engine: ngspice.engine });
  expect(crossCheck?.reason).toBeUndefined();
  expect(crossCheck?.agrees).toBe(false);
  const outside = crossCheck?.rows.filter(({ difference, bound }) => !(difference <= bound));
  expect(outside?.map((row) => row.quantity)).toContain(quantity);
  expect(crossCheck?.worst).toBeGreaterThan(1e-9);
}

function resistance(name: string, factor: number) {
  return (element: LinearElement): LinearElement =>
    element.kind === 'resistor' && element.name === name
      ? { ...element, resistance: element.resistance * factor }
      : element;
}

function gain(name: string, factor: number) {
  return (element: LinearElement): LinearElement => {
    if (element.name !== name || !('controls' in element)) return element;
    const controls = element.controls.map((control) => ({
      ...control,
      gain: control.gain * factor,
    }));
    return { ...element, controls } as LinearElement;
  };
}

function reversed(name: string) {
  return (element: LinearElement): LinearElement => {
    if (element.name !== name || element.kind === 'opAmp') return element;
    return { ...element, port: { plus: element.port.minus, minus: element.port.plus } };
  };
}

function inverse(key: 'inverseGain' | 'inverseCmrr', factor: number) {
  return (element: LinearElement): LinearElement => {
    if (element.kind !== 'opAmp') return element;
    const { nominal, ...spread } = element.specification[key];
    return {
      ...element,
      specification: { ...element.specification, [key]: { ...spread, nominal: nominal * factor } },
    };
  };
}

function exchanged(opAmp: OpAmp): OpAmp {
  const { positiveSupply, negativeSupply, ...rest } = opAmp;
  return { ...rest, positiveSupply: negativeSupply ?? -1, negativeSupply: positiveSupply ?? -1 };
}

function referenceCall({ netlist, output, opAmps }: ReferenceCircuit) {
  const directives = Object.entries(opAmps).map(([name, { known }]) => `opamp ${name} ${known}`);
  return [
    netlist,
    { directives: [`output ${output}`, ...directives], engine: ngspice.engine },
  ] as const;
}
