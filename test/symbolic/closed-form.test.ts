// Which quantities have closed forms, what equal elements and approximations do to them, and that a wrong one never
// leaves the program.

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { closedForms, hasForm } from '../../src/symbolic/closed-form.ts';
import { quantitiesOf, quantityName } from '../../src/symbolic/quantity.ts';
import { evaluate, quotient, sum, symbol } from '../../src/symbolic/tree.ts';
import { points, UnverifiedError, verified } from '../../src/symbolic/verification.ts';
import { wantedQuantities } from '../../src/symbolic/wanted.ts';
import { form, linearCircuit } from './support.ts';

const NON_INVERTING = `
VIN in 0 1
R1 in p 2k
R2 m 0 2.21k
R3 m out 20k
XU1 p m out OP
*@ output V(out)`;

const INTEGRATOR = `
VIN in 0 1
R1 in m 1k
C1 m out 1u
R2 p 0 1k
XU1 p m out OP
*@ output V(out)`;

describe('a closed form that is wrong', () => {
  const circuit = linearCircuit(NON_INVERTING);
  const forms = closedForms(circuit);
  const { quantities } = wantedQuantities(['GN(XU1)'], circuit);
  const [quantity] = quantities;
  const at = points(circuit, {
    symbols: forms.symbols,
    equalities: { replacement: (v) => ({ variable: v, factor: 1n }), named: new Set() },
  });

  it('is a fault of the program', () => {
    if (quantity === undefined) throw new Error('no GN');
    const ratio = quotient(symbol('R3'), symbol('R2'));
    expect(verified(sum([{ kind: 'number', value: 1n }, ratio]), quantity, at).worst).toBeLessThan(
      1e-14,
    );
    expect(() => verified(ratio, quantity, at)).toThrow(UnverifiedError);
    expect(() => verified(quotient(symbol('R2'), symbol('R3')), quantity, at)).toThrow(/GN\(XU1\)/);
  });

  it('cannot pass where there was nothing to compare with', () => {
    if (quantity === undefined) throw new Error('no GN');
    expect(() => verified(symbol('R2'), quantity, [])).toThrow(UnverifiedError);
  });
});

describe('quantities', () => {
  it('are all of the circuit, and are checked at random element values', () => {
    const circuit = linearCircuit(NON_INVERTING);
    const forms = closedForms(circuit);
    const names = quantitiesOf(circuit).map((quantity) => {
      const found = forms.form(quantity);
      if (!hasForm(found)) throw new Error(found.reason);
      expect(found.check.points).toBeGreaterThan(1);
      expect(found.check.worst).toBeLessThan(1e-12);
      return found.quantity;
    });
    expect(names).toEqual(
      'GN(XU1) GNO(XU1) RNEQ(XU1) RIEQ(XU1) ZN(XU1) ZI(XU1) BETA(XU1) gain(VIN) VOE'.split(' '),
    );
  });

  it('have the value of the circuit', () => {
    const circuit = linearCircuit(NON_INVERTING);
    const forms = closedForms(circuit);
    const { tree } = form(circuit, { quantity: 'GN(XU1)' });
    expect(evaluate(tree, forms.valueAt)).toBeClose(10.0498, { rel: 1e-5, abs: 0 }); // AN1177 Example 2
  });

  it('without DC feedback are those of the dead network', () => {
    const circuit = linearCircuit(INTEGRATOR);
    const forms = closedForms(circuit);
    const found = quantitiesOf(circuit).map((quantity) => {
      const each = forms.form(quantity);
      return `${quantityName(quantity)} ${hasForm(each) ? each.text : each.reason}`;
    });
    expect(found).toEqual([
      'GN(XU1) absent',
      'GNO(XU1) absent',
      'RNEQ(XU1) R2',
      'RIEQ(XU1) R1',
      'ZN(XU1) absent',
      'ZI(XU1) absent',
      'BETA(XU1) 0',
      'gain(VIN) absent',
      'VOE absent',
    ]);
  });

  it('whose inputs two sources force do not exist', () => {
    const circuit = linearCircuit('V1 a 0 1\nXU1 0 a out OP\nR1 out 0 1k\n*@ output V(out)');
    const { quantities } = wantedQuantities(['ZN(XU1)', 'GN(XU1)'], circuit);
    for (const quantity of quantities) {
      expect(closedForms(circuit).form(quantity)).toMatchObject({ reason: 'absent' });
    }
  });
});

