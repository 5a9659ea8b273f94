import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MACROMODEL, orderOf, recognised } from './support.ts';

const LADDER = (...items: readonly string[]) =>
  items
    .map((item, bars) => `* ${bars === 0 ? `connections: ${item}` : `${'| '.repeat(bars)}${item}`}`)
    .join('\n');
const FIVE = [
  'non-inverting input',
  'inverting input',
  'positive supply',
  'negative supply',
  'output',
];

describe('port names', () => {
  it.each([
    ['+IN -IN VCC VEE OUT', '+-PNO'],
    ['INP INN VDD VSS VOUT', '+-PNO'],
    ['IN- IN+ V- OUT V+', '-+NOP'],
    ['in_n in_p out vdd gnd', '-+OPN'],
    ['NINV INV OUT V+ V-', '+-OPN'],
    ['+ - V+ V- OUT', '+-PNO'],
    ['vinp vinm vout', '+-O'],
    ['+IN_3 -IN_2 V+_7 V-_4 OUT_6 NULL_1', '+-PNO?'],
    ['IN+ IN- OUT VP VN', '+-OPN'],
    ['VP VM OUT VCCP VCCN', '+-OPN'],
    ['IN+ IN- VCC VEE OUT GND', '+-PNON'],
    ['PLUS MINUS VDD VSS OUT', '+-PNO'],
    ['IN+ IN- SHDN VCC GND OUT', '+-?PNO'],
    ['1OUT 1IN- 1IN+ VCC- 2IN+ 2IN- 2OUT VCC+', 'O-+N+-OP'],
    ['OUTA -INA +INA V- +INB -INB OUTB V+', 'O-+N+-OP'],
    ['OUT_1 IN1- IN1+ V- IN2+ IN2- OUT_2 V+', 'O-+N+-OP'],
  ])('%s is %s', (ports, expected) => {
    expect(orderOf(`.subckt U ${ports}`)).toBe(expected);
  });

  it.each([
    ['two outputs at one pair of inputs', 'IN+ IN- OUT+ OUT- VCC VEE'],
    ['a regulator', 'IN OUT ADJ'],
    ['a regulator with enable', 'VIN GND EN VOUT FB'],
    ['a transistor', 'C B E'],
    ['a MOSFET', 'D G S'],
    ['a reference', 'CATHODE ANODE REF'],
    ['VP and VN without a word on what they are', 'VP VN OUT'],
    ['an optocoupler', 'A K C E'],
    ['a gate', 'A B Y VCC GND'],
    ['two positive supplies', 'IN+ IN- VCC VDD VSS OUT'],
  ])('not an op amp: %s', (_, ports) => {
    expect(orderOf(`.subckt U ${ports}`)).toBe('none');
  });

  it('gives each op amp of a dual its own pins and the common supplies', () => {
    const found = recognised('.subckt U 1OUT 1IN- 1IN+ V- 2IN+ 2IN- 2OUT V+');
    expect(found?.channels).toEqual([
      ['output', 'minus', 'plus', 'negativeSupply', 'other', 'other', 'other', 'positiveSupply'],
      ['other', 'other', 'other', 'negativeSupply', 'plus', 'minus', 'output', 'positiveSupply'],
    ]);
  });

  it('takes the rail, not the ground pin, as the supply of the op amp', () => {
    const found = recognised('.subckt U IN+ IN- GND VCC VEE OUT');
    expect(found?.channels).toEqual([
      ['plus', 'minus', 'other', 'positiveSupply', 'negativeSupply', 'output'],
    ]);
  });

  it('beats a ladder that was left over when the ports were renamed', () => {
    expect(orderOf(`${LADDER(...FIVE)}\n.subckt U INM INP V- OUT V+`)).toBe('-+NOP');
  });

  it('leaves the supplies to a comment that agrees on the inputs and the output', () => {
    const found = recognised(`${LADDER(...FIVE)}\n.subckt U VINP VINN 100 110 VOUT`);
    expect(found?.roles.join(' ')).toBe('plus minus positiveSupply negativeSupply output');
    expect(found?.evidence).toBe(
      'pins from the port names, line 6, and the ladder comment, line 1',
    );
  });

  it('is not completed by a comment that disagrees', () => {
    const swapped = ['inverting input', 'non-inverting input', ...FIVE.slice(2)];
    expect(orderOf(`${LADDER(...swapped)}\n.subckt U VINP VINN 100 110 VOUT`)).toBe('+-??O');
  });
});

