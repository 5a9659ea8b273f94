// The built command as a user runs it: exit codes, JSON, diagnostics, encodings, options.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import './support/close.ts';
import { interrupted, json, nullor } from './support/command.ts';

const REL = { rel: 1e-12, abs: 0 };

let folder: string;
vi.setConfig({ testTimeout: 20_000 });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nullor-cli-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a file into the folder of this run and returns its path. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const amplifier = `Non-inverting amplifier, gain 10
VIN in 0 0.1
VDD vdd 0 5
R1 m 0 1k
R2 out m 9k
XU1 in m vdd 0 out OA
*@ opamp XU1 pins=+,-,V+,V-,out vos=1m ibi=1u
*@ output V(out)
*@ expect GN(XU1) = 1 + R2/R1
*@ expect VOE = 19m
.end
`;
const budget = amplifier.replace('vos=1m ibi=1u', 'vos=+-1m ib=+-1u').replace(/.*VOE.*\n/, '');
const wrong = amplifier.replace('VOE = 19m', 'VOE = 18m');
const comparator = amplifier.replace('XU1 in m', 'XU1 m in').replace(/\*@ expect.*\n/g, '');
const integrator = amplifier
  .replace('R2 out m 9k', 'C2 out m 1n\nR3 out 0 1k')
  .replace(/\*@ expect.*\n/g, '');
const conflict = 'two sources\nV1 a 0 1\nV2 a 0 2\nR1 a 0 1\n.end\n';
const noPath = 'no path\nV1 a 0 1\nR1 a 0 1\nI1 b 0 1m\nC1 b 0 1n\n.end\n';

it('a reader that has enough is no fault', async () => {
  expect(await interrupted(['parts', '--json'])).toEqual({ code: 0, err: '' });
});

describe('convert --flat', () => {
  const hierarchy =
    'filter\n.param r=2\nXA a S\n.subckt S p\nR1 p n {r*1k}\nC1 n 0 1n\n.ends\nV1 a 0 1\n.end\n';

  it('writes the netlist without hierarchy, as text and as JSON', async () => {
    const text = await nullor(['convert', '-', '--flat'], hierarchy);
    expect([text.code, text.err, text.out]).toEqual([
      0,
      '',
      'filter\nR.XA.R1 a XA.n 2000\nC.XA.C1 XA.n 0 1e-9\nV1 a 0 DC 1\n.end\n',
    ]);
    const document = await json(['convert', '-', '--flat'], hierarchy);
    expect(document.code).toBe(0);
    expect(document.json).toMatchObject({
      schema: 'nullor/netlist/1',
      elements: [{ name: 'R.XA.R1', nodes: ['a', 'XA.n'] }, { name: 'C.XA.C1' }, { name: 'V1' }],
      subcircuits: [],
    });
  });

  it('refuses what it cannot expand, with the place', async () => {
    const run = await nullor(['convert', '-', '--flat'], hierarchy.replace('{r*1k}', '{q}'));
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.err).toMatch(/^<stdin>:5:9: error: Parameter "q" is not defined/);
  });
});

describe('exit codes', () => {
  it.each([
    ['analyze', 'a sound circuit', amplifier, 0],
    ['check', 'all expectations hold', amplifier, 0],
    ['check', 'an expectation fails', wrong, 1],
    ['analyze', 'an expectation fails, which analyze does not ask', wrong, 0],
    ['analyze', 'positive feedback', comparator, 1],
    ['analyze', 'no DC feedback', integrator, 1],
    ['analyze', 'voltages in conflict', conflict, 2],
    ['analyze', 'no DC path', noPath, 2],
    ['check', 'no DC path', noPath, 2],
    ['analyze', 'an error of the text', `${amplifier}`.replace('9k', '9k7'), 2],
    ['analyze', 'an empty file', '', 2],
  ])('%s, %s', async (verb, _, text, code) => {
    const run = await nullor([verb, '-', '--no-check'], text);
    expect(`${run.code} ${run.err.includes('internal error')}`).toBe(`${code} false`);
    if (code === 2) expect(run.err).not.toBe('');
  });

  it('with ngspice: 0, and it agrees', async () => {
    const run = await json(['analyze', file('amplifier.cir', amplifier)]);
    expect([run.code, run.err]).toEqual([0, '']);
    expect(run.json.crossCheck).toMatchObject({
      agrees: true,
      engine: expect.stringContaining('ngspice'),
    });
    expect(run.json.crossCheck.worst).toBeLessThan(1e-9);
    for (const row of run.json.crossCheck.rows) {
      expect(row).toEqual({
        quantity: expect.any(String),
        ours: expect.any(Number),
        ngspice: expect.any(Number),
        difference: expect.any(Number),
        bound: expect.any(Number),
      });
    }
  });

  it('check of several files: the worst', async () => {
    const [good, bad] = [file('good.cir', amplifier), file('bad.cir', wrong)];
    const run = await json(['check', good, bad, '--no-check']);
    expect(run.code).toBe(1);
    expect(
      run.json.map(({ passed, failed }: { passed: number; failed: number }) => [passed, failed]),
    ).toEqual([
      [2, 0],
      [1, 1],
    ]);
  });
});

