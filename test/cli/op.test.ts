// `nullor op` as a user runs it, and `--against` with raw files written by ngspice's rules.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import '../support/close.ts';
import { useRawNgspice } from '../ngspice/raw-ngspice.ts';
import { json, nullor } from '../support/command.ts';

vi.setConfig({ testTimeout: 30_000 });

const ngspice = useRawNgspice();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nullor-op-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A raw file in text form with one point. */
function rawFile(
  vectors: Iterable<readonly [name: string, value: number]>,
  plot = 'Operating Point',
): string {
  const all = [...vectors];
  const names = all.map(
    ([name], i) => `\t${i}\t${name}\t${/^v/i.test(name) ? 'voltage' : 'current'}`,
  );
  return [
    'Title: test',
    'Date: Thu Jan  1 1970',
    `Plotname: ${plot}`,
    'Flags: real',
    `No. Variables: ${all.length}`,
    'No. Points: 1',
    'Variables:',
    ...names,
    'Values:',
    ` 0${all.map(([, value]) => `\t${value}\n`).join('')}`,
  ].join('\n');
}

const divider = 'divider\nV1 in 0 3\nR1 in out 1k\nR2 out 0 2k\n.end\n';
const clamp =
  'clamp\nV1 in 0 5\nR1 in a 1k\nD1 a b DX\nXA b o S\n.subckt S p q\nR1 p n 1k\nR2 n q 1k\n.ends\n' +
  'Q1 in a o QN\nR3 o 0 1k\n.model DX D(IS=1e-14 RS=2)\n.model QN NPN(IS=1e-15)\n.end\n';

