import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import type { Subcircuit } from '../../grammar/spice/tree.ts';
import { fixtureOf } from '../../src/analysis/identification/fixture.ts';
import { follower, openLoop } from '../../src/analysis/identification/follower.ts';
import { identifyPins } from '../../src/analysis/identification/identify-pins.ts';
import type { PinPorts } from '../../src/analysis/identification/order-of-search.ts';
import {
  type Analysis,
  analyze,
  opAmpsDocument,
  renderText,
  surveyOpAmps,
} from '../../src/index.ts';
import { order } from '../circuit/recognition/support.ts';
import '../support/close.ts';

/** Nodes of the bodies below by pin letter; the numbers say nothing. */
const NODES: Readonly<Record<string, string>> = { '+': '11', '-': '12', P: '13', N: '14', O: '15' };

const ports = (pins: string) => [...pins].map((pin) => NODES[pin]).join(' ');

/** A bipolar input pair, a gain stage that diodes keep `headroom` [V] within the supplies, an output. */
const boyle = (headroom = 1.5) => `
Q1 1 12 3 QN
Q2 2 11 4 QN
RC1 13 1 5k
RC2 13 2 5k
RE1 3 5 2k
RE2 4 5 2k
IEE 5 14 20u
EREF 6 0 POLY(2) 13 0 14 0 0 0.5 0.5
GA 6 7 1 2 1m
R2 7 6 100meg
DP 7 8 DX
VP 13 8 ${headroom}
DN 9 7 DX
VN 9 14 ${headroom}
EO 10 0 7 0 1
RO 10 15 50
RP 13 14 20k
.model QN NPN(IS=1e-16 BF=200)
.model DX D(IS=1e-15)`;

/** The same as P-channel MOS pair with a complementary output that takes its current from the supplies. */
const MOS = `
M1 1 12 3 3 MP W=100u L=1u
M2 2 11 3 3 MP W=100u L=1u
R1 1 14 100k
R2 2 14 100k
ISS 13 3 20u
EREF 6 0 POLY(2) 13 0 14 0 0 0.5 0.5
GA 6 7 2 1 -1m
RA 7 6 20meg
DP 7 13 DX
DN 14 7 DX
VBN 8 7 -0.5
VBP 7 9 -0.5
M3 13 8 15 15 MN W=1m L=1u
M4 14 9 15 15 MP W=1m L=1u
.model MN NMOS(VTO=0.4 KP=100u)
.model MP PMOS(VTO=-0.4 KP=40u)
.model DX D(IS=1e-15)`;

/** V(15) = A V(11,12) behind 50 ohm, whatever the supplies are; a resistor joins these. */
const linear = (gain: number) => `
GA 0 7 11 12 1m
RA 7 0 ${gain * 1000}
EO 10 0 7 0 1
RO 10 15 50
RP 13 14 10k
D1 14 13 DX
.model DX D`;

const library = (pins: string, body: string, name = 'XOPAMP1') =>
  `.subckt ${name} ${ports(pins)}${body}\n.ends\n`;

function fixture(pins: string, body: string) {
  const text = library(pins, body);
  const netlist = parseNetlist({ name: 'model.lib', text }, { include: true });
  const found = fixtureOf(netlist, netlist.statements[0] as Subcircuit);
  if (found === undefined) throw new Error(`faulty body ${body}`);
  return found;
}

function letters({ plus, minus, positive, negative, output }: PinPorts): string {
  const pins: string[] = [];
  for (const [letter, port] of Object.entries({ '+': plus, '-': minus, P: positive })) {
    pins[port] = letter;
  }
  pins[negative] = 'N';
  pins[output] = 'O';
  return pins.join('');
}

function identified(pins: string, body: string): string {
  const found = identifyPins(fixture(pins, body));
  if (found.verdict === 'decided') return letters(found.pins);
  return found.verdict === 'ambiguous'
    ? `ambiguous ${found.candidates.map(letters).sort().join(' ')}`
    : 'undecided';
}