describe('elements declared to be equal', () => {
  const howland = linearCircuit(`
VIN in 0 1
R1 in ld 1k
R2 o ld 1k
R3 m 0 1k
R4 o m 1k
XU1 ld m o OP
*@ output V(ld)`);

  it('may leave a quantity without a value: the balanced pump has no load', () => {
    const { quantities } = wantedQuantities(['gain(VIN)'], howland);
    const [gain] = quantities;
    if (gain === undefined) throw new Error('no gain');
    expect(hasForm(closedForms(howland).form(gain))).toBe(true);
    expect(closedForms(howland, { equal: ['R3=R1', 'R4=R2'] }).form(gain)).toMatchObject({
      reason: 'absent',
    });
  });

  it('may be multiples, and follow each other', () => {
    const equal = ['R4=3*R3', 'R3=R1', 'R2=R1'];
    // R2 R3 - R1 R4 = R1 R1 - 3 R1 R1
    expect(form(howland, { quantity: 'gain(VIN)', equal }).text).toBe('-1/2');
  });

  it.each([
    ['R3', 'no equality'],
    ['R3=R9', 'R9'],
    ['R3=VIN', 'VIN'],
    ['R3=0*R1', 'no equality'],
  ])('"%s" is refused', (text, reason) => {
    const { faults } = closedForms(howland, { equal: [text] });
    expect(faults.map(({ message }) => message).join()).toContain(reason);
  });

  it('twice, or in a circle, are refused', () => {
    expect(closedForms(howland, { equal: ['R3=R1', 'R3=R2'] }).faults).toHaveLength(1);
    expect(closedForms(howland, { equal: ['R3=R1', 'R1=R3'] }).faults).toHaveLength(1);
  });
});

describe('dominant terms', () => {
  const circuit = linearCircuit(`
VIN in 0 1
R1 in m 1k
R2 m out 1meg
RX m 0 10
R3 m 0 1meg
XU1 0 m out OP
*@ output V(out)`);

  it('alone are left, with the error at the values of the circuit', () => {
    const exact = form(circuit, { quantity: 'GN(XU1)' });
    expect(exact.text).toBe('1 + R2/(R1 || R3 || RX)');
    const found = form(circuit, { quantity: 'GN(XU1)', approximate: 0.02 });
    expect(found.text).toBe('R2/RX');
    // exact: 1 + 1e6 (1e-3 + 1e-6 + 0.1) = 101002; R2/RX = 1e5
    expect(found.error).toBeClose(1002 / 101002, { rel: 1e-9, abs: 0 });
  });

  it('are all terms where the error allowed is small', () => {
    expect(form(circuit, { quantity: 'GN(XU1)', approximate: 1e-9 }).error).toBe(0);
  });

  it.each([0.001, 0.01, 0.1, 0.3])('the error stays below %d', (approximate) => {
    for (const quantity of ['GN(XU1)', 'ZI(XU1)', 'gain(VIN)', 'RIEQ(XU1)', 'BETA(XU1)']) {
      expect(form(circuit, { quantity, approximate }).error ?? 1).toBeLessThanOrEqual(approximate);
    }
  });
});

describe('larger networks', () => {
  it('of many stages stay products', () => {
    const stages = Array.from({ length: 15 }, (_, i) => i + 1);
    const circuit = linearCircuit(
      [
        'VIN n0 0 1',
        ...stages.map(
          (i) => `RA${i} m${i} 0 1k\nRB${i} m${i} n${i} 9k\nXU${i} n${i - 1} m${i} n${i} OP`,
        ),
        '*@ output V(n15)',
      ].join('\n'),
    );
    const expected = stages.map((i) => `(1 + RB${i}/RA${i})`).join('*');
    expect(form(circuit, { quantity: 'gain(VIN)' }).text).toBe(expected);
  });

  it('that series and parallel do not reduce have meshes with names, and a complete expression', () => {
    const side = [0, 1, 2];
    const grid = side.flatMap((i) =>
      [0, 1, 2, 3].flatMap((j) => [
        ...(j < 3 ? [`RH${i}${j} n${i}${j} n${i}${j + 1} ${1 + i + j}k`] : []),
        ...(i < 2 ? [`RV${i}${j} n${i}${j} n${i + 1}${j} ${2 + i + j}k`] : []),
      ]),
    );
    const circuit = linearCircuit(
      ['VIN n00 0 1', ...grid, 'RF n23 out 10k', 'XU1 0 n23 out OP', '*@ output V(out)'].join('\n'),
    );
    const { text, expression } = form(circuit, { quantity: 'gain(VIN)' });
    expect(text).toContain(' where ');
    expect(expression).not.toMatch(/RM\d/);
    expect(expression?.length).toBeLessThan(1e6);
  }, 60_000);

  it('beyond the limit are refused', () => {
    const chain = Array.from(
      { length: 210 },
      (_, i) => `R${i} n${i} n${i + 1} 1k\nRG${i} n${i} 0 1k\nEA${i} x${i} 0 n${i} 0 2`,
    );
    const circuit = linearCircuit(['VIN n0 0 1', ...chain, '*@ output V(n210)'].join('\n'));
    const [gain] = quantitiesOf(circuit);
    if (gain === undefined) throw new Error('no gain');
    expect(closedForms(circuit).form(gain)).toMatchObject({ reason: 'too_long' });
  });
});