describe('op', () => {
  it('of a divider, as text', async () => {
    const { code, out, err } = await nullor(['op', '-'], divider);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/Found by +one solution of linear equations/);
    expect(out).toMatch(/^ {2}out +2 V$/m);
    expect(out).toMatch(/^ {2}R2 +1 mA$/m);
    expect(out).toMatch(/^ {2}V1 +-1 mA$/m);
  });

  it('of a diode, as JSON with the keys of the contract', async () => {
    const path = file('diode.cir', 'diode\nI1 0 a 1m\nD1 a 0 DX\n.model DX D(IS=1e-14)\n.end\n');
    const { code, err, json: found } = await json(['op', path]);
    expect([code, err]).toEqual([0, '']);
    expect(found).toEqual({
      schema: 'nullor/op/1',
      title: 'diode',
      file: path,
      temperature: null,
      nodes: { a: expect.any(Number) },
      branches: { I1: 1e-3 },
      devices: {
        D1: {
          device: 'diode',
          model: 'DX',
          region: 'forward',
          terminals: {
            anode: { node: 'a', voltage: found.nodes.a, current: expect.any(Number) },
            cathode: { node: '0', voltage: 0, current: expect.any(Number) },
          },
          power: expect.any(Number),
        },
      },
      convergence: { iterations: expect.any(Number), aids: [] },
      against: null,
      diagnostics: [],
    });
    // V_T ln(I/I_S + 1), V_T of 27 deg C; GMIN takes 0.7 pA of the 1 mA
    const thermal = (1.38064852e-23 * 300.15) / 1.6021766208e-19;
    expect(found.nodes.a).toBeClose(thermal * Math.log(1e11 + 1), { rel: 1e-9, abs: 0 });
    expect(found.devices.D1.terminals.anode.current).toBeClose(1e-3, { rel: 1e-12, abs: 0 });
    expect(found.devices.D1.power).toBeClose(1e-3 * found.nodes.a, { rel: 1e-12, abs: 0 });
    expect(found.convergence.iterations).toBeGreaterThan(1);
  });

  it('as Markdown', async () => {
    const { code, out } = await nullor(['op', '-', '--format', 'md'], clamp);
    expect(code).toBe(0);
    expect(out).toMatch(/^# clamp\n/);
    expect(out).toMatch(/^\| *Q1 *\| *QN *\|/m);
  });

  it('solves op amps as they are written', async () => {
    const text =
      'follower\nV1 p 0 1\nXU1 p o o A\n.subckt A p m o\nE1 o 0 p m 1e3\n.ends\nR1 o 0 1k\n.end\n';
    const { json: found } = await json(['op', '-'], text);
    expect(found.nodes.o).toBeClose(1000 / 1001, { rel: 1e-12, abs: 0 });
  });

  it('names the aids that found it', async () => {
    const sink =
      'sink\nVD d 0 5\nVR p 0 1\nM1 d g s s MN\nRS s 0 1k\nXU1 p s g A\n.model MN NMOS(VTO=1 KP=1m)\n' +
      '.subckt A p m o\nE1 o 0 p m 1e6\n.ends\n.nodeset V(g)=2.5\n.end\n';
    const { json: found } = await json(['op', '-'], sink);
    expect(found.nodes.s).toBeClose(1, { rel: 1e-5, abs: 0 });
    expect(found.convergence.aids).toContain('start values');
    const { out } = await nullor(['op', '-'], sink);
    expect(out).toMatch(/Found by +\d+ Newton iterations, with start values/);
  });

  it.each([
    ['a bad value', 'title\nV1 a 0 1\nR1 a 0 4k7\n.end\n', 'error: "4k7"', '3:8'],
    ['an unknown model', 'title\nV1 a 0 1\nD1 a 0 NOPE\n.end\n', 'NOPE', '3:'],
    ['no DC path', 'title\nI1 0 a 1m\nC1 a 0 1n\n.end\n', 'no_dc_path', '2:'],
    ['a loop of voltages', 'title\nV1 a 0 1\nV2 a 0 2\n.end\n', 'voltage_conflict', ''],
    ['an empty file', '', '', ''],
  ])('of %s: exit 2, with the place', async (_, text, message, place) => {
    const run = await nullor(['op', '-'], text);
    expect([run.code, run.out]).toEqual([2, '']);
    const [line = ''] = run.err.split('\n');
    expect(line).toContain(`<stdin>:${place}`);
    const { code, json: found } = await json(['op', '-'], text);
    expect(code).toBe(2);
    expect(found).toMatchObject({ nodes: null, branches: null, devices: null, convergence: null });
    const [first] = found.diagnostics;
    expect(`${first.code} ${run.err}`).toContain(message);
    expect(first).toMatchObject({ severity: 'error', line: expect.any(Number) });
  });

  it.each([
    [['op'], 'No file'],
    [['op', 'a', 'b'], 'one file'],
    [['op', '-', '--format', 'csv'], 'CSV'],
    [['op', '/no/such/file.cir'], '/no/such/file.cir'],
    [['op', '-', '--against', '/no/such/file.raw'], '/no/such/file.raw'],
    [['op', '-', '--against'], '--against'],
  ])('%j: exit 2, saying %j', async (args, message) => {
    const run = await nullor(args, divider);
    expect(run.code).toBe(2);
    expect(run.err).toContain(message);
    expect(run.err).not.toContain('internal error');
  });
});