describe('the pins of a macromodel, by its follower', () => {
  it.each(['+-PNO', '-+PNO', '-+OPN', '-O+PN', 'ON+-P', 'N+O-P', 'PO-+N'])(
    'bipolar input, order %s',
    (pins) => expect(identified(pins, boyle())).toBe(pins),
  );

  it.each(['+-PNO', '-+OPN', '-O+PN'])('MOS, order %s', (pins) =>
    expect(identified(pins, MOS)).toBe(pins),
  );

  it.each(['+-PNO', '-+NOP'])('saturated at +-5 V, found at +-15 V, order %s', (pins) =>
    // 5.6 V of headroom at either side is more than there is.
    expect(identified(pins, boyle(5.6))).toBe(pins),
  );

  it('is ambiguous where the supplies could be exchanged', () =>
    expect(identified('+-PNO', linear(1e5).replace(/D1.*\n/, ''))).toBe('ambiguous +-NPO +-PNO'));

  it('is none for an amplifier whose gain is its own, although 0.3 V / 21 is a small error', () =>
    expect(identified('+-PNO', linear(20))).toBe('undecided'));

  it('is none for a body without a solution', () =>
    expect(identified('+-PNO', '\nI1 0 7 1\nD1 0 7 DX\nR1 11 15 1k\n.model DX D')).toBe(
      'undecided',
    ));
});

describe('a follower', () => {
  const A = 2e4;
  const part = fixture('+-PNO', linear(A));
  const connection = { positive: 2, negative: 3, driven: 0, joined: [4, 1] } as const;

  it.each(['plain', 'stepped'] as const)(
    'has the error and the gain of its A, effort %s',
    (effort) => {
      const excitation = { supply: 5, input: 0.3 };
      const solved = follower(part, connection, { excitation, effort });
      if (solved === undefined) throw new Error('no solution');
      // V_out (1 + 1/B) = V_in with B = A R / (R + 50) and the two loads of 100k in parallel.
      const B = (A * 50e3) / (50e3 + 50);
      expect(solved.error).toBeClose(-0.3 / (1 + B), { rel: 1e-6, abs: 0 });
      // With the loop open one load is at the output.
      const open = (A * 100e3) / (100e3 + 50);
      const gains = openLoop(part, solved, { output: 4 });
      expect(gains?.driven).toBeClose(open, { rel: 1e-9, abs: 0 });
      expect(gains?.fedBack).toBeClose(-open, { rel: 1e-9, abs: 0 });
      // 10 V across 10 kohm.
      expect(solved.positiveCurrent).toBeClose(1e-3, { rel: 1e-6, abs: 0 });
      expect(solved.negativeCurrent).toBeClose(-1e-3, { rel: 1e-6, abs: 0 });
    },
  );
});

describe('nullor opamps', () => {
  const survey = (text: string) =>
    surveyOpAmps(parseNetlist({ name: 'parts.lib', text }, { include: true }));
  const first = (text: string) => survey(text).subcircuits[0]?.recognition;
  const codes = (text: string) =>
    survey(text)
      .diagnostics.map(({ code }) => code)
      .filter((code) => /pins/.test(code));

  it('confirms the convention', () => {
    const found = first(library('+-PNO', boyle()));
    expect(order(found?.roles ?? [])).toBe('+-PNO');
    expect(found?.confirmed).toBe(true);
    expect(found?.evidence).toMatch(
      /^pins found by solving: a follower with an error of .* V, A_OL/,
    );
    expect(codes(library('+-PNO', boyle()))).toEqual([]);
  });

  it('overrules the convention, with a warning', () => {
    const text = library('-+OPN', boyle());
    expect(order(first(text)?.roles ?? [])).toBe('-+OPN');
    expect(codes(text)).toEqual(['pins_contradicted']);
    expect(renderText(opAmpsDocument(survey(text))).replace(/\s+/g, ' ')).toContain(
      'Warning, line 1: "XOPAMP1" does not have the pins +,-,V+,V-,out (pins by convention, not confirmed): as a circuit it has -,+,out,V+,V-, which is taken.',
    );
  });

  it('solves a model that leads to others, inner and outer ones', () => {
    const inside = '.subckt INNER 1 2 3 4 5\nX1 1 2 3 4 5 CORE\n.ends';
    const wrapped = `${library('+-PNO', `\n${inside}\nX1 ${ports('+-PNO')} INNER`)}${library('+-PNO', boyle(), 'CORE')}`;
    const found = survey(wrapped).subcircuits[0]?.recognition;
    expect(found?.evidence).toMatch(/^pins found by solving/);
  });

  it('does not overrule what the file says', () => {
    const text = `* PINOUT ORDER +IN -IN +V -V OUT\n${library('-+OPN', boyle())}`;
    expect(order(first(text)?.roles ?? [])).toBe('+-PNO');
    expect(codes(text)).toEqual([]);
  });

  it('leaves an ambiguous model to the convention, with a warning', () => {
    const text = library('+-PNO', linear(1e5).replace(/D1.*\n/, ''));
    expect(first(text)?.evidence).toBe('pins by convention, not confirmed');
    expect(codes(text)).toEqual(['ambiguous_pins']);
  });

  it('leaves comparators alone, which follow, too', () => {
    expect(first(`* voltage comparator\n${library('+-PNO', boyle(), 'QX99')}`)).toBeUndefined();
    expect(first(library('+-PNO', boyle(), 'LM393'))).toBeUndefined();
  });

  it('asks nothing of a part that nobody calls an op amp', () =>
    expect(first(library('+-PNO', boyle(), 'QX99'))).toBeUndefined());

  it('solves the first definitions of a library and says so', () => {
    const faulty = '\nQ1 11 12 13 NOMODEL';
    const text = Array.from({ length: 27 }, (_, i) => library('+-PNO', faulty, `XOPAMP${i}`)).join(
      '',
    );
    const told = survey(text).diagnostics.filter(({ code }) => code === 'pins_not_solved');
    expect(told.map(({ message }) => message)).toEqual([
      'The pins of "XOPAMP25" and of 1 more definitions were not looked for by solving: it would take too long.',
    ]);
  });
});

