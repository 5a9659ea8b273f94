// The built command: `nullor parts`, and `--parts FILE` of the commands that bind parts.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import '../support/close.ts';

vi.setConfig({ testTimeout: 20_000 });

const command = fileURLToPath(new URL('../../dist/cli/nullor.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'nullor-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function nullor(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], (fault, out, err) => {
      resolve({ code: typeof fault?.code === 'number' ? fault.code : 0, out, err });
    });
  });
}

const names = (out: string): string[] =>
  JSON.parse(out).parts.map(({ name, grades = [] }: { name: string; grades?: string[] }) => {
    return `${name}${grades[0] ?? ''}`;
  });

const mine = (more: object = {}) =>
  JSON.stringify({
    schema: 'nullor/parts/1',
    parts: [
      {
        name: 'MINE1',
        document: { title: 'bench' },
        tables: [{ at: { temperature: 25 }, vos: { max: '3mV' } }],
        ...more,
      },
    ],
  });
const netlist = `title
V1 in 0 1
XU1 in out out OA
.subckt OA a b c
E1 c 0 a b 1meg
.ends
*@ opamp XU1 MINE1
.end
`;

describe('nullor parts', () => {
  it('lists the library', async () => {
    const { code, out } = await nullor('parts', '--json');
    expect(code).toBe(0);
    expect(names(out)).toHaveLength(61);
  });

  it.each([
    [
      ['auto-zeroed', 'manufacturer=texas'],
      ['OPA2188', 'OPA333'],
    ],
    [['OP07'], ['OP07E', 'OP07C']],
    [['op07cp'], ['OP07C']],
    [['class=electrometer'], ['LMP7721', 'AD549J']],
    [['document=SLOS068'], ['LM358', 'LM358B']],
    [
      ['input=jfet', 'name=OPA'],
      ['OPA828ID', 'OPA130'],
    ],
  ])('finds %j', async (query, expected) => {
    const { out } = await nullor('parts', ...query, '--json');
    expect(names(out).sort()).toEqual([...expected].sort());
  });

  it('shows one part in full, as text and as Markdown', async () => {
    const { out } = await nullor('parts', 'MCP601');
    expect(out).toContain('Microchip DS21314 revision G, 2007');
    expect(out).toMatch(/V_OS +0\.7mV +2mV +25 °C +2\.7\.\.5\.5 V +Vs\/2/);
    const markdown = await nullor('parts', 'MCP601', '--format', 'md');
    expect(markdown.out).toContain('# MCP601');
  });

  it('prints what --parts reads', async () => {
    const { out } = await nullor('parts', 'LM358', '--json');
    const again = await nullor('parts', '--json', '--parts', file('again.json', out));
    expect(again.err).toBe('');
    expect(names(again.out)).toHaveLength(61);
  });

  it('has parts of the user first', async () => {
    const { out } = await nullor('parts', 'MINE1', '--parts', file('mine.json', mine()));
    expect(out).toContain('bench');
  });

  it.each([
    [['nothing'], 1, 'no part of the library has "nothing"'],
    [['vendor=x'], 2, 'Parts have no field "vendor"'],
    [['--format', 'csv'], 2, 'parts has no CSV form'],
    [['--parts', 'missing.json'], 2, 'Cannot read "missing.json"'],
  ])('%j: exit code %d', async (args, code, message) => {
    const found = await nullor('parts', ...args);
    expect(found.code).toBe(code);
    expect(found.err).toContain(message);
  });
});

describe('--parts', () => {
  it('binds parts in analyze', async () => {
    const args = ['analyze', file('a.cir', netlist), '--no-check', '--json'];
    const { code, out } = await nullor(...args, '--parts', file('mine.json', mine()));
    expect(code).toBe(0);
    expect(JSON.parse(out).budget.worstCase).toBeClose(3e-3, { rel: 1e-9, abs: 0 });
  });

  it('is refused with path and place when it is wrong', async () => {
    const path = file('bad.json', mine({ chanels: 2 }));
    const { code, err } = await nullor(
      'check',
      file('a.cir', netlist),
      '--no-check',
      '--parts',
      path,
    );
    expect(code).toBe(2);
    expect(err).toContain(`${path}:1:`);
    expect(err).toContain('At parts[0].chanels there is no key "chanels" here.');
    expect(err).toContain('Did you mean "channels"?');
  });
});
