/** Digital and real code models at the operating point: what ngspice 39 prints behind a bridge. */

import { describe, expect, it } from 'vitest';
import { operate } from '../../src/operate.ts';

/** Digital nodes that are low, high and unknown, and bridges to voltages. */
const BRIDGES = `VL vl 0 0
VH vh 0 5
VU vu 0 1.5
ain [vl vh vu] [lo hi un] ad
.model ad adc_bridge(in_low=1 in_high=2)
.model da dac_bridge(out_low=0 out_high=1 out_undef=0.5)
.model rv real_to_v(gain=2)
`;

const run = (body: string) => operate(`title\n.control\n.endc\n${BRIDGES}${body}\n`);

function voltages(body: string, nodes: readonly string[]): readonly (number | null | undefined)[] {
  const { result, diagnostics } = run(body);
  if (result === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return nodes.map((node) => result.nodes[node]);
}

const [LOW, UNKNOWN, HIGH] = [0, 0.5, 1];

describe('gates', () => {
  it.each([
    ['d_xor', 'hi un', UNKNOWN],
    ['d_xor', 'hi hi', LOW],
    ['d_xor', 'hi hi hi', HIGH],
    ['d_nor', 'lo un', UNKNOWN],
    ['d_nor', 'hi un', LOW],
    ['d_xnor', 'hi lo', LOW],
    ['d_and', 'hi un', UNKNOWN],
    ['d_and', '~lo hi', HIGH],
    ['d_or', 'hi un', HIGH],
    ['d_nand', 'lo un', HIGH],
  ])('%s [%s]', (type, inputs, expected) => {
    expect(voltages(`a1 [${inputs}] z m\n.model m ${type}\na2 [z] [o] da`, ['o'])).toEqual([
      expected,
    ]);
  });

  it('of one input, and none', () => {
    const body =
      'a1 un x iv\na2 hi y bf\na3 z pu\na4 [x y z ~lo] [ox oy oz ol] da\n.model iv d_inverter\n.model bf d_buffer\n.model pu d_pullup';
    expect(voltages(body, ['ox', 'oy', 'oz', 'ol'])).toEqual([UNKNOWN, HIGH, HIGH, HIGH]);
  });

  it('in a loop that settles, and in one that does not', () => {
    const body = 'a1 [lo p] p nd\na2 [hi q] q nd\n.model nd d_nand\na3 [p q] [op oq] da';
    expect(voltages(body, ['op', 'oq'])).toEqual([HIGH, UNKNOWN]);
  });

  it('whose input nothing drives', () => {
    expect(voltages('a1 x y bf\n.model bf d_buffer\na2 [y] [o] da', ['o'])).toEqual([UNKNOWN]);
  });
});

describe('parts with a state', () => {
  it.each([
    ['lo lo hi null', 'd_dff', [HIGH, LOW]],
    ['lo lo null hi', 'd_dff(ic=1)', [LOW, HIGH]],
    ['lo lo un null', 'd_dff', [LOW, HIGH]],
    ['hi hi null null', 'd_dff', [LOW, HIGH]],
    ['lo lo lo null null', 'd_jkff(ic=1)', [HIGH, LOW]],
    ['hi hi null null', 'd_tff', [LOW, HIGH]],
    ['lo lo lo null null', 'd_srff(ic=2)', [UNKNOWN, UNKNOWN]],
    ['lo hi null null', 'd_dlatch(ic=1)', [LOW, HIGH]],
    ['lo lo null null', 'd_dlatch(ic=1)', [HIGH, LOW]],
  ])('%s %s', (inputs, model, expected) => {
    const body = `a1 ${inputs} q n m\n.model m ${model}\na2 [q n] [oq on] da`;
    expect(voltages(body, ['oq', 'on'])).toEqual(expected);
  });

  it('one of whose outputs is not used', () => {
    const body = 'a1 lo lo null null null n m\n.model m d_dff\na2 [n] [o] da';
    expect(voltages(body, ['o'])).toEqual([HIGH]);
  });
});

describe('real values', () => {
  it.each([
    ['hi lo', 0],
    ['hi hi', 6],
    ['hi null', 6],
    ['un hi', 2],
    ['lo hi', -2],
  ])('d_to_real %s', (inputs, expected) => {
    const body = `a1 ${inputs} r m\n.model m d_to_real(zero=-1 one=3)\na2 r o rv`;
    expect(voltages(body, ['o'])).toEqual([expected]);
  });

  it('stand at their initial values behind a delay, and add up', () => {
    const body = `a1 hi null r dr\n.model dr d_to_real(zero=-1 one=3)
a2 r x rg\n.model rg real_gain(in_offset=1 gain=2 out_offset=0.5 ic=7)
a3 r hi y rd\n.model rd real_delay
a5 lo null s dr\na6 hi null s dr
a7 x ox rv\na8 y oy rv\na9 s os rv`;
    expect(voltages(body, ['ox', 'oy', 'os'])).toEqual([14, 0, 2 * (3 - 1)]);
  });
});

describe('hierarchy', () => {
  it('events go through the ports of subcircuits', () => {
    const body =
      'X1 hi p inverter\nX2 p q inverter\n.subckt inverter i o\na1 i o m\n.model m d_inverter\n.ends\na1 [p q] [op oq] da';
    expect(voltages(body, ['op', 'oq'])).toEqual([LOW, HIGH]);
  });
});

describe('what is refused', () => {
  it.each([
    ['a1 [hi lo] z g\na2 [lo] z g\n.model g d_and\na3 [z] [o] da', 'several_drivers'],
    ['a1 [vh lo] z g\n.model g d_and\na3 [z] [o] da', 'mixed_node'],
    ['a1 [hi lo] z g\n.model g d_and\nR1 z 0 1', 'mixed_node'],
    ['a1 hi z g\n.model g d_osc', 'unsupported_model'],
  ])('%j', (body, code) => {
    const errors = run(body).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map((error) => error.code)).toEqual([code]);
  });

  it('nodes that read each other twice per stage', () => {
    const stages = Array.from({ length: 40 }, (_, i) => `a${i} [n${i} ~n${i}] n${i + 1} g`);
    const body = `${stages.join('\n')}\n.model g d_xor\nab hi n0 b\n.model b d_buffer\nad [n40] [o] da`;
    const found = run(body).diagnostics.map(({ code }) => code);
    expect(found).toContain('expression_too_long');
  });
});
