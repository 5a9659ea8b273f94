import { describe, expect, it } from 'vitest';
import '../../support/close.ts';
import { parseNetlist } from '../../../grammar/spice/parse.ts';
import { GROUND } from '../../../src/circuit/circuit.ts';
import { elaborate } from '../../../src/circuit/elaborate.ts';
import { MACROMODEL } from './support.ts';

function circuit(body: string) {
  return elaborate(parseNetlist({ name: 'test.cir', text: `title\n${body}` }));
}

/** `name plus minus output V+ V-` of every op amp, node names and `.` for none. */
function opAmps(body: string): string[] {
  const { elements, nodes } = circuit(body);
  const node = (index: number | undefined) =>
    index === undefined ? '.' : index === GROUND ? '0' : nodes[index];
  return elements
    .filter((element) => element.kind === 'opAmp')
    .map(({ name, plus, minus, output, positiveSupply, negativeSupply }) =>
      [name, ...[plus, minus, output.plus, positiveSupply, negativeSupply].map(node)].join(' '),
    );
}

const codes = (body: string) =>
  circuit(body).diagnostics.map(({ severity, code }) => `${severity} ${code}`);

const SUPPLIES = 'VIN a 0 1\nVP p 0 5\nVM n 0 -5\nR1 b 0 1k\nR2 b o 1k';
const follower = (part: string, nodes = 'a b p n o') => `${SUPPLIES}\nXU1 ${nodes} ${part}`;
const macromodel = (head: string) => `${head}\n${MACROMODEL}\n.ends`;

describe('an instance of a macromodel', () => {
  it('is replaced by an ideal op amp, with a warning that names it', () => {
    const text = `${follower('U')}\n${macromodel('.subckt U +IN -IN VCC VEE OUT')}`;
    expect(opAmps(text)).toEqual(['XU1 a b o p n']);
    expect(codes(text)).toEqual(['warning no_data']);
    expect(circuit(text).elements.find(({ kind }) => kind === 'opAmp')).toMatchObject({
      part: 'U',
      evidence: 'pins from the port names, line 8',
    });
  });

  it('takes the data of a directive and the pins of the comment', () => {
    const ladder = '* out\n* | in-\n* | | in+\n* | | | vee\n* | | | | vcc';
    const text = `${follower('U', 'o b a n p')}\n${ladder}\n${macromodel('.subckt U 1 2 3 4 5')}\n*@ opamp XU1 vos=1m`;
    expect(opAmps(text)).toEqual(['XU1 a b o p n']);
    expect(codes(text)).toEqual([]);
  });

  it('keeps the gain of a body that is one source', () => {
    const text = `${SUPPLIES}\nXU1 b a o opamp Aol=20k\n.subckt opamp 1 2 3\nG1 0 3 2 1 {Aol}\nR3 3 0 1\n.ends`;
    const found = circuit(text).elements.find((element) => element.kind === 'opAmp');
    expect(opAmps(text)[0]).toMatch(/^XU1 a b o/);
    expect(found?.specification.inverseGain.nominal).toBeClose(1 / 20e3, { rel: 1e-15, abs: 0 });
  });

  it.each([
    ['a comparator', 'LM311', macromodel('.subckt LM311 +IN -IN VCC VEE OUT')],
    [
      'an amplifier with a gain of its own',
      'INA128',
      macromodel('.subckt INA128 +IN -IN VCC VEE OUT'),
    ],
    ['a passive block', 'U', '.subckt U in+ in- vcc vee out\nR1 in+ out 1k\nR2 in- out 1k\n.ends'],
  ])('is not replaced when it is %s', (_, part, definition) => {
    expect(opAmps(`${follower(part)}\n${definition}`)).toEqual([]);
  });

  it('that is made of op amps is expanded, and they are found', () => {
    const block = `.subckt BLOCK in+ in- vcc vee out\nXA in+ in- vcc vee out U\n.ends\n${macromodel('.subckt U +IN -IN VCC VEE OUT')}`;
    expect(opAmps(`${follower('BLOCK')}\n${block}`)).toEqual(['XU1.XA a b o p n']);
  });

  it('whose linear body holds the op amp is solved as written', () => {
    const block =
      '.subckt OA in+ in- vcc vee out\nRI in+ in- 1meg\nE1 x 0 in+ in- 1e5\nRO x out 50\n.ends';
    expect(opAmps(`${follower('OA')}\n${block}`)).toEqual(['XU1.E1 a b XU1.x . .']);
  });

  it('of a dual is two op amps with a letter each', () => {
    const text = `VIN a 0 1\nVP p 0 5\nVM n 0 -5\nXU1 o1 o1 a n o1 o2 o2 p D\n${macromodel('.subckt D 1OUT 1IN- 1IN+ V- 2IN+ 2IN- 2OUT V+')}`;
    expect(opAmps(text)).toEqual(['XU1.A a o1 o1 p n', 'XU1.B o1 o2 o2 p n']);
    const vos = circuit(`${text}\n*@ opamp XU1 vos=1m\n*@ opamp XU1.B vos=2m`)
      .elements.filter((element) => element.kind === 'opAmp')
      .map(({ specification }) => specification.offsetVoltage.nominal);
    expect(vos).toEqual([1e-3, 2e-3]);
    expect(codes(`${text}\n*@ opamp XU1.C vos=1m`)).toContain('error unknown_op_amp');
  });

  it('takes the pins of a dual from a directive, too', () => {
    const text = `VIN a 0 1\nVP p 0 5\nVM n 0 -5\nXU1 o1 o1 a n o1 o2 o2 p D\n*@ opamp XU1 pins=out,-,+,V-,+,-,out,V+ vos=1m`;
    expect(opAmps(text)).toEqual(['XU1.A a o1 o1 p n', 'XU1.B o1 o2 o2 p n']);
  });
});

