// Options of a deck reach ngspice: a reverse-biased junction carries its saturation current and GMIN times its voltage.

import { expect, it } from 'vitest';
import type { Deck } from '../../src/ngspice/engine.ts';
import { useEngine } from '../ngspice/built-worker.ts';
import '../support/close.ts';

const ngspice = useEngine();

function reverseJunction(...options: string[]): Deck {
  return {
    elements: ['v1 n1 0 -2', 'd1 n1 0 dut', '.model dut D(IS=1e-14)'],
    steps: [{ label: 'only', commands: [], vectors: ['i(v1)', 'v(n1)'] }],
    nonlinear: true,
    options,
  };
}

it.each([1e-12, 1e-9])('GMIN = %d', async (gmin) => {
  const outcome = await ngspice.engine.run(reverseJunction(`gmin=${gmin}`, 'abstol=1e-18'));
  if (!outcome.ok) throw new Error(outcome.reason);
  expect(outcome.values[0]?.[0]).toBeClose(1e-14 + 2 * gmin, { rel: 1e-6, abs: 0 });
});

it('refuses what is not an option', async () => {
  const outcome = await ngspice.engine.run(reverseJunction('gmin=1e-9\n.control'));
  expect(outcome.ok ? 'no refusal' : outcome.reason).toContain('not one line of plain text');
});
