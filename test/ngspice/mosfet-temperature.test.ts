// A BSIM3 transistor in a warm circuit: ngspice has its temperature for the whole deck only.

import { expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { useEngine } from './built-worker.ts';

const ngspice = useEngine();

const amplifier = (card: string) => `amplifier with a diode-connected MOSFET
.temp 85
VIN in 0 1
VDD vdd 0 3
R1 in m 10k
R2 out m 20k
EOA out 0 0 m 1e6
M1 d d 0 0 X l=1u w=10u ${card}
M2 e d 0 0 Y l=2u w=9u
D1 vdd e DX
R3 vdd d 10k
R4 d m 1meg
.model X nmos(level=7 version=3.2.4 vth0=0.5 k1=0.5 k2=0.01 tox=1e-8 rsh=20 n=1.1)
.model Y nmos(vto=0.7 kp=50u)
.model DX d(is=1e-12)
*@ output V(out)
.end
`;

it.each(['', 'temp=60'])('agrees: "%s"', async (card) => {
  const { crossCheck, diagnostics } = await analyze(amplifier(card), { engine: ngspice.engine });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(crossCheck?.reason).toBeUndefined();
  expect(crossCheck?.agrees).toBe(true);
  expect(crossCheck?.rows.map(({ quantity }) => quantity)).toContain("V(d) with ngspice's devices");
});