describe('ladder comments', () => {
  it('names its line', () => {
    const found = recognised(`* a part\n${LADDER(...FIVE)}\n.subckt U 1 2 3 4 5`);
    expect(found?.evidence).toBe('pins from the ladder comment, line 2');
    expect(found?.confirmed).toBe(true);
  });

  it.each([
    [['inverting input', 'non-inverting input', 'output', '+Vcc', '-Vee'], '-+OPN'],
    [['+input', '-input', '+Vsupply', '-Vsupply', 'output'], '+-PNO'],
    [['+IN', '-IN', 'V+', 'V-', 'HYST.', 'REF.', 'OUT.'], '+-PN??O'],
    [
      ['noninverting input', 'inverting', 'output', 'positive power-supply, V+', 'neg. supply'],
      '+-OPN',
    ],
    [[...FIVE, 'shutdown'], '+-PNO?'],
    [[...FIVE, 'ref input'], '+-PNO?'],
    [[...FIVE, 'output ground'], '+-PNON'],
    [['positive input', 'negative input', 'VDD', 'VSS', 'open drain output'], '+-PNO'],
  ])('%s', (items, expected) => {
    const ports = items.map((_, index) => index + 1).join(' ');
    expect(orderOf(`${LADDER(...items)}\n.subckt U ${ports}`)).toBe(expected);
  });

  it('is read with the columns out of line, with bare bars and with CRLF or CR line ends', () => {
    const text = [
      '* Node assignments',
      '*     non-inverting input',
      '*         |  inverting input',
      '*     |   |',
      '*     | |         positive supply',
      '*  |  |   |   negative supply',
      '*\t|\t|\t|\t|\toutput',
      '*     |   |   |   |   |',
      '.subckt U 1 2 3 4 5',
      MACROMODEL,
      '.ends',
    ];
    for (const newline of ['\n', '\r\n', '\r']) expect(orderOf(text.join(newline))).toBe('+-PNO');
  });

  it('stands below .subckt, too, from the last port to the first', () => {
    const down = FIVE.toReversed().map((item, index) => `* ${'| '.repeat(4 - index)}${item}`);
    expect(orderOf(`.subckt U 1 2 3 4 5\n* | | | | |\n${down.join('\n')}`)).toBe('+-PNO');
  });

  it('forks at a pin with two ports', () => {
    const text = `${LADDER(...FIVE, 'compensation')}\n* | | | | | / \\\n.subckt U 1 2 3 4 5 6 7`;
    expect(orderOf(text)).toBe('+-PNO??');
  });

  it.each([
    ['more items than ports', [...FIVE, 'NC']],
    ['fewer items than ports', FIVE.slice(0, 4)],
  ])('is stale with %s', (_, items) => {
    expect(orderOf(`${LADDER(...items)}\n.subckt U 1 2 3 4 5`)).toBe('none');
  });

  it('is not the frame around a notice, nor the ladder of an inner definition', () => {
    const box = '* | a notice in a frame |\n* | of two lines         |';
    expect(orderOf(`${box}\n.subckt U 1 2 3`)).toBe('none');
    const inner = `.subckt B 1 2 3 4 5\n${LADDER(...FIVE)}\n.subckt U 1 2 3 4 5\n${MACROMODEL}\n.ends\n.ends`;
    expect(orderOf(inner)).toBe('none');
  });

  it('with supplies of the output stage alone is no single pair of supplies', () => {
    const items = [...FIVE, 'positive output power supply', 'negative output power supply'];
    expect(orderOf(`${LADDER(...items)}\n.subckt U 1 2 3 4 5 6 7`)).toBe('none');
  });
});