describe('analyze --json', () => {
  it('has the keys of the contract with their types', async () => {
    const path = file('contract.cir', amplifier);
    const { json: found } = await json(['analyze', path, '--no-check']);
    const pair = { nonInverting: expect.any(Number), inverting: expect.any(Number) };
    const term = { input: expect.any(Number), output: expect.any(Number) };
    expect(found).toMatchObject({
      schema: 'nullor/analysis/1',
      title: 'Non-inverting amplifier, gain 10',
      file: path,
      status: 'ok',
      output: 'V(out)',
      input: 'VIN',
      diagnostics: [],
      extremes: null,
      crossCheck: null,
    });
    expect(found.operatingPoint).toMatchObject({
      nodes: { in: 0.1, vdd: 5 },
      branches: { VIN: expect.any(Number), XU1: expect.any(Number) },
    });
    expect(found.ideal).toMatchObject({ output: 1, nodes: { out: 1, m: 0.1 } });
    expect(found.gains).toMatchObject({ VIN: 10, VDD: 0 });
    expect(found.finiteGains).toMatchObject({ VIN: 10, VDD: 0 });
    const at = found.opAmps.XU1;
    expect(at).toMatchObject({
      part: 'OA',
      noiseGain: 10,
      noiseGainToOutput: 10,
      resistance: { nonInverting: 0, inverting: 900, active: pair, effective: pair },
      transresistance: pair,
      feedback: { plus: 0, minus: 0.1 },
      inputs: { plus: 0.1, minus: expect.any(Number), commonMode: expect.any(Number) },
      outputVoltage: expect.any(Number),
    });
    for (const key of ['Vos', 'drift', 'Aol', 'Cmrr', 'PsrrPlus', 'PsrrMinus', 'Ibn', 'Ibi'])
      expect(at.terms[key]).toEqual(term);
    expect(at.terms.Vos.output).toBeClose(10e-3, REL);
    expect(at.terms.Ibi.input).toBeClose(0.9e-3, REL);
    expect(at.terms.Ibi.output).toBeClose(9e-3, REL);
    expect(found.error.output).toBeClose(19e-3, REL);
    expect(found.error.inputReferred.VIN).toBeClose(1.9e-3, REL);
    expect(found.budget).toMatchObject({ low: 0, high: 0, worstCase: 0, rss: 0, rows: [] });
  });

  it('has a budget of rows', async () => {
    const { json: found } = await json(['analyze', '-', '--no-check'], budget);
    expect(
      found.budget.rows.map(
        ({ cause, opAmp }: { cause: string; opAmp: string }) => `${opAmp} ${cause}`,
      ),
    ).toEqual(['XU1 Vos', 'XU1 Ib']);
    expect(found.budget.rows[0]).toEqual({
      cause: 'Vos',
      opAmp: 'XU1',
      low: expect.any(Number),
      high: expect.any(Number),
      gain: expect.any(Number),
      worst: expect.any(Number),
      sigma: 3,
      calibration: { offset: expect.any(Number), gain: 0, residual: 0 },
    });
    expect(found.budget.worstCase).toBeClose(19e-3, REL);
    expect(found.budget.rss).toBeClose(Math.hypot(10e-3, 9e-3), REL);
  });

  it('of a circuit without feedback leaves out what does not exist', async () => {
    const { json: found } = await json(
      ['analyze', '-', '--no-check'],
      integrator.replace('vos=1m', 'vos=1m aol=100k'),
    );
    expect(found).toMatchObject({
      status: 'no_dc_feedback',
      ideal: null,
      gains: null,
      error: null,
      budget: null,
    });
    expect(found.opAmps.XU1).toMatchObject({
      noiseGain: null,
      transresistance: null,
      resistance: { nonInverting: 0, inverting: 1000, active: null, effective: null },
    });
    expect(found.operatingPoint.nodes.in).toBe(0.1);
  });

  it('of bad text is null where nothing was analysed, with the diagnostics in it', async () => {
    const path = file('bad-value.cir', amplifier.replace('9k', '9k7'));
    const run = await json(['analyze', path]);
    expect([run.code, run.err]).toEqual([2, '']);
    expect(run.json).toMatchObject({
      status: 'invalid',
      operatingPoint: null,
      ideal: null,
      gains: null,
      finiteGains: null,
      opAmps: {},
      error: null,
      budget: null,
      crossCheck: null,
    });
    expect(run.json.diagnostics[0]).toMatchObject({
      severity: 'error',
      code: expect.stringMatching(/^[a-z_A-Z0-9]+$/),
      message: expect.any(String),
      file: path,
      line: 5,
      column: 10,
    });
  });

  it('of a circuit without op amps is its operating point and gains', async () => {
    const { code, json: found } = await json(
      ['analyze', '-', '--no-check'],
      'divider\nV1 a 0 3\nR1 a out 1k\nR2 out 0 2k\n.end\n',
    );
    expect(code).toBe(0);
    expect(found.operatingPoint.nodes.out).toBeClose(2, REL);
    expect(found.gains.V1).toBeClose(2 / 3, REL);
    expect(found.opAmps).toEqual({});
  });

  it('takes a node called __proto__ for a node', async () => {
    const { json: found } = await json(
      ['analyze', '-', '--no-check'],
      'divider\nV1 a 0 3\nR1 a __proto__ 1k\nR2 __proto__ 0 2k\n*@ output V(__proto__)\n.end\n',
    );
    expect(Object.keys(found.operatingPoint.nodes)).toEqual(['a', '__proto__']);
  });
});

