// RSS and its convention: limits are n sigma, and terms at other sigma are scaled to it (theory 3.1).

import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../grammar/diagnostic.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import type { Budget } from '../../src/analysis/budget.ts';
import { analyzeCircuit } from '../../src/analysis/circuit-analysis.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';
import { analyze } from '../../src/index.ts';
import { faultsOf } from '../support/circuit.ts';
import '../support/close.ts';

/** A follower of a divider: V_OS = 3 mV at the output, and R1 of 1 % moves 5 V by 24.876 mV and -25.126 mV. */
const FOLLOWER = `VIN in 0 10
R1 in p 1k
R2 p 0 1k
XU1 p out out OPAMP
.subckt OPAMP p m o
E1 o 0 p m 1e9
.ends
*@ output V(out)
*@ opamp XU1 vos=+-3m aol=inf
*@ tol R1 1%
`;

function budgetOf(...lines: string[]): Budget {
  const text = `title\n${FOLLOWER}${lines.join('\n')}\n`;
  const circuit = elaborate(parseNetlist({ name: 'test.cir', text }));
  const { budget } = analyzeCircuit(circuit, new Diagnostics());
  if (budget === null) throw new Error('no budget');
  return budget;
}

const R1 = 10 * (1 / 1.99 - 0.5); // 1 k (1 - 1 %) is the worse end
const OFFSET = 3e-3;

describe('RSS', () => {
  it('is at three sigma unless said otherwise, elements included', () => {
    const budget = budgetOf();
    expect(budget.sigma).toBe(3);
    expect(budget.rss).toBeClose(Math.hypot(OFFSET, R1), { rel: 1e-12, abs: 0 });
    expect(budget.opAmps.rss).toBeClose(OFFSET, { rel: 1e-12, abs: 0 });
    expect(budget.elements.rss).toBeClose(R1, { rel: 1e-12, abs: 0 });
  });

  it('does not depend on the sigma of all limits, which it only names', () => {
    const budget = budgetOf('*@ sigma 6');
    expect(budget.sigma).toBe(6);
    expect(budget.rss).toBeClose(Math.hypot(OFFSET, R1), { rel: 1e-12, abs: 0 });
  });

  it('brings limits at other sigma to its own', () => {
    const budget = budgetOf('*@ sigma XU1 6');
    expect(budget.rss).toBeClose(Math.hypot((OFFSET * 3) / 6, R1), { rel: 1e-12, abs: 0 });
    expect(budget.worstCase).toBeClose(OFFSET + R1, { rel: 1e-12, abs: 0 });
  });

  it('prefers an exact name to a pattern, and a later line', () => {
    const sigmaOf = (...lines: string[]) =>
      budgetOf(...lines).rows.find(({ element }) => element === 'R1')?.sigma;
    expect(sigmaOf('*@ sigma R1 2', '*@ sigma R* 4')).toBe(2);
    expect(sigmaOf('*@ sigma R* 4', '*@ sigma R* 5')).toBe(5);
  });
});

describe('faults of *@ sigma and *@ montecarlo', () => {
  it.each([
    ['*@ sigma 0', 'error bad_sigma 2'],
    ['*@ sigma R9 3', 'error unknown_element 2'],
    ['*@ sigma R1 3 4', 'error extra_argument 2'],
    ['*@ sigma R1', 'error bad_number 2'],
    ['*@ sigma 3m V', 'error bad_number 2'],
    ['*@ sigma 3V', 'error wrong_unit 2'],
    ['*@ sigma 3\n*@ sigma 6', 'warning repeated_directive 3'],
    ['*@ montecarlo 100\n*@ montecarlo 200', 'warning repeated_directive 3'],
    ['*@ montecarlo 0', 'error bad_number 2'],
    ['*@ montecarlo 1.5', 'error bad_number 2'],
    ['*@ montecarlo 1e9', 'error bad_number 2'],
    ['*@ montecarlo 1000 seed=-1', 'error bad_number 2'],
    ['*@ montecarlo 1000 seed=+-1', 'error extra_argument 2'],
    ['*@ montecarlo 1000 seed=1 seed=2', 'error extra_argument 2'],
    ['*@ montecarlo 1000 gaus', 'error unknown_distribution 2'],
    ['*@ montecarlo 1000 normal uniform', 'error extra_argument 2'],
    ['*@ tol R1 1% bin=2%', 'error bad_tolerance 2'],
    ['*@ tol R1 bin=2%', 'error incomplete_directive 2'],
    ['*@ tol R1 1% bin=0.1% bin=0.2%', 'error unknown_key 2'],
  ])('%s', (line, fault) => {
    expect(faultsOf(`${line}\nR1 a 0 1k\nR2 a 0 1k\nV1 a 0 1`)).toContain(fault);
  });

  it('no warning where the command line replaces the line, or for two instances of one line', async () => {
    const text = `title\n${FOLLOWER}*@ sigma 4\n`;
    const { diagnostics, circuit } = await analyze(text, { directives: ['sigma 6'] });
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(circuit.statistics.sigma).toBe(6);
    const twice = 'X1 a S\nX2 a S\nV1 a 0 1\n.subckt S p\nR1 p 0 1k\n*@ sigma 4\n.ends';
    expect(faultsOf(twice)).toEqual([]);
  });
});
