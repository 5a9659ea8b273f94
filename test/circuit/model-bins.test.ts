// A model name may stand for bins, of which the channel of the card chooses one.

import { describe, expect, it } from 'vitest';
import { circuitOf, element, errorsOf } from '../support/circuit.ts';

const BINS = `.model nch.1 nmos(vto=1 lmin=1.2u lmax=20u wmin=1u wmax=100u)
.model nch.2 nmos(vto=2 lmin=0.5u lmax={0.6u+0.6u} wmin=1u wmax=100u)
.model nch.3 nmos(vto=3 lmin=0.5u lmax=20u wmin=100u wmax=200u)
.model nchx nmos(vto=9)
VD d 0 1
`;

/** VTO of the model that a card has got. */
function threshold(card: string, more = ''): number | undefined {
  const found = element(circuitOf(`${BINS}${more}${card}\n`), 'M1');
  return found.kind === 'device' ? found.data.model.get('vto') : undefined;
}

describe('bins', () => {
  it.each([
    ['M1 d d 0 0 nch l=5u w=10u', 1],
    ['M1 d d 0 0 NCH w=10u l=0.7u', 2],
    ['M1 d d 0 0 nch l=0.7u w=150u', 3],
    ['M1 d d 0 0 nch 5u 10u', 1],
    ['M1 d d 0 0 nch.3 l=5u w=10u', 3],
    ['M1 d d 0 0 nchx l=5u w=10u', 9],
  ])('%s', (card, vto) => {
    expect(threshold(card)).toBe(vto);
  });

  it('begin at their lower ends', () => {
    expect(threshold('M1 d d 0 0 nch l=1.2u w=10u')).toBe(1);
    expect(threshold('M1 d d 0 0 nch l=0.7u w=100u')).toBe(3);
    // The last bins contain their upper ends.
    expect(threshold('M1 d d 0 0 nch l=20u w=200u')).toBe(3);
  });

  it('take what .options say of a channel', () => {
    expect(threshold('M1 d d 0 0 nch w=10u', '.options defl=0.8u\n')).toBe(2);
  });

  it('give way to a model of the very name', () => {
    expect(threshold('M1 d d 0 0 nch l=5u w=10u', '.model nch nmos(vto=7)\n')).toBe(7);
  });

  it('are those of the nearest level', () => {
    const inside = `.subckt S d\nM1 d d 0 0 nch l=5u w=10u\n.model nch.1 nmos(vto=5 lmin=1u lmax=9u)\n.ends\nXS d S\n`;
    const found = element(circuitOf(BINS + inside), 'XS.M1');
    expect(found.kind === 'device' && found.data.model.get('vto')).toBe(5);
  });

  it('name the channel for which there is none', () => {
    const [error] = errorsOf(circuitOf(`${BINS}M1 d d 0 0 nch l=0.2u w=10u\n`));
    expect(error).toBe(
      'None of the 3 bins of model "nch" is for L = 2e-7 and W = 0.00001 of "M1".',
    );
  });
});

describe('LEVEL', () => {
  const deviceOf = (level: string) => {
    const found = element(
      circuitOf(`VD d 0 1\nM1 d d 0 0 X l=1u w=9u\n.model X nmos(${level})\n`),
      'M1',
    );
    return found.kind === 'device' ? found.data.device : undefined;
  };
  it.each([
    ['vto=1', 'mosfet'],
    ['level=3', 'mosfet'],
    ['level=7', 'bsim3'],
    ['LEVEL={4+4}', 'bsim3'],
    ['level=49 version=3.2.4', 'bsim3'],
  ])('%s: %s', (level, device) => {
    expect(deviceOf(level)).toBe(device);
  });
});