describe('diagnostics', () => {
  it('are file:line:column: severity: message, the line, a caret and a hint', async () => {
    const path = file('place.cir', 'title\nV1 a 0 1\nR1 a 0 4k7\n.end\n');
    const { code, out, err } = await nullor(['analyze', path, '--no-check']);
    expect([code, out]).toEqual([2, '']);
    const lines = err.split('\n');
    expect(lines[0]).toMatch(/:3:8: error: \S/);
    expect(lines[0]?.startsWith(`${path}:`)).toBe(true);
    expect(lines[1]).toBe('3 | R1 a 0 4k7');
    expect(lines[2]).toMatch(/^ {2}\| {8}\^\^\^$/);
    expect(lines[3]).toMatch(/= hint: .*4\.7k/);
  });

  it('several faults are reported in one run', async () => {
    const { err } = await nullor(
      ['analyze', '-', '--no-check'],
      'title\nR1 a 0 4k7\nR2 a 0 {nope}\nX1 a NOPE\n.end\n',
    );
    for (const line of [2, 3, 4]) expect(err).toContain(`<stdin>:${line}:`);
  });

  it('of an included file name that file, found beside the one that includes it', async () => {
    file('parts/models.lib', '* models\n.subckt OA inp inn out\nE1 out 0 inp inn 1e6\n.ends\n');
    file('parts/inner.inc', '.include models.lib\nR9 out 0 5k\n');
    const text = 'title\nVIN in 0 1\nXU1 in out out OA\n.include parts/inner.inc\n.end\n';
    expect((await nullor(['analyze', file('top.cir', text), '--no-check'])).code).toBe(0);
    const broken = file('parts/broken.inc', 'R9 out 0 5k5\n');
    const run = await nullor([
      'analyze',
      file('top2.cir', text.replace('inner', 'broken')),
      '--no-check',
    ]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(`${broken}:1:10: error:`);
    expect(
      (await nullor(['analyze', '-', '--no-check'], text.replace('inner', 'missing'))).err,
    ).toContain('<stdin>:4:');
  });
});

describe('encodings', () => {
  const text = 'Verstärker µ\r\nV1 a 0 3\r\nR1 a out 1µ\r\nR2 out 0 2µ\r\n.end\r\n';
  const utf16 = (bigEndian: boolean, mark: boolean) => {
    const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
    return bigEndian ? bytes.swap16() : bytes;
  };
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE with BOM', utf16(false, true)],
    ['UTF-16BE with BOM', utf16(true, true)],
    ['UTF-16LE', utf16(false, false)],
    ['UTF-16BE', utf16(true, false)],
    ['CP1252', Buffer.from(text, 'latin1')],
    ['CR line ends', Buffer.from(text.replaceAll('\r\n', '\r'))],
  ])('%s', async (_, bytes) => {
    const run = await json(['analyze', '-', '--no-check'], bytes);
    expect(run.json).toMatchObject({ status: 'ok', title: 'Verstärker µ' });
    expect(run.json.operatingPoint.branches.V1).toBeClose(-1e6, REL);
  });
});

