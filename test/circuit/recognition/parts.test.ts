import { describe, expect, it } from 'vitest';
import { isOpAmpName, kindNamed } from '../../../src/circuit/recognition/part-names.ts';
import { pinsByName } from '../../../src/circuit/recognition/unconfirmed.ts';
import { order, orderOf, recognised } from './support.ts';

const PORTS = '+IN -IN VCC VEE OUT';

describe('what kind of part it is', () => {
  it.each([
    ['LM311', '', 'comparator'],
    ['LMV331', '', 'comparator'],
    ['TLV3501', '', 'comparator'],
    ['MCP6562', '* an op-amp, says the comment', 'comparator'],
    ['XYZ', '* fast comparator model', 'comparator'],
    ['XYZ', '* dual op amp and comparator', 'op amp'],
    ['TL072', '* a comparator can be made of it', 'op amp'],
    ['LM358', '', 'op amp'],
    ['INA128', '', 'amplifier'],
    ['XYZ', '* instrumentation amplifier', 'amplifier'],
    ['INA128_opamp', '', 'op amp'],
    ['XYZ', '', 'op amp'],
  ])('%s %s is a %s', (name, comment, kind) => {
    expect(recognised(`${comment}\n.subckt ${name} ${PORTS}`)?.kind).toBe(kind);
  });

  it('names of op amps are those of no comparator or regulator', () => {
    for (const name of ['OPA2134', 'LM741', 'TL081/TI', 'MCP6001', 'NE5532', 'ADA4899', 'uA741'])
      expect([name, isOpAmpName(name)]).toEqual([name, true]);
    for (const name of ['LM393', 'LM317', 'TL431', 'LM7805', 'INA118', '2N3904', 'NE555', '78L05'])
      expect([name, isOpAmpName(name)]).toEqual([name, false]);
    expect(kindNamed('LM2903')).toBe('comparator');
    expect(kindNamed('LM2904')).toBeUndefined();
  });
});

describe('a body that can be no op amp overrules its port names', () => {
  const block = (name: string, body: string) => `.subckt ${name} in+ in- out\n${body}\n.ends`;

  it.each([
    ['a passive network', 'BRIDGE', 'R1 in+ out 1k\nR2 in- out 1k'],
    ['a difference amplifier of gain 2', 'DIFF', 'E1 out 0 in+ in- 2'],
    ['a linear filter', 'FILTER', 'G1 0 x in+ in- 1m\nR1 x 0 1k\nE1 out 0 x 0 1'],
  ])('%s', (_, name, body) => {
    expect(orderOf(block(name, body))).toBe('none');
  });

  it('a linear body called an op amp is one', () => {
    const body = 'R1 in+ in- 1meg\nG1 0 x in+ in- 1m\nR2 x 0 1e8\nC1 x 0 1n\nE1 out 0 x 0 1';
    expect(orderOf(block('myopamp', body))).toBe('+-O');
    expect(orderOf(`* an operational amplifier\n${block('X', body)}`)).toBe('+-O');
  });
});

describe('structure', () => {
  it('is one E source of high gain between ports', () => {
    const found = recognised('.subckt A 1 2 3\nE1 3 0 2 1 1e6\n.ends');
    expect(order(found?.roles ?? [])).toBe('-+O');
    expect(found?.gain).toBe(1e6);
    expect(orderOf('.subckt A 1 2 3\nE1 3 0 2 1 -1e6\n.ends')).toBe('+-O');
    expect(orderOf('.subckt A 1 2 3\nE1 0 3 2 1 1e6\n.ends')).toBe('+-O');
    expect(orderOf('.subckt A 1 2 3\nE1 3 0 2 1 9999\n.ends')).toBe('none');
  });

  it('is one G source into a resistor, inverting input first as in LTspice', () => {
    const found = recognised(
      '.subckt opamp 1 2 3 A=50k\nG1 0 3 2 1 {A/2}\nR3 3 0 2\nC3 3 0 1u\n.ends',
    );
    expect(order(found?.roles ?? [])).toBe('-+O');
    expect(found?.gain).toBe(50e3);
  });

  it('is nothing with a load between other nodes or without a port', () => {
    expect(orderOf('.subckt A 1 2 3\nE1 3 0 2 1 1e6\nR1 1 2 1meg\n.ends')).toBe('none');
    expect(orderOf('.subckt A 1 2 3\nG1 0 3 2 1 1e6\nR1 3 1 1\n.ends')).toBe('none');
    expect(orderOf('.subckt A 1 2 3\nE1 3 0 2 x 1e6\n.ends')).toBe('none');
    expect(orderOf('.subckt A 1 2 3\nE1 3 1 2 1 1e6\n.ends')).toBe('none');
  });

  const limited = (plus: string, minus: string, rails: readonly [string, string]) =>
    [plus, minus]
      .map(
        (input, index) =>
          `B${index} ${index === 0 ? '0 n' : 'n 0'} I=1m*dnlim(uplim(V(${input}),V(${rails[0]})-1,.1), V(${rails[1]})+1, .1)+1n*V(${input})`,
      )
      .join('\n');

  it('is the limited input stage of LTspice, checked against its OTA cell', () => {
    const text = (body: string) => `.subckt ADX 1 2 3 4 5\n${body}\n.ends`;
    expect(orderOf(text(limited('1', '2', ['3', '4'])))).toBe('+-PNO');
    expect(orderOf(text(limited('2', '1', ['5', '4'])))).toBe('-+ONP');
    expect(orderOf(text(`A2 2 1 0 0 0 0 0 0 OTA g=0\n${limited('1', '2', ['3', '4'])}`))).toBe(
      '+-PNO',
    );
    expect(orderOf(text(`A2 1 2 0 0 0 0 0 0 OTA g=0\n${limited('1', '2', ['3', '4'])}`))).toBe(
      'none',
    );
    expect(orderOf(text(limited('1', '1', ['3', '4'])))).toBe('none');
  });
});

describe('pins that nothing in the file confirms', () => {
  it('package numbers of a single op amp', () => {
    expect(orderOf('.subckt LT9 4 7 3 2 6')).toBe('none'); // no op amp by name or comment
    expect(orderOf('* op amp\n.subckt LT9 4 7 3 2 6')).toBe('NP+-O');
  });

  it('the order that public models of the name agree on', () => {
    const found = recognised('.subckt LT1006A/XX 11 12 13 14 15');
    expect(order(found?.roles ?? [])).toBe('+-PNO');
    expect(found?.confirmed).toBe(false);
    expect(found?.evidence).toMatch(/its name.*not confirmed/);
  });

  it('no order where public models disagree, or for comparators', () => {
    expect(pinsByName('TL081', 5)).toBeUndefined();
    expect(orderOf('.subckt TL081 11 12 13 14 15')).toBe('none');
    expect(pinsByName('LM311', 5)).toBeUndefined();
    expect(pinsByName('__proto__', 5)).toBeUndefined();
    expect(pinsByName('LT1006A', 6)).toBeUndefined();
  });

  it('the convention, for five ports of what is said to be an op amp', () => {
    const found = recognised('* operational amplifier\n.subckt QX99 11 12 13 14 15');
    expect(order(found?.roles ?? [])).toBe('+-PNO');
    expect(found?.confirmed).toBe(false);
    expect(found?.evidence).toBe('pins by convention, not confirmed');
    expect(orderOf('.subckt QX99 11 12 13 14 15')).toBe('none');
    expect(orderOf('* operational amplifier\n.subckt QX99 11 12 13 14 15 16')).toBe('none');
    expect(orderOf('* voltage comparator\n.subckt QX99 11 12 13 14 15')).toBe('none');
  });
});