describe('lists of pins', () => {
  it.each([
    ['compact', '* CONNECTIONS:  + - V+V-O', '3 2 7 4 9', '+-PNO', 'the compact pin list'],
    ['compact with spaces', '* nodes: - + V- OUT V+', '1 2 3 4 5', '-+NOP', 'the compact pin list'],
    [
      'pairs',
      '* 1=+In, 2=-In, 3=V+, 4=V-, 5=Out',
      '1 2 3 4 5',
      '+-PNO',
      'the list of port and pin',
    ],
    [
      'arrows',
      '* NODE 9 -> OUT\n* NODE 8 -> -IN\n* NODE 7 -> +IN',
      '7 8 9',
      '+-O',
      'the list of port and pin',
    ],
    [
      'numbers behind',
      '* Node List: IN-(2) IN+(3) OUT(6) VEE(4) VCC(8)',
      '3 2 8 4 6',
      '+-PNO',
      'the list of port and pin',
    ],
    ['order line', '* PINOUT ORDER +IN -IN +V -V OUT', '3 4 5 2 1', '+-PNO', 'the pin order line'],
    [
      'order and number line',
      '* PINOUT ORDER +IN -IN +V -V OUT\n* PINOUT ORDER 3 4 5 2 1',
      '1 2 3 4 5',
      'ON+-P',
      'the pin order line',
    ],
    [
      'bare order over the ports',
      '* IN+ IN- VP VN OUT\n* 6 3 5 4 8\n* and more',
      '8 4 5 3 6',
      'ONP-+',
      'the pin order line',
    ],
    ['column head', '*     in- in+ out vcc vee', '2 3 6 8 4', '-+OPN', 'the column head'],
  ])('%s', (_, comment, ports, expected, from) => {
    const found = recognised(`${comment}\n.subckt U ${ports}`);
    expect(found && orderOf(`${comment}\n.subckt U ${ports}`)).toBe(expected);
    expect(found?.evidence).toContain(`pins from ${from}, line `);
  });

  it('column heads stand below .subckt, too, and behind it', () => {
    expect(orderOf('.subckt U 2 3 6 8 4\n* - IN +  OUT VCC VEE')).toBe('-+OPN');
    expect(orderOf('.subckt U 2 3 6 8 4 ; in- in+ out vcc vee')).toBe('-+OPN');
  });

  const ST = [
    '** CONNECTIONS :',
    '* 1 INVERTING INPUT',
    '* 2 NON-INVERTING INPUT',
    '* 3 OUTPUT',
    '* 4 POSITIVE POWER SUPPLY',
    '* 5 NEGATIVE POWER SUPPLY',
  ].join('\n');

  it('numbers in a list are the names of ports, not their places', () => {
    expect(orderOf(`${ST}\n.subckt U 1 3 2 4 5`)).toBe('-O+PN');
    expect(orderOf(`.subckt U 1 2 3 4 5\n${ST}`)).toBe('-+OPN');
    expect(orderOf(`${ST.replace(/^\* (\d) /gm, '* $1 - ')}\n.subckt U 5 4 3 2 1`)).toBe('NPO+-');
  });

  it('a list that leaves out a port, or names other ports, says nothing', () => {
    expect(orderOf(`${ST}\n.subckt U 1 3 2 4 6`)).toBe('none');
    expect(orderOf(`${ST}\n.subckt U 11 12 13 14 15`)).toBe('none');
  });

  it('the numbers beside an order line must be the ports', () => {
    expect(
      orderOf('* 1 2 3 4 5\n* a sentence\n* +IN or -IN to OUT\n* more\n.subckt U 1 2 3 4 5'),
    ).toBe('none');
  });
});

describe('any order that is written down is found again', () => {
  const pins = [
    { words: 'non-inverting input', name: 'IN+', letter: '+' },
    { words: 'inverting input', name: 'IN-', letter: '-' },
    { words: 'positive power supply', name: 'VCC', letter: 'P' },
    { words: 'negative power supply', name: 'VEE', letter: 'N' },
    { words: 'output', name: 'OUT', letter: 'O' },
    { words: 'shutdown', name: 'SHDN', letter: '?' },
  ];
  const shuffled = fc.tuple(
    fc.shuffledSubarray(pins, { minLength: 6, maxLength: 6 }),
    fc.uniqueArray(fc.integer({ min: 10, max: 99 }).map(String), { minLength: 6, maxLength: 6 }),
    fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 }),
  );
  const ways: Record<
    string,
    (order: typeof pins, ports: readonly string[], list: readonly number[]) => string
  > = {
    'port names': (order) => `.subckt U ${order.map(({ name }) => name).join(' ')}`,
    ladder: (order, ports) =>
      `${LADDER(...order.map(({ words }) => words))}\n.subckt U ${ports.join(' ')}`,
    'ladder below': (order, ports) =>
      `.subckt U ${ports.join(' ')}\n${order
        .map(({ words }, i) => `* ${'| '.repeat(i)}${words}`)
        .reverse()
        .join('\n')}`,
    numbered: (order, ports, list) =>
      `${list.map((i) => `* ${ports[i]} ${order[i]?.words}`).join('\n')}\n.subckt U ${ports.join(' ')}`,
    pairs: (order, ports, list) =>
      `* ${list.map((i) => `${order[i]?.name}=${ports[i]}`).join(', ')}\n.subckt U ${ports.join(' ')}`,
    'order line': (order, ports) =>
      `* pin order: ${order.map(({ name }) => name).join(' ')}\n.subckt U ${ports.join(' ')}`,
    'order and numbers': (order, ports, list) =>
      `* ${list.map((i) => order[i]?.name).join(' ')}\n* ${list.map((i) => ports[i]).join(' ')}\n* -\n.subckt U ${ports.join(' ')}`,
    'column head': (order, ports) =>
      `.subckt U ${ports.join(' ')}\n* ${order.map(({ name }) => name).join(' ')}`,
  };

  it.each(Object.entries(ways))('%s', (_, write) => {
    fc.assert(
      fc.property(shuffled, ([order, ports, list]) => {
        expect(orderOf(write(order, ports, list))).toBe(order.map(({ letter }) => letter).join(''));
      }),
    );
  });
});