describe('op --against', () => {
  // At its default RELTOL ngspice leaves 0.2 % in the small currents of this circuit.
  it('a raw file of ngspice, with hierarchy and transistors', async () => {
    const answer = await ngspice(
      clamp.replace(
        '.end\n',
        '.save all @r1[i] @r.xa.r1[i] @d1[id]\n.options reltol=1e-6\n.op\n.end\n',
      ),
    );
    if ('fault' in answer) throw new Error(answer.fault);
    const raw = file('clamp.raw', rawFile(answer.vectors));
    const { code, json: found } = await json(['op', '-', '--against', raw], clamp);
    expect(code).toBe(0);
    expect(found.against).toMatchObject({ file: raw, agrees: true, warnings: [] });
    expect(found.against.worst).toBeLessThan(1e-3);
    const rows = new Map<string, { theirs: number; ours: number; bound: number | null }>(
      found.against.rows.map((row: { quantity: string }) => [row.quantity, row]),
    );
    for (const quantity of ['V(in)', 'V(a)', 'V(XA.n)', 'I(V1)', 'I(R1)', 'I(XA.R1)']) {
      expect(rows.get(quantity)?.bound, quantity).toEqual(expect.any(Number));
    }
    expect(rows.get('V(D1#anode)')).toMatchObject({ theirs: null, bound: null });
    expect(rows.get('I(d1)')).toMatchObject({ ours: null, bound: null });
    const { out } = await nullor(['op', '-', '--against', raw], clamp);
    expect(out).toContain(`Against ${raw}`);
    expect(out).toMatch(/Verdict +agrees in all \d+ figures/);
    expect(out).toMatch(/I\(d1\) .* only theirs$/m);
    expect(out).toMatch(/V\(D1#anode\) .* only ours$/m);
  });

  /** V(in) = 3 V is the largest voltage, 1 mA the largest current: a bound of 2 mV + 3 uV, 1 uA + 1 nA. */
  const figures = (out: number, current: number) =>
    [
      ['v(in)', 3],
      ['V(OUT)', out],
      ['I(R2)', current],
    ] as const;

  it.each([
    ['the same', figures(2, 1e-3), true],
    ['within the bound of a voltage', figures(2.00199, 1e-3), true],
    ['outside the bound of a voltage', figures(2.0021, 1e-3), false],
    ['within the bound of a current', figures(2, 1.00099e-3), true],
    ['outside the bound of a current', figures(2, 1.0021e-3), false],
    ['of another sign', figures(2, -1e-3), false],
  ])('figures %s: exit 0 or 1', async (_, vectors, agrees) => {
    const raw = file('divider.raw', rawFile(vectors));
    const run = await json(['op', '-', '--against', raw], divider);
    expect([run.code, run.json.against.agrees]).toEqual([agrees ? 0 : 1, agrees]);
    const compared = run.json.against.rows.filter(
      (row: { bound: number | null }) => row.bound !== null,
    );
    expect(compared).toHaveLength(3);
    const inside = compared.every(
      (row: { difference: number; bound: number }) => row.difference <= row.bound,
    );
    expect(inside).toBe(agrees);
    expect(run.json.against.worst <= 1e-3).toBe(agrees);
  });

  it('shows the largest difference first, and says which figures differ', async () => {
    const raw = file('off.raw', rawFile(figures(2.1, 1.0001e-3)));
    const { code, out } = await nullor(['op', '-', '--against', raw], divider);
    expect(code).toBe(1);
    expect(out).toMatch(/Verdict +differs in 1 of 3 figures/);
    const rows = out
      .slice(out.indexOf('Against'))
      .split('\n')
      .filter((line) => /^ {2}[VI]\(/.test(line));
    expect(rows.map((row) => row.trim().split(/ +/)[0])).toEqual([
      'V(out)',
      'I(R2)',
      'V(in)',
      'I(V1)',
      'I(R1)',
    ]);
    expect(rows[0]).toMatch(/2 V +2\.1 V +100 mV +differs$/);
  });

  it('a sweep gives its first point, with a warning', async () => {
    const raw = file(
      'sweep.raw',
      rawFile(
        [
          ['v-sweep', 3],
          ['v(in)', 3],
          ['v(out)', 2],
        ],
        'DC transfer characteristic',
      ),
    );
    const run = await json(['op', '-', '--against', raw], divider);
    expect([run.code, run.json.against.warnings.length]).toEqual([0, 1]);
    const { out } = await nullor(['op', '-', '--against', raw], divider);
    expect(out.replace(/\s+/g, ' ')).toContain(run.json.against.warnings[0]);
  });

  it.each([
    ['no raw file', 'R1 a 0 1k\n', 'Key: value'],
    ['an empty file', '', 'empty'],
    ['random bytes', Uint8Array.from({ length: 300 }, (_, i) => (i * 89 + 13) % 256), 'header'],
    ['another circuit', rawFile([['v(x)', 1]]), 'no voltage'],
    ['an AC analysis', rawFile([['v(in)', 1]], 'AC Analysis'), 'no operating point'],
  ])('%s: exit 2 with the reason', async (_, content, message) => {
    const raw = file('bad.raw', content);
    const run = await nullor(['op', '-', '--against', raw], divider);
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.err).toContain(raw);
    expect(run.err).toContain(message);
    expect(run.err).not.toContain('internal error');
  });

  it('a netlist with errors is refused as without it', async () => {
    const raw = file('good.raw', rawFile(figures(2, 1e-3)));
    const run = await nullor(['op', '-', '--against', raw], divider.replace('1k', '1k5'));
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.err).toContain('<stdin>:3:11');
  });
});
