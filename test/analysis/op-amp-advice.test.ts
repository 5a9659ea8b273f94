// The note's chapter on optimisation: its own resistors, closed forms, and the law that the resistor, put into the
// netlist, leaves exactly the error that was promised.

import { describe, expect, it } from 'vitest';
import type { BiasCompensation } from '../../src/analysis/bias-compensation.ts';
import { analyze } from '../../src/analyze.ts';
import '../support/close.ts';

const rel = 1e-12;

async function resultOf(text: string) {
  const { result, diagnostics } = await analyze(text);
  if (result === null) throw new Error(diagnostics.map(({ message }) => message).join());
  return result;
}

async function adviceOf(text: string, name = 'XU1') {
  const { advice } = await resultOf(text);
  const found = advice.find(({ opAmp }) => opAmp === name);
  if (found === undefined) throw new Error(`no advice for ${name}`);
  return found;
}

const IDEAL = `.subckt OPAMP inp inn out
E1 out 0 inp inn 1meg
.ends`;

/** AN1177 Fig. 14 with the resistor R1 of the + input still to be chosen. */
const NON_INVERTING = `Example 2 without R1
VIN p 0 0.1
R2 m 0 2.21k
R3 out m 20k
XU1 p m out OPAMP
${IDEAL}
*@ opamp XU1 vos=+-0.1m ib=+-50n ios=+-5n`;

describe('the resistor that makes R_NEQ = R_IEQ', () => {
  it('is R1 of Example 2, R2 || R3', async () => {
    const { compensation } = await adviceOf(NON_INVERTING);
    const G = 1 + 20e3 / 2.21e3;
    expect(compensation).toMatchObject({ pin: 'plus', equalsPassive: true });
    expect(compensation?.exact.resistance).toBeClose(1990.0945520036, { rel, abs: 0 });
    expect(compensation?.e96.resistance).toBe(2000); // R1 of the note
    // I_B (R_IEQ - R_NEQ) and I_OS (R_IEQ + R_NEQ)/2, Eq. 14, times the noise gain
    const R = (2.21e3 * 20e3) / 22.21e3;
    const offset = G * 0.1e-3;
    expect(compensation?.without.worstCase).toBeClose(offset + G * R * (50e-9 + 2.5e-9), {
      rel,
      abs: 0,
    });
    expect(compensation?.exact.worstCase).toBeClose(offset + G * R * 5e-9, { rel, abs: 0 });
    expect(compensation?.exact.rss).toBeClose(Math.hypot(offset, G * R * 5e-9), { rel, abs: 0 });
  });

  it('is R1 of Example A-1, R3/G_N', async () => {
    const text = `Offset test circuit without R1
VP vp 0 2.75
VM vm 0 2.75
R2 m vp 6.65k
R3 vm m 20k
R3F out m 20k
XU1 vp m out OPAMP
${IDEAL}
*@ opamp XU1 vos=+-0.1m ib=+-50n ios=+-5n`;
    const { compensation } = await adviceOf(text);
    expect(compensation?.exact.resistance).toBeClose(3993.99399399399, { rel, abs: 0 });
    expect(compensation?.e96.resistance).toBe(4020);
    expect(compensation?.e24.resistance).toBe(3900);
  });

  it('stands at the - input where that sees less', async () => {
    const text = NON_INVERTING.replace('VIN p 0', 'VIN in 0').replace('R2 m', 'RS in p 20k\nR2 m');
    const { compensation } = await adviceOf(text);
    expect(compensation?.pin).toBe('minus');
    expect(compensation?.exact.resistance).toBeClose(20e3 - 1990.0945520036, { rel, abs: 0 });
  });
});

/** `|P` and `|M` mark the pins of the op amp, with which the resistor is in series. */
const CIRCUITS: readonly (readonly [name: string, opAmp: string, text: string])[] = [
  [
    'instrumentation amplifier, one of its input stages',
    'XU1',
    `Three op amps
VP vp 0 1.3
VM vm 0 1.29
XU1 vp|P m1|M o1 OPAMP
XU2 vm m2 o2 OPAMP
RF1 o1 m1 12.4k
RG m1 m2 499
RF2 o2 m2 12.4k
R1 o2 m3 10k
R2 out m3 15k
R3 o1 p3 10k
R4 p3 0 15k
XU3 p3 m3 out OPAMP
${IDEAL}
*@ output V(out)
*@ opamp XU1 vos=+-10u ib=+-80n ios=+-5n
*@ opamp XU2 vos=+-10u ib=+-80n ios=+-5n
*@ opamp XU3 vos=+-10u`,
  ],
  [
    'inputs coupled by a resistor, finite gain and rejection',
    'XU1',
    `Coupled inputs
VIN in 0 2m
RS in p 200
RPM p m 2.2k
R1 m 0 1k
R2 out m 10k
XU1 p|P m|M out OPAMP
${IDEAL}
*@ output V(out)
*@ opamp XU1 vos=20u ib=600n..1000n ios=+-40n aol=2k cmrr=300`,
  ],
  [
    'transimpedance amplifier with known currents of the pins',
    'XU1',
    `Transimpedance
IIN 0 m 1u
RF out m 100k
XU1 0|P m|M out OPAMP
${IDEAL}
*@ output V(out)
*@ opamp XU1 vos=+-20u ibn=28n..32n ibi=29n..31n`,
  ],
];

