// Closed forms of random op amp networks, evaluated in rationals, are exactly what the equations of theory D2-D6 have
// as their solution in rationals. The oracle shares no code with src/.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { isLinear } from '../../src/circuit/circuit.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { deadNetworkFaults } from '../../src/mna/diagnosis.ts';
import { assemble } from '../../src/mna/system.ts';
import { type ClosedForms, closedForms, hasForm } from '../../src/symbolic/closed-form.ts';
import { type Quantity, quantitiesOf, quantityName } from '../../src/symbolic/quantity.ts';
import type { Tree } from '../../src/symbolic/tree.ts';
import { type ExactElement, ExactSystem, netlistOf } from '../support/exact-circuit.ts';
import { randomCircuits } from '../support/random-circuits.ts';
import {
  add,
  compare,
  divide,
  fromNumber,
  multiply,
  negate,
  type Rational,
  rational,
  ZERO,
} from '../support/rational.ts';
import { SEED } from '../support/seed.ts';

const CIRCUITS = 40;

it('closed forms of random networks equal exact solutions', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      randomCircuits({ wild: false, resistance: { low: 0, high: 6 }, maximumOpAmps: 3 }),
      ({ elements, output }) => {
        const text = netlistOf(elements, { output: `V(${output.join(',')})` });
        const circuit = elaborate(parseNetlist({ name: 'random.cir', text }));
        if (!isLinear(circuit)) throw new Error(`not linear\n${text}`);
        if (deadNetworkFaults(assemble(circuit, 'dead')).length > 0) return;
        const forms = closedForms(circuit);
        const exact = oracle(elements, output);
        for (const quantity of quantitiesOf(circuit)) {
          if (quantity.kind === 'VOE') continue;
          const form = forms.form(quantity);
          const expected = exact(quantity);
          if (!hasForm(form)) {
            if (form.reason === 'absent' && expected !== undefined)
              throw new Error(`${quantityName(quantity)} exists\n${text}`);
            continue;
          }
          if (expected === undefined) continue; // these values are singular
          const actual = exactValue(form.tree, valuesOf(elements, forms));
          if (actual === undefined || compare(actual, expected) !== 0)
            throw new Error(`${quantityName(quantity)} = ${form.text} is wrong\n${text}`);
          compared += 1;
        }
      },
    ),
    { seed: SEED, numRuns: CIRCUITS, interruptAfterTimeLimit: 15_000 },
  );
  // The property must not be true for want of circuits.
  expect(compared).toBeGreaterThan(30);
}, 120_000);

/** The quantities in rationals; undefined where the equations have no unique solution. */
function oracle(elements: readonly ExactElement[], output: readonly [string, string]) {
  const ideal = new ExactSystem(elements, 'ideal');
  const dead = new ExactSystem(elements, 'dead');
  const minus = (a: string, b: string, { system, rows }: Question) => {
    const [solution] = system.solve([system.column(rows)]) ?? [];
    return solution?.at(system.node(a), system.node(b));
  };
  return (quantity: Exclude<Quantity, { kind: 'VOE' }>): Rational | undefined => {
    const one = rational(1n);
    if (quantity.kind === 'gain') {
      const element = elements.find(({ name }) => name === quantity.source.name);
      if (element?.kind !== 'V' && element?.kind !== 'I') throw new Error('no such source');
      const rows: Rows =
        element.kind === 'V'
          ? [[ideal.branch(element.name), one]]
          : [
              [ideal.node(element.nodes[0]), negate(one)],
              [ideal.node(element.nodes[1]), one],
            ];
      return minus(...output, { system: ideal, rows });
    }
    const opAmp = ideal.opAmps.find(({ name }) => name === quantity.opAmp.name);
    if (opAmp === undefined) throw new Error('no such op amp');
    const offset: Question = { system: ideal, rows: [[ideal.branch(opAmp.name), negate(one)]] };
    const drawn = (system: ExactSystem, node: string): Question => ({
      system,
      rows: [[system.node(node), negate(one)]],
    });
    switch (quantity.kind) {
      case 'GN':
        return minus(opAmp.output, '0', offset);
      case 'GNO':
        return minus(...output, offset);
      case 'ZN':
        return minus(...output, drawn(ideal, opAmp.plus));
      case 'ZI':
        return minus(...output, drawn(ideal, opAmp.minus));
      case 'RNEQ':
        return minus(opAmp.minus, opAmp.plus, drawn(dead, opAmp.plus));
      case 'RIEQ':
        return minus(opAmp.plus, opAmp.minus, drawn(dead, opAmp.minus));
      case 'BETA': // the row of the dead network is -V_o = -(driven voltage), or V_o = driven: the output decides
        return driven(dead, opAmp);
    }
  };
}

type Rows = readonly (readonly [row: number, value: Rational])[];

interface Question {
  readonly system: ExactSystem;
  readonly rows: Rows;
}

/** (V_M - V_P)/V_o with the own output driven, whatever the sign of its equation is. */
function driven(
  dead: ExactSystem,
  { name, plus, minus, output }: { name: string; plus: string; minus: string; output: string },
): Rational | undefined {
  const [solution] = dead.solve([dead.column([[dead.branch(name), rational(1n)]])]) ?? [];
  if (solution === undefined) return undefined;
  const own = solution.at(dead.node(output));
  return divide(solution.at(dead.node(minus), dead.node(plus)), own);
}

function valuesOf(elements: readonly ExactElement[], { symbols }: ClosedForms) {
  const values = new Map(
    elements.flatMap((element): [string, Rational][] => {
      if (element.kind === 'R') return [[element.name, fromNumber(element.value)]];
      return 'gain' in element ? [[element.name, fromNumber(element.gain)]] : [];
    }),
  );
  const valueAt = (name: string): Rational | undefined => {
    const definition = symbols.definitions.get(name);
    if (definition === undefined) return values.get(name);
    const value = exactValue(definition, valueAt);
    if (value !== undefined) values.set(name, value);
    return value;
  };
  return valueAt;
}

/** undefined where a denominator is 0. */
function exactValue(
  tree: Tree,
  valueAt: (name: string) => Rational | undefined,
): Rational | undefined {
  const all = (trees: readonly Tree[]): Rational[] | undefined => {
    const values = trees.map((each) => exactValue(each, valueAt));
    return values.includes(undefined) ? undefined : (values as Rational[]);
  };
  switch (tree.kind) {
    case 'number':
      return rational(tree.value);
    case 'symbol':
      return valueAt(tree.name);
    case 'negative':
      return all([tree.operand])?.map(negate)[0];
    case 'sum':
      return all(tree.terms)?.reduce(add);
    case 'product':
      return all(tree.factors)?.reduce(multiply);
    case 'power':
      return all(new Array<Tree>(tree.exponent).fill(tree.base))?.reduce(multiply);
    case 'quotient': {
      const [over, under] = all([tree.over, tree.under]) ?? [];
      if (over === undefined || under === undefined || compare(under, ZERO) === 0) return undefined;
      return divide(over, under);
    }
    case 'parallel': {
      const inverses = all(tree.operands)?.map((value) => divide(rational(1n), value));
      return inverses && divide(rational(1n), inverses.reduce(add));
    }
  }
}