describe('options', () => {
  it('--output, --input and --opamp beat the netlist', async () => {
    const run = await json(
      [
        'analyze',
        '-',
        '--no-check',
        '--output',
        'V(out,m)',
        '--input',
        'VDD',
        '--opamp',
        'XU1 vos=2m',
        '--opamp',
        'XU1 ibi=0',
      ],
      amplifier,
    );
    expect(run.json).toMatchObject({ output: 'V(out,m)', input: 'VDD' });
    expect(run.json.gains.VIN).toBeClose(9, REL);
    expect(run.json.error.output).toBeClose(18e-3, REL);
  });

  it('--thevenin', async () => {
    const run = await json(
      ['analyze', '-', '--no-check', '--thevenin', 'out', '--thevenin', 'a,out'],
      'divider\nV1 a 0 3\nR1 a out 1k\nR2 out 0 2k\n.end\n',
    );
    expect(run.json.thevenin.map(({ label }: { label: string }) => label)).toEqual([
      'out',
      'a,out',
    ]);
    for (const [i, volts] of [2, 1].entries()) {
      expect(run.json.thevenin[i].voltage).toBeClose(volts, REL);
      expect(run.json.thevenin[i].resistance).toBeClose(2000 / 3, REL);
    }
  });

  it('--format md, csv and text', async () => {
    const path = file('formats.cir', budget);
    const run = (format: string) => nullor(['analyze', path, '--no-check', '--format', format]);
    const md = await run('md');
    expect(md.code).toBe(0);
    expect(md.out).toMatch(/^# Non-inverting amplifier, gain 10\n/);
    expect(md.out).toMatch(/^\| *op amp *\|/m);
    const csv = await run('csv');
    const rows = csv.out.split('\r\n').map((line) => line.split(','));
    expect(rows[0]?.slice(0, 2)).toEqual(['opAmp', 'cause']);
    expect(rows.slice(1, 3).map((row) => row.slice(0, 2))).toEqual([
      ['XU1', 'Vos'],
      ['XU1', 'Ib'],
    ]);
    expect(Number(rows[1]?.[rows[0]?.indexOf('worst') ?? -1])).toBeClose(10e-3, REL);
    const text = await run('text');
    expect(text.out).toContain('XU1');
    expect(text.out).toMatch(/10 mV/);
  });

  it.each([
    [['--help'], 0, 'Usage'],
    [['analyze', '--help'], 0, 'Usage'],
    [['--version'], 0, '.'],
    [[], 2, 'Usage'],
    [['nonsense', 'x'], 2, 'nonsense'],
    [['analyze'], 2, 'file'],
    [['analyze', 'a', 'b'], 2, 'one file'],
    [['analyze', '/no/such/file.cir'], 2, '/no/such/file.cir'],
    [['analyze', '.'], 2, 'read'],
    [['analyze', '-', '--nonsense'], 2, '--nonsense'],
    [['analyze', '-', '--format', 'pdf'], 2, 'pdf'],
    [['analyze', '-', '--format'], 2, '--format'],
    [['check', '-', '--format', 'csv'], 2, 'CSV'],
    [['analyze', '-', '--no-check', '--output', 'V('], 2, 'command line'],
    [['analyze', '-', '--no-check', '--output', 'V(nope)'], 2, 'nope'],
    [['analyze', '-', '--no-check', '--opamp', 'XU9 vos=1m'], 2, 'XU9'],
    [['analyze', '-', '--no-check', '--opamp', 'XU1 nonsense=1'], 2, 'nonsense'],
    [['analyze', '-', '--no-check', '--input', 'nope'], 2, 'nope'],
    [['analyze', '-', '--no-check', '--thevenin', 'nope'], 2, 'nope'],
    [['analyze', '-', '--no-check', '--thevenin', 'in,m,out'], 2, 'two nodes'],
  ])('%j: exit %d, saying %j', async (args, code, message) => {
    const run = await nullor(args as string[], amplifier);
    expect(run.code).toBe(code);
    expect(run.out + run.err).toContain(message);
    expect(run.err).not.toContain('internal error');
    expect(run.err).not.toMatch(/\n\s+at /);
  });
});

describe('included files', () => {
  const netlist = () => {
    file('outside/r.inc', 'R1 a 0 1k\n');
    return file('inside/a.cir', 'title\nV1 a 0 1\n.include ../outside/r.inc\n.end\n');
  };

  it('stay within the folder of the netlist', async () => {
    const path = netlist();
    const { code, err } = await nullor(['analyze', path, '--no-check']);
    expect(code).toBe(2);
    expect(err).toContain(`${path}:3:10: error: `);
    expect(err).toContain('--allow-include');
  });

  it('come from other folders that are allowed', async () => {
    const allowed = ['--allow-include', join(folder, 'outside')];
    expect((await nullor(['analyze', netlist(), '--no-check', ...allowed])).code).toBe(0);
  });
});