/** The netlist with the resistor in series with one pin. */
function withResistor(text: string, { pin, resistance }: { pin: string; resistance: number }) {
  const [mark, other] = pin === 'plus' ? ['P', 'M'] : ['M', 'P'];
  const node = new RegExp(`(\\S+)\\|${mark}`).exec(text)?.[1];
  return text
    .replace(new RegExp(`\\S+\\|${mark}`), 'pin')
    .replace(`|${other}`, '')
    .replace('.subckt', `RCOMP ${node} pin ${resistance}\n.subckt`);
}

describe.each(CIRCUITS)('%s', (_, opAmp, marked) => {
  const plain = marked.replace(/\|[PM]/g, '');

  async function compensationOf(): Promise<BiasCompensation> {
    const { compensation } = await adviceOf(plain, opAmp);
    if (compensation === null) throw new Error('a resistor must pay here');
    return compensation;
  }

  async function errorsOf(text: string) {
    const { error, budget } = await resultOf(text);
    const [known, low, high] = [error?.output, budget?.opAmps.low, budget?.opAmps.high];
    if (known === undefined || low === undefined || high === undefined)
      throw new Error('no budget');
    return {
      worstCase: Math.max(Math.abs(known + low), Math.abs(known + high)),
      rss: budget?.opAmps.rss,
    };
  }

  it('has the error that is promised once the resistor is there', async () => {
    const { pin, exact, e24, e96, without } = await compensationOf();
    const before = await errorsOf(plain);
    expect(without.worstCase).toBeClose(before.worstCase, { rel, abs: 0 });
    expect(without.rss).toBeClose(before.rss ?? 0, { rel, abs: 0 });
    for (const choice of [exact, e24, e96]) {
      const found = await errorsOf(withResistor(marked, { pin, resistance: choice.resistance }));
      // Known errors reach the output through finite gains that the resistor moves with V_CM.
      expect(choice.worstCase).toBeClose(found.worstCase, { rel: 1e-9, abs: 0 });
      expect(choice.rss).toBeClose(found.rss ?? 0, { rel: 1e-9, abs: 0 });
    }
  });

  it('has no effect of I_B left with the exact value', async () => {
    const { pin, exact } = await compensationOf();
    const result = await resultOf(withResistor(marked, { pin, resistance: exact.resistance }));
    const at = [...(result.finiteGains?.opAmps ?? [])].find(([{ name }]) => name === opAmp)?.[1];
    const [Zn, Zi] = [at?.nonInverting ?? Number.NaN, at?.inverting ?? Number.NaN];
    expect(Zn + Zi).toBeClose(0, { rel: 0, abs: 1e-9 * Math.abs(Zi) });
  });

  it('promises less than without', async () => {
    const { without, e96 } = await compensationOf();
    expect(e96.worstCase).toBeLessThan(0.99 * without.worstCase);
  });
});

describe('no resistor', () => {
  const withData = (data: string) => NON_INVERTING.replace(/vos=.*/, data);

  it('where I_OS is as large as I_B, as with cancelled bias currents', async () => {
    const found = await adviceOf(withData('vos=+-10u ib=+-50n ios=+-50n'));
    expect(found).toMatchObject({ compensation: null, offsetCurrentPrevails: true });
    expect(found.resistorTolerance).toBeNull();
  });

  it('where nothing is known of I_OS', async () => {
    const found = await adviceOf(withData('vos=+-10u ib=+-50n'));
    expect(found).toMatchObject({ compensation: null, offsetCurrentPrevails: false });
  });

  it('where I_B makes less than 1 % of the error', async () => {
    const found = await adviceOf(withData('vos=+-38m ib=+-5n ios=+-1n'));
    expect(found).toMatchObject({ compensation: null, offsetCurrentPrevails: false });
    expect(found.dominant?.cause).toBe('Vos');
  });
});

describe('AN1177 Eq. 15, corrected', () => {
  it('lets I_B weigh as much as I_OS at the limit: I_OS/(2 I_B)', async () => {
    const balanced = NON_INVERTING.replace('VIN p 0', 'VIN in 0').replace(
      'R2 m',
      'R1 in p 1990.0945520036\nR2 m',
    );
    const { resistorTolerance, compensation } = await adviceOf(balanced);
    expect(compensation).toBeNull();
    expect(resistorTolerance).toBeClose(0.05, { rel, abs: 0 });
    const t = resistorTolerance ?? Number.NaN;
    const corner = balanced
      .replace('1990.0945520036', String(1990.0945520036 * (1 + t)))
      .replace('2.21k', String(2.21e3 * (1 - t)))
      .replace('out m 20k', `out m ${20e3 * (1 - t)}`);
    const { budget } = await resultOf(corner);
    const worst = (cause: string) => budget?.rows.find((row) => row.cause === cause)?.worst;
    // R (1 + t) and R (1 - t): their mean is R
    expect(worst('Ib')).toBeClose(worst('Ios') ?? 0, { rel: 1e-9, abs: 0 });
  });
});

describe('the term that dominates', () => {
  it('is the largest at the output, with its part of all', async () => {
    const { dominant } = await adviceOf(NON_INVERTING);
    const G = 1 + 20e3 / 2.21e3;
    const terms = [G * 0.1e-3, 20e3 * 50e-9, 20e3 * 2.5e-9];
    const sum = terms.reduce((a, b) => a + b);
    expect(dominant?.cause).toBe('Vos');
    expect(dominant?.worst).toBeClose(G * 0.1e-3, { rel, abs: 0 });
    expect(dominant?.share).toBeClose((G * 0.1e-3) / sum, { rel, abs: 0 });
  });
});