it('does not solve a body that is larger than any macromodel', () => {
  const many = Array.from({ length: 301 }, (_, i) => `\nD${i} 11 12 DX`).join('');
  const text = library('+-PNO', `${many}\n.model DX D`);
  const { diagnostics } = surveyOpAmps(
    parseNetlist({ name: 'parts.lib', text }, { include: true }),
  );
  expect(diagnostics.map(({ code }) => code)).toContain('pins_not_solved');
});

describe('nullor analyze', () => {
  const noiseGainOf = (result: Analysis['result']) => result?.opAmps[0]?.noiseGain;

  const circuit = (pins: string, { name = 'XOPAMP1', directive = '' } = {}) => {
    const nodes: Readonly<Record<string, string>> = { '+': 'a', '-': 'b', P: 'p', N: 'n', O: 'o' };
    return `t\nVP p 0 15\nVN n 0 -15\nVI a 0 1\nR1 b 0 1k\nR2 o b 9k\nXU1 ${[...pins].map((pin) => nodes[pin]).join(' ')} ${name}\n${directive}\n${library(pins, boyle(), name)}`;
  };

  it.each(['+-PNO', '-+OPN', 'P-N+O'])('takes the pins that were found: %s', async (pins) => {
    const { result, diagnostics } = await analyze(circuit(pins));
    expect(noiseGainOf(result)).toBeClose(10, { rel: 1e-15, abs: 0 });
    expect(diagnostics.map(({ code }) => code)).not.toContain('unconfirmed_pins');
  });

  it('finds the pins of what a directive calls an op amp', async () => {
    const text = circuit('O-+NP', { name: 'QX99', directive: '*@ opamp XU1 vos=1m' });
    const { result, diagnostics } = await analyze(text);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(noiseGainOf(result)).toBeClose(10, { rel: 1e-15, abs: 0 });
  });

  it('solves nothing that a directive does not call an op amp', async () => {
    const text = circuit('O-+NP', {
      name: 'QX99',
      directive: '*@ opamp E1 vos=1m\nE1 q 0 o q 1e5',
    });
    const { circuit: solved } = await analyze(text);
    expect(solved.elements.map(({ name }) => name)).toContain('XU1.RC1');
  });

  it('solves no definition that the circuit does not use', async () => {
    const { diagnostics } = await analyze(
      `${circuit('+-PNO')}${library('-+OPN', boyle(), 'YOPAMP2')}`,
    );
    expect(diagnostics.map(({ code }) => code)).not.toContain('pins_contradicted');
  });
});
