/** LTspice's own devices in `op`: transconductance amplifiers and generic op amps without their libraries. */

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { operate } from '../../src/operate.ts';

const run = (body: string) => operate(`* draft.asc\n${body}\n.backanno\n`);

function voltage(body: string, node = 'o'): number {
  const { result, diagnostics } = run(body);
  if (result === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return result.nodes[node] ?? Number.NaN;
}

describe('OTA', () => {
  const inputs = 'V1 p 0 0.3\nV2 n 0 0.2\nR1 o 0 1k\n';
  const free = 'Vhigh=1e308 Vlow=-1e308';
  it.each([
    [`A1 n p 0 0 0 0 o 0 OTA g=1m Iout=20u ${free}`, 1e3 * 20e-6 * Math.tanh(5)],
    // 10 uA unless Iout says otherwise.
    [`A1 n p 0 0 0 0 o 0 OTA g=1u ${free}`, 1e3 * 10e-6 * Math.tanh(0.01)],
    [`A1 n p 0 0 0 0 o 0 OTA g=1m linear ${free}`, 0.1],
    [`A1 n p 0 0 0 0 o 0 OTA g=1m linear ${free} Rout=1k`, 0.05],
    ['A1 n p 0 0 0 0 o 0 OTA g=0 in=.8f ink=1 incm=.08f', 0],
  ])('%s', (card, expected) => {
    expect(voltage(inputs + card)).toBeClose(expected, { rel: 1e-12, abs: 0 });
  });

  it('may float with its common node', () => {
    const body =
      'V1 p 0 0.3\nVC c 0 2\nR1 o c 1k\nA1 c p c c c c o c OTA g=1m linear Vhigh=1e308 Vlow=-1e308';
    expect(voltage(body)).toBeClose(2 + (0.3 - 2), { rel: 1e-12, abs: 0 });
  });

  it.each([
    'A1 n p 0 0 0 0 o 0 OTA g=1m',
    `A1 n p 0 0 0 0 o 0 OTA g=1m ref=1 ${free}`,
    `A1 n p 0 0 0 0 o 0 OTA g=1m isource=1 ${free}`,
    `A1 n p n p 0 0 o 0 OTA g=1m ${free}`,
    `A1 n p 0 0 0 o 0 0 OTA g=1m ${free}`,
    'A1 n p 0 0 0 0 o 0 VARISTOR rclamp=1',
    'A1 n p 0 0 0 0 o 0 AND',
  ])('%s is refused by name', (card) => {
    const errors = run(inputs + card).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual(['unsupported_element']);
    expect(errors[0]?.message).toContain('"A1"');
  });
});

describe('generic op amps whose library is missing', () => {
  const supplies = 'VP vp 0 5\nVN vn 0 -5\nV1 i 0 0.1\n.lib UniversalOpAmps2.sub\n';
  it('opamp: a gain, the inverting input first', () => {
    const body = 'V1 i 0 0.1\nXU1 o i o opamp Aol=100k GBW=10Meg\nR1 o 0 1k';
    expect(voltage(body)).toBeClose(0.1 / (1 + 1e-5), { rel: 1e-12, abs: 0 });
  });

  it('level 1: a gain and input resistances', () => {
    // An open input lies between the supplies; 2 Rin to both of them are Rin to their middle.
    const body = `${supplies}XU1 i g vp vn o level.1 Avol=10 Rin=1Meg\nRG g 0 1Meg`;
    expect(voltage(body)).toBeClose(1, { rel: 1e-12, abs: 0 });
    const loaded = `${supplies}RS i j 1Meg\nXU1 j 0 vp vn o level.1 Avol=10 Rin=1Meg`;
    expect(voltage(loaded)).toBeClose(0.5, { rel: 1e-12, abs: 0 });
  });

  const buffer = 'XU1 i o vp vn o level.2 Avol=1Meg ilimit=25m';
  it.each([
    ['a buffer', `${buffer} rail=0\nR1 o 0 1k`, 0.1 / (1 + 1e-6)],
    ['its rails', 'XU1 i 0 vp vn o level.2 Avol=1Meg rail=0.5', 4.5],
    ['its lower rail', 'XU1 0 i vp vn o level2 Avol=1Meg rail=0.5', -4.5],
    ['its current limit', `${buffer}\nR1 o 0 1`, 25e-3],
    ['a known offset', `${buffer} Vos=1m\nR1 o 0 1k`, 0.101 / (1 + 1e-6)],
  ])('level 2: %s', (_, card, expected) => {
    expect(voltage(supplies + card)).toBeClose(expected, { rel: 1e-6, abs: 0 });
  });

  it('says so, and doubts what is not documented', () => {
    const codes = run(`${supplies}${buffer} Vos=1m foo=2\nR1 o 0 1k`).diagnostics.map(
      ({ severity, code }) => `${severity} ${code}`,
    );
    expect(codes).toEqual(
      expect.arrayContaining([
        'info generic_op_amp',
        'warning offset_sign',
        'warning unknown_parameter',
      ]),
    );
  });
});