describe('an instance whose library is missing', () => {
  it('is known by the pin names that LTspice wrote', () => {
    const text = follower('XYZ9 ;\u00a7pnba Out)In-)V+)V-)In+', 'o b p n a');
    expect(opAmps(`.backanno\n${text}`)).toEqual(['XU1 a b o p n']);
  });

  it('is known by its name, unconfirmed', () => {
    const text = follower('LT1006A');
    expect(opAmps(text)).toEqual(['XU1 a b o p n']);
    expect(codes(text).toSorted()).toEqual(['warning no_data', 'warning unconfirmed_pins']);
  });

  it('is known as a generic op amp of LTspice, inverting input first', () => {
    expect(opAmps(`${SUPPLIES}\nXU1 b a o opamp Aol=100K GBW=10Meg`)[0]).toMatch(/^XU1 a b o/);
    expect(opAmps(`${SUPPLIES}\nXU1 a b p n o level.2 Avol=1Meg GBW=10Meg`)).toEqual([
      'XU1 a b o p n',
    ]);
  });

  it('as a generic op amp of LTspice has the gain and the offset voltage of its card', () => {
    const card = (more: string) => `${SUPPLIES}\nXU1 a b p n o level2 ${more}`;
    const model = (more: string) =>
      circuit(card(more)).elements.find((each) => each.kind === 'opAmp')?.specification;
    const stated = model('Avol=1Meg Vos={v} GBW=10Meg Rail=0\n.param v=0.5m');
    expect(stated?.inverseGain.nominal).toBeClose(1e-6, { rel: 1e-15, abs: 0 });
    expect(stated?.offsetVoltage.nominal).toBeClose(0.5e-3, { rel: 1e-15, abs: 0 });
    expect(model('Avol=1Meg')?.offsetVoltage.nominal).toBe(0);
    expect(codes(card('Avol=1Meg Vos=1m'))).toEqual(['warning offset_sign']);
    expect(codes(card('Avol=1Meg Vos=0'))).toEqual([]);
  });

  it('as a generic op amp of LTspice names what its model does not use', () => {
    const unused = (more: string) =>
      circuit(`${SUPPLIES}\nXU1 a b p n o level2 Avol=1Meg Vos=0 Rail=1 Slew=1Meg${more}`)
        .diagnostics.filter(({ code }) => code === 'unused_parameters')
        .map(({ message }) => message.replace(/^.*not used: /, ''));
    expect(unused('')).toEqual(['Rail, Slew.']);
    expect(unused('\n*@ opamp XU1 vos=1m')).toEqual(['Avol, Vos, Rail, Slew.']);
  });

  it('has the usual order where the supplies of the circuit fit it, and asks where they do not', () => {
    // Models of this name disagree about the order.
    expect(opAmps(follower('TL081'))).toEqual(['XU1 a b o p n']);
    expect(codes(follower('TL081'))).toContain('warning unconfirmed_pins');
    expect(codes(follower('TL081', 'a b o p n'))).toContain('error unknown_pins');
    expect(codes(follower('TL081', 'a b q r o'))).toContain('error unknown_pins');
  });

  it.each([
    ['a figure', 'OPA2188', 'XU1 vos=+-1m'],
    ['a part', 'TL081', 'XU1 OPA2188'],
    ['a part, whatever the instance is called', 'MYAMP', 'XU1 OPA2188'],
  ])('keeps the usual order, and the warning, when a directive states %s', (_, part, stated) => {
    const text = `${follower(part)}\n*@ opamp ${stated}`;
    expect(opAmps(text)).toEqual(['XU1 a b o p n']);
    expect(codes(text)).toContain('warning unconfirmed_pins');
    expect(codes(`${text} pins=+,-,V+,V-,out`)).not.toContain('warning unconfirmed_pins');
    expect(codes(`${follower(part, 'a b o p n')}\n*@ opamp ${stated}`)).toContain(
      'error unknown_pins',
    );
  });

  it.each([
    ['LM311', 'error undefined_subcircuit'],
    ['LM317', 'error undefined_subcircuit'],
  ])('asks for the pins of %s: %s', (part, code) => {
    expect(codes(follower(part))).toContain(code);
    expect(codes(`${follower(part)}\n*@ opamp XU1 pins=+,-,V+,V-,out vos=1m`)).toEqual([]);
  });
});
