import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { circuitOf, element, errorsOf, faultsOf, nodesOf, ohms } from '../support/circuit.ts';

describe('hierarchy', () => {
  it('names elements and nodes by their path; ports are nodes of the outside', () => {
    const circuit = circuitOf(`V1 in 0 1
X1 in out STAGE
X2 out last STAGE
.subckt STAGE a b
R1 a mid 1k
X3 mid b INNER
.ends
.subckt INNER p q
R2 p n 2k
R3 n q 3k
.ends`);
    expect(circuit.elements.map(({ name }) => name)).toEqual([
      'V1',
      'X1.R1',
      'X1.X3.R2',
      'X1.X3.R3',
      'X2.R1',
      'X2.X3.R2',
      'X2.X3.R3',
    ]);
    expect(nodesOf(circuit, 'X1.R1')).toEqual(['in', 'X1.mid']);
    expect(nodesOf(circuit, 'X1.X3.R2')).toEqual(['X1.mid', 'X1.X3.n']);
    expect(nodesOf(circuit, 'X2.X3.R3')).toEqual(['X2.X3.n', 'last']);
  });

  it('ground and global nodes are the same everywhere', () => {
    const circuit = circuitOf(`.global vcc
R0 vcc 0 1
X1 a S
.subckt S p
R1 p 0 1
R2 p gnd 2
R3 p VCC 3
.ends`);
    expect(nodesOf(circuit, 'X1.R1')).toEqual(['a', '0']);
    expect(nodesOf(circuit, 'X1.R2')).toEqual(['a', '0']);
    expect(nodesOf(circuit, 'X1.R3')).toEqual(['a', 'vcc']);
  });

  it('a port connected to ground is ground inside', () => {
    const circuit = circuitOf('X1 0 a S\n.subckt S p q\nR1 p q 1\n.ends');
    expect(nodesOf(circuit, 'X1.R1')).toEqual(['0', 'a']);
  });

  it('of two ports of one name the first counts, as in ngspice', () => {
    const deck = `V1 a 0 1
X1 a b S
R2 b 0 1
.subckt S p p
R1 p 0 1
.ends`;
    expect(nodesOf(circuitOf(deck), 'X1.R1')).toEqual(['a', '0']);
    expect(faultsOf(deck)).toEqual(['warning duplicate_port 5']);
  });

  it('F and H name sources of their own level', () => {
    const circuit = circuitOf(
      'V1 a 0 1\nX1 a S\n.subckt S p\nV1 p m 0\nR1 m 0 1\nF1 0 p V1 2\n.ends',
    );
    expect(element(circuit, 'X1.F1')).toMatchObject({ controls: [{ element: 'X1.V1', gain: 2 }] });
  });

  it('definitions nest, and the inner one is seen inside only', () => {
    const outer = '.subckt OUTER a\nX1 a S\n.subckt S p\nR1 p 0 7\n.ends\n.ends';
    expect(ohms(circuitOf(`XA in OUTER\n${outer}\n.subckt S p\nR1 p 0 1\n.ends`), 'XA.X1.R1')).toBe(
      7,
    );
    expect(faultsOf(`XA in OUTER\nXB in S\n${outer}`)).toEqual(['error undefined_subcircuit 3']);
  });

  it.each([
    ['X1 a b S\n.subckt S p\nR1 p 0 1\n.ends', 'error wrong_node_count 2'],
    ['X1 a NOPE', 'error undefined_subcircuit 2'],
    ['X1 a S\n.subckt S p\nX2 p S\n.ends', 'error recursive_subcircuit 4'],
    [
      'X1 a S\n.subckt S p\nX2 p T\n.ends\n.subckt T p\nX3 p S\n.ends',
      'error recursive_subcircuit 7',
    ],
    ['R1 a 0 1\nr1 a 0 2', 'error duplicate_name 3'],
    ['X1 a S m=0\n.subckt S p\nR1 p 0 1\n.ends', 'error unsupported_multiplier 2'],
    ['X1 a b c OA m=2\n*@ opamp X1 pins=+,-,out', 'error unsupported_multiplier 2'],
  ])('%j is refused', (body, fault) => {
    expect(faultsOf(body)).toContain(fault);
  });

  it('a missing model is asked for where only the model helps, a directive where that does', () => {
    const netlist = parseNetlist({ name: 'test.cir', text: 'title\nX1 a b c d e NOPE' });
    const hints = (macromodels: 'replaced' | 'as written') =>
      elaborate(netlist, { macromodels }).diagnostics.map(({ hint }) => hint);
    expect(hints('as written').join()).toMatch(/\.include the file/);
    expect(hints('as written').join()).not.toMatch(/\*@/);
    expect(hints('replaced').join()).toMatch(/\*@ opamp X1 pins=/);
  });

  it('a fault of a definition is told once, whatever the number of instances', () => {
    expect(faultsOf('X1 a S\nX2 a S\nX3 a S\n.subckt S p\nR1 p 0 {nope}\n.ends')).toEqual([
      'error undefined_parameter 6',
    ]);
  });
});

describe('names', () => {
  it('that differ in case are one; the first spelling is kept', () => {
    const circuit = circuitOf('R1 Out mid 1\nR2 OUT 0 1\nR3 MID 0 1\nE1 e 0 OuT Mid 2\nR4 e 0 1');
    expect(circuit.nodes).toEqual(['Out', 'mid', 'e']);
    expect(nodesOf(circuit, 'R3')).toEqual(['mid', '0']);
  });

  it('of JavaScript are names like any other', () => {
    const circuit = circuitOf(`V1 __proto__ 0 1
R1 __proto__ constructor 1k
R2 constructor toString 1k
R3 toString 0 {hasOwnProperty}
.param hasOwnProperty=5k __proto__=2
Rconstructor constructor 0 {__proto__}
X__proto__ toString constructor
.subckt constructor valueOf
R1 valueOf 0 1k
.ends`);
    expect(errorsOf(circuit)).toEqual([]);
    expect(circuit.nodes).toEqual(['__proto__', 'constructor', 'toString']);
    expect(ohms(circuit, 'R3')).toBe(5000);
    expect(ohms(circuit, 'Rconstructor')).toBe(2);
    expect(nodesOf(circuit, 'X__proto__.R1')).toEqual(['toString', '0']);
  });

  it.each(['constructor', '__proto__', 'toString'])(
    '%s, when nothing is called so, is unknown',
    (name) => {
      expect(faultsOf(`R1 a 0 {${name}}`)).toEqual(['error undefined_parameter 2']);
      expect(faultsOf(`R1 a 0 {${name}(1)}`)).toEqual(['error unknown_function 2']);
      expect(faultsOf(`X1 a ${name}`)).toEqual(['error undefined_subcircuit 2']);
      expect(faultsOf(`R1 a 0 1\n*@ output V(${name})`)).toEqual(['error unknown_node 3']);
      expect(faultsOf(`R1 a 0 1 ${name}`)).toEqual(['error undefined_model 2']);
    },
  );
});
