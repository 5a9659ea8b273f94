// What a textbook prints for circuits that everybody knows. The expected text is the textbook's form; the names of the
// elements are those of the netlist.

import { describe, expect, test } from 'vitest';
import { form, linearCircuit } from './support.ts';

interface Known {
  readonly circuit: string;
  readonly netlist: string;
  readonly forms: Readonly<Record<string, string>>;
  readonly equal?: readonly string[];
}

const DIFFERENCE = `
VP a 0 1
VM b 0 1
R1 a p 1k
R2 p 0 1k
R3 b m 1k
R4 m out 1k
XU1 p m out OP
*@ output V(out)`;

const INSTRUMENTATION = `
VP a 0 1
VM b 0 1
RG m1 m2 1k
R5 m1 o1 1k
R6 m2 o2 1k
R1 o1 m 1k
R2 m out 1k
R3 o2 p 1k
R4 p 0 1k
XU1 a m1 o1 OP
XU2 b m2 o2 OP
XU3 p m out OP
*@ output V(out)`;

const HOWLAND = `
VIN in 0 1
R1 in ld 1k
R2 o ld 1k
R3 m 0 1k
R4 o m 1k
RL ld 0 1k
XU1 ld m o OP
*@ output V(ld)`;

const KNOWN: readonly Known[] = [
  {
    circuit: 'voltage follower',
    netlist: `
VIN in 0 1
RS in p 1k
XU1 p out out OP
*@ output V(out)`,
    forms: {
      'GN(XU1)': '1',
      'gain(VIN)': '1',
      'RNEQ(XU1)': 'RS',
      'RIEQ(XU1)': '0',
      'ZN(XU1)': '-RS',
    },
  },
  {
    circuit: 'non-inverting amplifier',
    netlist: `
VIN in 0 1
R1 in p 1k
R2 m 0 1k
R3 m out 1k
XU1 p m out OP
*@ output V(out)`,
    forms: {
      'GN(XU1)': '1 + R3/R2', // AN1177 Eq. 11
      'gain(VIN)': '1 + R3/R2',
      'RNEQ(XU1)': 'R1',
      'RIEQ(XU1)': 'R2 || R3',
      'BETA(XU1)': 'R2/(R2 + R3)',
      'ZN(XU1)': '-R1*(1 + R3/R2)',
      'ZI(XU1)': 'R3',
      VOE: '(1 + R3/R2)*(VOS_XU1 - IBN_XU1*R1) + IBI_XU1*R3',
    },
  },
  {
    circuit: 'inverting amplifier',
    netlist: `
VIN in 0 1
R2 in m 1k
R3 m out 1k
R1 p 0 1k
XU1 p m out OP
*@ output V(out)`,
    forms: { 'gain(VIN)': '-R3/R2', 'GN(XU1)': '1 + R3/R2', 'RIEQ(XU1)': 'R2 || R3' }, // AN1177 Eq. 12
  },
  {
    circuit: 'summing amplifier',
    netlist: `
V1 a 0 1
V2 b 0 1
V3 c 0 1
R1 a m 1k
R2 b m 1k
R3 c m 1k
RF m out 1k
XU1 0 m out OP
*@ output V(out)`,
    forms: {
      'gain(V1)': '-RF/R1',
      'gain(V3)': '-RF/R3',
      'GN(XU1)': '1 + RF/(R1 || R2 || R3)',
      'RIEQ(XU1)': 'R1 || R2 || R3 || RF',
    },
  },
  {
    circuit: 'non-inverting summing amplifier',
    netlist: `
V1 a 0 1
V2 b 0 1
R1 a p 1k
R2 b p 1k
R3 m 0 1k
R4 m out 1k
XU1 p m out OP
*@ output V(out)`,
    forms: { 'gain(V1)': '(1 + R4/R3)*R2/(R1 + R2)', 'RNEQ(XU1)': 'R1 || R2' },
  },
  {
    circuit: 'difference amplifier',
    netlist: DIFFERENCE,
    forms: {
      'gain(VP)': '(1 + R4/R3)*R2/(R1 + R2)', // AN1177 Eq. 13, erratum E7
      'gain(VM)': '-R4/R3',
      'GN(XU1)': '1 + R4/R3',
      'RNEQ(XU1)': 'R1 || R2',
      'RIEQ(XU1)': 'R3 || R4',
    },
  },
  {
    circuit: 'difference amplifier of equal pairs',
    netlist: DIFFERENCE,
    equal: ['R3=R1', 'R4=R2'],
    forms: { 'gain(VP)': 'R2/R1', 'gain(VM)': '-R2/R1', 'ZN(XU1)': '-R2', 'ZI(XU1)': 'R2' },
  },
  {
    circuit: 'common mode of a difference amplifier',
    netlist: `
VC a 0 1
R1 a p 1k
R2 p 0 1k
R3 a m 1k
R4 m out 1k
XU1 p m out OP
*@ output V(out)`,
    forms: { 'gain(VC)': '(R2*R3 - R1*R4)/(R3*(R1 + R2))' },
  },
  {
    circuit: 'instrumentation amplifier with three op amps',
    netlist: INSTRUMENTATION,
    forms: { 'GN(XU1)': '1 + R5/RG', 'RIEQ(XU1)': 'R5 || (R6 + RG)', 'GN(XU3)': '1 + R2/R1' },
  },
  {
    circuit: 'instrumentation amplifier with three op amps and equal pairs',
    netlist: INSTRUMENTATION,
    equal: ['R3=R1', 'R4=R2', 'R6=R5'],
    forms: { 'gain(VP)': '-(1 + 2*R5/RG)*R2/R1', 'gain(VM)': '(1 + 2*R5/RG)*R2/R1' },
  },
  {
    circuit: 'instrumentation amplifier with two op amps and equal pairs',
    netlist: `
VP a 0 1
VM b 0 1
R1 m1 0 1k
R2 m1 o1 1k
R3 o1 m2 1k
R4 m2 out 1k
RG m1 m2 1k
XU1 b m1 o1 OP
XU2 a m2 out OP
*@ output V(out)`,
    equal: ['R4=R1', 'R3=R2'],
    forms: { 'gain(VP)': '1 + 2*R1/RG + R1/R2', 'gain(VM)': '-(1 + 2*R1/RG + R1/R2)' },
  },
  {
    circuit: 'transimpedance amplifier',
    netlist: `
IPD m 0 1n
RSH m 0 1k
RF m out 1k
XU1 0 m out OP
*@ output V(out)`,
    forms: { 'gain(IPD)': 'RF', 'GN(XU1)': '1 + RF/RSH', 'ZI(XU1)': 'RF' },
  },
  {
    circuit: 'transimpedance amplifier with a T network',
    netlist: `
IPD m 0 1n
R1 m t 1k
R2 t out 1k
R3 t 0 1k
XU1 0 m out OP
*@ output V(out)`,
    forms: { 'gain(IPD)': 'R1 + R2*(1 + R1/R3)', 'RIEQ(XU1)': 'R1 + (R2 || R3)' },
  },
  {
    circuit: 'inverting amplifier with a T network',
    netlist: `
VIN in 0 1
R0 in m 1k
R1 m t 1k
R2 t out 1k
R3 t 0 1k
XU1 0 m out OP
*@ output V(out)`,
    forms: { 'gain(VIN)': '-(R1 + R2*(1 + R1/R3))/R0' },
  },
  {
    circuit: 'Howland current pump',
    netlist: HOWLAND,
    forms: {
      'gain(VIN)': 'R2*R3*RL/(R2*R3*(R1 + RL) - R1*R4*RL)',
      'RNEQ(XU1)': 'R1 || R2 || RL',
      'BETA(XU1)': 'R2/(R2 + (R1 || RL)) - R4/(R3 + R4)',
    },
  },
  {
    circuit: 'balanced Howland current pump',
    netlist: HOWLAND,
    equal: ['R3=R1', 'R4=R2'],
    forms: { 'gain(VIN)': 'RL/R1' },
  },
  {
    circuit: 'low-pass filter of Sallen and Key',
    netlist: `
VIN in 0 1
R1 in a 1k
R2 a p 1k
C1 a out 1n
C2 p 0 1n
R3 m 0 1k
R4 m out 1k
XU1 p m out OP
*@ output V(out)`,
    forms: {
      'gain(VIN)': '1 + R4/R3',
      'RNEQ(XU1)': 'R1 + R2',
      'ZN(XU1)': '-(R1 + R2)*(1 + R4/R3)',
    },
  },
  {
    circuit: 'inverting Schmitt trigger',
    netlist: `
VIN in 0 1
R1 p 0 1k
R2 p out 1k
XU1 p in out OP
*@ output V(out)`,
    forms: { 'BETA(XU1)': '-R1/(R1 + R2)', 'RNEQ(XU1)': 'R1 || R2' },
  },
  {
    circuit: 'composite amplifier',
    netlist: `
VIN in 0 1
R1 fb 0 1k
R2 fb out 1k
R3 m2 0 1k
R4 m2 out 1k
XU1 in fb o1 OP
XU2 o1 m2 out OP
*@ output V(out)`,
    forms: { 'gain(VIN)': '1 + R2/R1', 'GN(XU1)': '(1 + R2/R1)*R3/(R3 + R4)', 'GNO(XU2)': '0' },
  },
  {
    circuit: 'two stages',
    netlist: `
VIN in 0 1
R1 a 0 1k
R2 a b 1k
R3 b c 1k
R4 c out 1k
XU1 in a b OP
XU2 0 c out OP
*@ output V(out)`,
    forms: {
      'gain(VIN)': '-(1 + R2/R1)*R4/R3',
      'GNO(XU1)': '-(1 + R2/R1)*R4/R3',
      'ZI(XU1)': '-R2*R4/R3',
    },
  },
  {
    circuit: 'state-variable filter at DC',
    netlist: `
VIN in 0 1
R1 in m1 1k
R2 lp m1 1k
R3 hp m1 1k
R4 bp p1 1k
R5 p1 0 1k
R6 hp m2 1k
C1 m2 bp 1n
R7 bp m3 1k
C2 m3 lp 1n
XU1 p1 m1 hp OP
XU2 0 m2 bp OP
XU3 0 m3 lp OP
*@ output V(lp)`,
    forms: { 'gain(VIN)': '-R2/R1', 'GNO(XU1)': '1 + R2/(R1 || R3)', 'GNO(XU2)': '-R2/R3' },
  },
  {
    circuit: 'impedance converter of Antoniou at DC',
    netlist: `
VIN in 0 1
RS in n1 1k
R1 n1 n2 1k
R2 n2 n3 1k
R3 n3 n4 1k
C4 n4 n5 1n
R5 n5 0 1k
XU1 n1 n3 n4 OP
XU2 n5 n3 n2 OP
*@ output V(n2)`,
    forms: { 'gain(VIN)': '-R1/RS', 'GN(XU2)': '1 + R1/RS', 'RIEQ(XU1)': 'R2 || R3' },
  },
  {
    circuit: 'voltage-controlled current source',
    netlist: `
VIN in 0 1
RS m 0 1k
RL out m 1k
XU1 in m out OP
*@ output I(RL)`,
    forms: { 'gain(VIN)': '1/RS' },
  },
  {
    circuit: 'R-2R converter',
    netlist: `
V2 b2 0 1
V1 b1 0 1
V0 b0 0 1
RT n0 0 2k
R20 b0 n0 2k
R10 n0 n1 1k
R21 b1 n1 2k
R11 n1 m 1k
R22 b2 m 2k
RF m out 2k
XU1 0 m out OP
*@ output V(out)`,
    equal: ['R10=R11', 'RT=2*R11', 'R20=2*R11', 'R21=2*R11', 'R22=2*R11', 'RF=2*R11'],
    forms: { 'gain(V2)': '-1', 'gain(V1)': '-1/2', 'gain(V0)': '-1/4' },
  },
  {
    circuit: 'attenuator with a gain block in the loop',
    netlist: `
VIN in 0 1
E1 a 0 out 0 2
R1 m 0 1k
R2 m a 1k
XU1 in m out OP
*@ output V(out)`,
    forms: { 'gain(VIN)': '(1 + R2/R1)/E1' },
  },
];

describe.each(KNOWN)('$circuit', ({ netlist, forms, equal = [] }) => {
  const circuit = linearCircuit(netlist);
  test.each(Object.entries(forms))('%s = %s', (quantity, text) => {
    expect(form(circuit, { quantity, equal }).text).toBe(text);
  });
});
