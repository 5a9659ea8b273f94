// `<` is no relation of an expectation: the hint says which is.

import { expect, it } from 'vitest';
import { analyze } from '../../src/index.ts';

it.each(['<', '>'])('%s in an expectation', async (sign) => {
  const text = `title\nV1 a 0 1\nR1 a 0 1k\n*@ expect V(a) ${sign} 2\n.end\n`;
  const { diagnostics } = await analyze(text, { name: 'test.cir' });
  const found = diagnostics.find(({ severity }) => severity === 'error');
  expect(found?.hint).toBe(`Write ${sign}= instead of ${sign}.`);
});
