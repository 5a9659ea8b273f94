// Networks of 30 resistors that series and parallel connections do not reduce: every quantity has a form, and the gain
// from its parts is that of the exact rational solution.

import { describe, expect, it, vi } from 'vitest';
import '../support/close.ts';
import { closedForms, hasForm } from '../../src/symbolic/closed-form.ts';
import { quantitiesOf, quantityName } from '../../src/symbolic/quantity.ts';
import { LONGEST_EXPRESSION, type WrittenForm } from '../../src/symbolic/written-form.ts';
import { type ExactElement, ExactSystem } from '../support/exact-circuit.ts';
import { toNumber } from '../support/rational.ts';
import { linearCircuit } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const RESISTORS = 30;

/** Numbers that look random, the same everywhere. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** Resistors between nodes drawn by chance, `count` op amps in them with a resistor of feedback each. */
function denseNetwork(seed: number, { nodes, count }: { nodes: number; count: number }) {
  const draw = generator(seed);
  const elements: ExactElement[] = [{ kind: 'V', name: 'V1', nodes: ['n1', '0'], value: 1 }];
  const resistor = (a: string, b: string) => {
    const number = elements.filter(({ kind }) => kind === 'R').length + 1;
    const value = 1000 * (1 + draw(99));
    elements.push({ kind: 'R', name: `R${number}`, nodes: [a, b], value });
  };
  for (let i = 2; i <= nodes; i++) resistor(`n${i}`, `n${1 + draw(i - 1)}`);
  for (let i = nodes; i <= RESISTORS - count; i++) {
    const [a, b] = [1 + draw(nodes), draw(nodes + 1)];
    resistor(`n${a}`, a === b || b === 0 ? '0' : `n${b}`);
  }
  for (let k = 1; k <= count; k++) {
    const [plus, minus] = [2 + draw(nodes - 1), 2 + draw(nodes - 2)];
    const [p, m, o] = [`n${plus}`, `n${minus >= plus ? minus + 1 : minus}`, `o${k}`];
    resistor(o, m);
    elements.push({
      kind: 'opAmp',
      name: `XU${k}`,
      plus: p,
      minus: m,
      output: o,
      positiveSupply: '0',
      negativeSupply: '0',
      specification: {},
    });
  }
  return { elements, output: `o${count}` };
}

function evaluated(
  { inParts, expression }: WrittenForm,
  elements: readonly ExactElement[],
): number {
  const values: Record<string, number> = {};
  for (const element of elements) if ('value' in element) values[element.name] = element.value;
  const evaluate = (text: string): number =>
    Function(
      ...Object.keys(values),
      `return ${text.replaceAll('^', '**')};`,
    )(...Object.values(values));
  for (const part of inParts?.parts ?? []) values[part.name] = evaluate(part.expression);
  return evaluate(inParts?.expression ?? expression ?? '');
}

describe('dense networks of 30 resistors', () => {
  it.each([
    [2, { nodes: 9, count: 1 }],
    [3, { nodes: 10, count: 2 }],
    [6, { nodes: 15, count: 2 }],
  ])('seed %i, %j', (seed, size) => {
    const { elements, output } = denseNetwork(seed, size);
    const cards = elements.map((element) =>
      'value' in element
        ? `${element.name} ${element.nodes.join(' ')} ${element.value}`
        : element.kind === 'opAmp'
          ? `${element.name} ${element.plus} ${element.minus} ${element.output} OP`
          : '',
    );
    const circuit = linearCircuit(`${cards.join('\n')}\n*@ output V(${output})`);
    expect(elements.filter(({ kind }) => kind === 'R')).toHaveLength(RESISTORS);
    const forms = closedForms(circuit);
    let [found, inPieces] = [0, 0];
    for (const quantity of quantitiesOf(circuit)) {
      const form = forms.form(quantity);
      if (!hasForm(form)) {
        expect(form).toMatchObject({ reason: 'absent' });
        continue;
      }
      found += 1;
      if (form.inParts !== null) inPieces += 1;
      if (form.expression !== null) {
        expect(form.expression.length).toBeLessThanOrEqual(LONGEST_EXPRESSION);
      }
      if (quantityName(quantity) !== 'gain(V1)') continue;
      const system = new ExactSystem(elements, 'ideal');
      const [x] = system.solve([system.sources()]) ?? [];
      const exact = toNumber(x!.at(system.node(output), system.node('0')));
      expect(evaluated(form, elements)).toBeClose(exact, { rel: 1e-9, abs: 0 });
    }
    expect(found).toBeGreaterThan(5);
    expect(inPieces).toBeGreaterThan(0);
  });
});
