// Limited steps of a channel: none overshoots, none gets stuck, and a settled iteration is left alone.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { limitChannel } from '../../src/devices/field-effect-limit.ts';
import { SEED } from '../support/seed.ts';

const volts = fc.double({ min: -1000, max: 1000, noNaN: true });
const bias = fc.record({ vgs: volts, vds: volts });
const threshold = fc.double({ min: -5, max: 5, noNaN: true });

it('leaves a settled iteration as it is', () => {
  fc.assert(
    fc.property(bias, threshold, (at, vth) => {
      expect(limitChannel(at, { before: at, threshold: vth })).toEqual(at);
    }),
    { seed: SEED },
  );
});

it('moves the gate towards where it is asked to, and not beyond', () => {
  fc.assert(
    fc.property(bias, volts, threshold, (to, from, vth) => {
      const before = { vgs: from, vds: 1 };
      const { vgs } = limitChannel(to, { before, threshold: vth });
      expect(vgs).toBeGreaterThanOrEqual(Math.min(from, to.vgs));
      expect(vgs).toBeLessThanOrEqual(Math.max(from, to.vgs));
    }),
    { seed: SEED },
  );
});

it('arrives from anywhere within 60 steps', () => {
  fc.assert(
    fc.property(bias, bias, threshold, (to, from, vth) => {
      let at = from;
      for (let step = 0; step < 60; step++) at = limitChannel(to, { before: at, threshold: vth });
      expect(Math.abs(at.vgs - to.vgs)).toBeLessThan(1e-12 * (1 + Math.abs(to.vgs)));
      expect(Math.abs(at.vds - to.vds)).toBeLessThan(1e-12 * (1 + Math.abs(to.vds)));
    }),
    { seed: SEED },
  );
});
