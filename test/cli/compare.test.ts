// `nullor analyze --compare` as a user runs it.

import { describe, expect, it, vi } from 'vitest';
import { json, nullor } from '../support/command.ts';

vi.setConfig({ testTimeout: 30_000 });

const FILE = 'netlists/classic/bridge-amplifier-with-a-part.cir';
const compare = (query: string, ...more: string[]) => [
  'analyze',
  FILE,
  '--compare',
  query,
  ...more,
];

describe('--compare', () => {
  it('ranks what a query of the library finds', async () => {
    const { code, json: found } = await json(compare('class=auto-zeroed'));
    expect(code).toBe(0);
    expect(found.schema).toBe('nullor/comparison/1');
    const all: { class: string }[] = [...found.ranked, ...found.unranked];
    expect(new Set(all.map((part) => part.class))).toEqual(new Set(['auto-zeroed']));
  });

  it('takes the name of an op amp where directives of op amps stand otherwise', async () => {
    const { json: found } = await json(compare('OPA2188', '--opamp', 'XU1'));
    expect(Object.keys(found.opAmps)).toEqual(['XU1']);
    const { code, err } = await nullor(compare('OPA2188', '--opamp', 'XU9'));
    expect(code).toBe(2);
    expect(err).toContain('There is no op amp "XU9" in the netlist (did you mean "XU1"?)');
  });

  it('is a page of its own', async () => {
    const { code, out } = await nullor(compare('OPA2188', '--format', 'html'));
    expect(code).toBe(0);
    expect(out).toMatch(/^<!doctype html>[\s\S]*OPA2188/);
  });

  it('refuses what it does not know, and a form that it does not have', async () => {
    const { code, err } = await nullor(compare('OPA2188,NO9'));
    expect(code).toBe(2);
    expect(err).toContain('error: No part of the library has "NO9"');
    expect((await nullor(compare('OPA2188', '--format', 'csv'))).code).toBe(2);
  });

  it('fails when no part can be ranked', async () => {
    expect((await nullor(compare('OPA333'))).code).toBe(1);
  });
});
