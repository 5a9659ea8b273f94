// `nullor convert FILE --corner high` and what it says where there is no corner.

import { describe, expect, it } from 'vitest';
import '../support/close.ts';
import { json, nullor } from '../support/command.ts';

const DIVIDER = `divider
V1 a 0 2
R1 a b 1k
R2 b 0 1k
*@ tol R1 10%
*@ output V(b)
.end
`;

describe('convert --corner', () => {
  it('writes the corner', async () => {
    const run = await nullor(['convert', '-', '--corner', 'high'], DIVIDER);
    expect([run.code, run.err, run.out]).toEqual([
      0,
      '',
      `divider, corner with the highest V(b)
* V(b) = 1.05263 V (proven).
V1 a 0 2
R1 a b 900 ; nominal 1000
R2 b 0 1000
*@ output V(b)
.op
.end
`,
    ]);
  });

  it('in another form', async () => {
    const run = await nullor(['convert', '-', '--corner', 'low', '--to', 'ltspice'], DIVIDER);
    expect(run.out).toMatch(/^R1 a b 1100$/m);
    const json = await nullor(['convert', '-', '--corner', 'low', '--json'], DIVIDER);
    expect(JSON.parse(json.out)).toMatchObject({ schema: 'nullor/netlist/1' });
  });

  it.each([
    ['nothing varies', DIVIDER.replace('10%', '0%'), 'nothing has a tolerance'],
    ['no output', DIVIDER.replace('*@ output V(b)', ''), 'there is no output'],
    [
      'a pole',
      'p\nI1 0 a 1\nR1 a 0 1k\nR2 a 0 -1.05k\n*@ tol R1 10%\n*@ output V(a)\n',
      'grows without limit',
    ],
    ['a fault of the text', 'f\nR1 a 0 4k7\n', 'is not a SPICE number'],
  ])('%s: exit code 2 and the reason', async (_, text, reason) => {
    const run = await nullor(['convert', '-', '--corner', 'high'], text);
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.err).toContain(reason);
  });

  it('with --annotate has error models with the values of the corner', async () => {
    // Highest where the offset is: 10 (100 mV + 1 mV).
    const amplifier = `Gain of 10
VIN in 0 0.1
R1 m 0 1k
R2 out m 9k
XU1 in m out OA
*@ opamp XU1 pins=+,-,out vos=+-1m
*@ output V(out)
.end
`;
    const args = ['convert', '-', '--corner', 'high', '--annotate'];
    const { code, out, err } = await nullor(args, amplifier);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^XU1 in m out NULLOR_XU1$/m);
    expect(out).not.toContain('*@ opamp');
    const { json: found } = await json(['op', '-'], out);
    expect(found.nodes.out).toBeClose(1.01, { rel: 1e-9, abs: 0 });
    expect((await nullor([...args, '--flat'], amplifier)).code).toBe(2);
  });

  it('another word is a fault of the command line', async () => {
    const run = await nullor(['convert', '-', '--corner', 'middle'], DIVIDER);
    expect(run.code).toBe(2);
    expect(run.err).toContain('corners are low, high, error-low, error-high');
  });
});
