/** A netlist of ngspice that includes a library of PSpice: each is read by its own rules. */

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { ohms } from '../support/circuit.ts';

const PSPICE = `.model sw VSWITCH(Von=1 Voff=0)
.param outside={VT}
.subckt part a b
.param low={LIMIT(5, 3, 1)}
R1 a b {(2^3)*1k + 1}
R2 a b {VT}
R3 a b {low}
R4 a b {outside}
R5 $N_0001 b 1k
R6 a $N_0001 1k
.ends
`;

const circuit = (library: string, options: { dialect?: 'ngspice' } = {}) => {
  const text = 'title\n.control\n.endc\n.include part.lib\nV1 a 0 1\nX1 a 0 part\nR1 a 0 {2^3}\n';
  const resolve = () => ({ name: 'part.lib', text: library });
  return elaborate(parseNetlist({ name: 'test.cir', text }, { resolve, ...options }));
};

/** k T / q at 27 deg C, CODATA 2018. */
const THERMAL_VOLTAGE = (1.380649e-23 * 300.15) / 1.602176634e-19;

describe('a library of PSpice in a netlist of ngspice', () => {
  const read = circuit(PSPICE);
  it.each([
    ['R1', 2 ** 3],
    // 2 XOR 3: both are true.
    ['X1.R1', 1],
    ['X1.R2', THERMAL_VOLTAGE],
    ['X1.R3', 3],
    ['X1.R4', THERMAL_VOLTAGE],
    ['X1.R5', 1000],
  ])('%s', (name, expected) => {
    expect(ohms(read, name)).toBeClose(expected, { rel: 1e-15, abs: 0 });
  });

  it('a file within it that gives no sign is of its dialect', () => {
    const resolve = (path: string) => ({
      name: path,
      text:
        path === 'outer.lib' ? '.model sw VSWITCH(Von=1)\n.include inner.lib\n' : '.param x={VT}\n',
    });
    const text = 'title\n.control\n.endc\n.include outer.lib\nV1 a 0 1\nR1 a 0 {x}\n';
    const netlist = parseNetlist({ name: 'test.cir', text }, { resolve });
    expect(ohms(elaborate(netlist), 'R1')).toBeClose(THERMAL_VOLTAGE, { rel: 1e-15, abs: 0 });
  });

  it('is read as ngspice reads it when ngspice is asked for, or nothing tells PSpice', () => {
    for (const found of [
      circuit(PSPICE, { dialect: 'ngspice' }),
      circuit(PSPICE.replace('VSWITCH', 'SW').replaceAll('$N_0001', 'n')),
    ]) {
      const codes = found.diagnostics.filter(({ severity }) => severity === 'error');
      expect(codes.map(({ code }) => code)).toContain('undefined_parameter');
    }
  });
});
