// `nullor check` as a user runs it: many files, patterns, reporters, sheets, and what it exits with.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { json, nullor } from '../support/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'nullor-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const deck = (expectation: string) => `Amplifier
VIN in 0 0.1
R1 m 0 1k
R2 out m 9k
XU1 in m out OPAMP
.subckt OPAMP inp inn out
E1 out 0 inp inn 1MEG
.ends
*@ opamp XU1 vos=1m
*@ expect ${expectation}
.end
`;

function file(path: string, text: string): string {
  const name = join(folder, path);
  mkdirSync(join(name, '..'), { recursive: true });
  writeFileSync(name, text);
  return name;
}

const good = file('a/good.cir', deck('GN(XU1) = 1 + R2/R1'));
const wrong = file('a/b/wrong.cir', deck('GN(XU1) = R2/R1'));
const broken = file('a/b/broken.cir', deck('GN(XU1) = R2'));
file('a/node_modules/other.cir', deck('GN(XU1) = 3'));
const check = (...args: string[]) => nullor(['check', '--no-check', ...args]);

describe('many files', () => {
  it.each([
    [['a/*.cir'], 0, 1],
    [['a/b/*.cir'], 2, 2],
    [['a/b/wr?ng.cir'], 1, 1],
    [['a/**/*.cir'], 2, 3],
    [['**/wrong.cir', 'a/good.cir'], 1, 2],
    [['*/b/w*'], 1, 1],
  ])('%s: exit %i', async (patterns, code, count) => {
    const run = await json(['check', '--no-check', ...patterns.map((path) => join(folder, path))]);
    expect(run.code).toBe(code);
    expect(Array.isArray(run.json) ? run.json.length : 1).toBe(count);
  });

  it('says at the end which failed', async () => {
    const { code, out } = await check(good, wrong);
    expect(code).toBe(1);
    expect(out.trimEnd().split('\n').at(-1)).toBe(
      `2 files: 1 of 2 expectations hold. Failed: ${wrong}`,
    );
  });

  it('a pattern without a file', async () => {
    const { code, err } = await check(join(folder, 'c/*.cir'));
    expect(code).toBe(2);
    expect(err).toContain('No file matches');
  });
});

describe('JSON', () => {
  it('tells identity, coincidence and slip', async () => {
    const run = await json(['check', '--no-check', wrong]);
    expect(run.json).toMatchObject({ schema: 'nullor/check/1', passed: 0, failed: 1 });
    expect(run.json.expectations[0]).toMatchObject({
      text: 'GN(XU1) = R2/R1',
      line: 10,
      passes: false,
      identity: 'fails',
      slip: { formula: '1 + R2/R1', everywhere: true },
      closedForm: '1 + R2/R1',
    });
  });

  it('has a row for an expectation with wrong units', async () => {
    const run = await json(['check', '--no-check', broken]);
    expect(run.code).toBe(2);
    expect(run.json.expectations[0]).toMatchObject({ passes: false, actual: null });
    expect(run.json.diagnostics[0]).toMatchObject({ code: 'unit_mismatch', line: 10, column: 21 });
  });
});

describe('a circuit that cannot work', () => {
  const latching = file(
    'verdict/latching.cir',
    deck('gain(VIN) = -9')
      .replace('VIN in 0', 'VIN x 0')
      .replace('R1 m 0', 'R1 in x')
      .replace('R2 out m', 'R2 out in')
      .replace('XU1 in m', 'XU1 in 0'),
  );

  it('fails, however many expectations hold', async () => {
    const { code, out } = await check(latching);
    expect(out).toContain('1 of 1 expectations hold');
    expect(out).toContain('UNSTABLE');
    expect(code).toBe(1);
    expect((await json(['check', '--no-check', latching])).json.status).toBe('unstable_dc');
  });
  it.each(['junit', 'github'])('in the words of %s', async (reporter) => {
    const { code, out } = await check('--reporter', reporter, latching);
    expect(out).toContain('UNSTABLE');
    expect(code).toBe(1);
  });
});

describe('reporters', () => {
  it('junit', async () => {
    const { code, out } = await check('--reporter', 'junit', good, wrong);
    expect(code).toBe(1);
    expect(out).toContain('<?xml version="1.0" encoding="UTF-8"?>');
    expect(out.match(/<testcase /g)).toHaveLength(2);
    expect(out).toContain('failures="1"');
    expect(out).toContain('1 is missing: 1 + R2/R1 holds at all values');
    // every tag that is opened is closed
    const tags = [...out.matchAll(/<(\/?)([a-z-]+)[^>]*?(\/?)>/g)];
    const open: string[] = [];
    for (const [, end, name = '', self] of tags) {
      if (end === '/') expect(open.pop()).toBe(name);
      else if (self !== '/') open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('github', async () => {
    const { code, out } = await check('--reporter', 'github', good, wrong, broken);
    expect(code).toBe(2);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^::error file=.*wrong\.cir,line=10,title=GN\(XU1\) = R2\/R1::The left side is 10, the right side 9\. /,
    );
    expect(
      lines.some((line) => /broken\.cir,line=10,col=21,title=unit_mismatch::/.test(line)),
    ).toBe(true);
  });

  it('of a name that there is not', async () => {
    expect((await check('--reporter', 'tap', good)).code).toBe(2);
  });
});

describe('--sheet', () => {
  const sheet = file('calc.md', 'G_N = 1 + R2/R1 = 1 + 9k/1k = 10\n');
  const slip = file('slip.md', '# Wrong\n\nG_N = R2/R1 = 9k/1k = 9\n');
  const unread = file('unread.md', 'G_N = foo(3\n');

  it.each([
    [sheet, 0],
    [slip, 1],
    [unread, 2],
  ])('%s: exit %i', async (path, code) => {
    const run = await json(['check', '--no-check', good, '--sheet', path]);
    expect(run.code).toBe(code);
    expect(run.json.sheets).toHaveLength(1);
  });

  it('marks the first wrong step', async () => {
    const { out } = await check(good, '--sheet', slip);
    expect(out).toContain('The first wrong step is in line 3: G_N = R2/R1.');
    const { json: found } = await json(['check', '--no-check', good, '--sheet', slip]);
    expect(found.sheets[0].first).toMatchObject({ line: 3 });
    expect(found.sheets[0].lines[0].steps).toMatchObject([
      { status: 'wrong', identity: 'fails' },
      { status: 'follows', from: 3 },
      { status: 'follows', from: 3 },
    ]);
  });

  it('in reports for servers', async () => {
    const { out } = await check('--reporter', 'github', good, '--sheet', slip);
    expect(out).toMatch(/^::error file=.*slip\.md,line=3,/);
  });

  it('needs one circuit', async () => {
    expect((await check(good, wrong, '--sheet', sheet)).code).toBe(2);
  });
});

it('--let makes a condition part of the circuit', async () => {
  const bridge = file(
    'difference.cir',
    deck('GN(XU1) = 1 + R4/R3').replace('XU1 in m', 'R3 in p 1k\nR4 p 0 9k\nXU1 p m'),
  );
  const identity = async (...args: string[]) =>
    (await json(['check', '--no-check', bridge, ...args])).json.expectations[0].identity;
  expect(await identity()).toBe('coincidence');
  expect(await identity('--let', 'R1=R3', '--let', 'R2=R4')).toBe('holds');
});

it('a file without expectations is told how to write one', async () => {
  const empty = file('empty.cir', 'divider\nV1 a 0 1\nR1 a b 1k\nR2 b 0 1k\n.end\n');
  const { code, out } = await check(empty);
  expect(code).toBe(0);
  expect(out.replace(/\s+/g, ' ')).toContain('"*@ expect V(out) = 1 rel 1%"');
  expect(out).not.toContain('0 of 0');
});
