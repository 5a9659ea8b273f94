// Text that was made to hurt: it ends in a diagnostic or a result, soon, and never in an exception.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decode } from '../grammar/decode.ts';
import { renderDiagnostic } from '../grammar/diagnostic.ts';
import type { Source } from '../grammar/source.ts';
import { type Analysis, type AnalyzeOptions, analyze, REFUSED } from '../src/analyze.ts';
import { analysisDocument } from '../src/report/analysis-document.ts';
import { analysisJson } from '../src/report/json.ts';
import { renderText } from '../src/report/text.ts';
import { processorTime } from './support/processor-time.ts';

/** Of processor time, for one text [ms]; a process of its own is ended after PATIENCE, on a busy machine, too. */
const LIMIT = 5000;
const PATIENCE = 6 * LIMIT;
vi.setConfig({ testTimeout: 2 * PATIENCE });

/** Analyses and reports within the limit; a refusal has an error that says why. */
async function survive(text: string, options: AnalyzeOptions = {}): Promise<Analysis> {
  const started = processorTime();
  const analysis = await analyze(text, options);
  JSON.stringify(analysisJson(analysis));
  renderText(analysisDocument(analysis));
  const { status, diagnostics, result } = analysis;
  for (const diagnostic of diagnostics) renderDiagnostic(diagnostic);
  expect(processorTime() - started, 'milliseconds').toBeLessThan(LIMIT);
  if (result === null) expect(status).toBe('invalid');
  expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(REFUSED.has(status));
  return analysis;
}

const command = fileURLToPath(new URL('../dist/cli/nullor.js', import.meta.url));

/** What the built command says of a text that could hang it: it is ended when patience does. */
function judged(
  text: string,
): Promise<{ readonly status: string; readonly codes: readonly string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, 'analyze', '-', '--no-check', '--json'], {
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => err.push(data));
    child.stdin.on('error', () => {});
    child.stdin.end(text);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== null) return reject(new Error(`no answer within ${PATIENCE} ms (${signal})`));
      if (code === null || code > 2)
        return reject(new Error(`exit ${code}: ${Buffer.concat(err).toString().slice(0, 500)}`));
      const { status, diagnostics } = JSON.parse(Buffer.concat(out).toString());
      const errors = diagnostics.filter(
        ({ severity }: { severity: string }) => severity === 'error',
      );
      expect(errors.length > 0).toBe(code === 2);
      return resolve({ status, codes: diagnostics.map((at: { code: string }) => at.code) });
    });
  });
}

const codes = ({ diagnostics }: Analysis) => diagnostics.map(({ code }) => code);
const N = 100_000;

describe('nesting', () => {
  it.each([
    ['in braces', `R1 a 0 {${'('.repeat(N)}1${')'.repeat(N)}}`],
    ['without an end', `R1 a 0 {${'('.repeat(N)}`],
    ['in .param', `.param p=${'('.repeat(N)}1${')'.repeat(N)}\nR1 a 0 {p}`],
    ['of braces', `R1 a 0 ${'{'.repeat(N)}1${'}'.repeat(N)}`],
    ['of signs', `R1 a 0 {${'-'.repeat(N)}1}`],
    ['of function calls', `.func f(x) {x}\nR1 a 0 {${'f('.repeat(N)}1${')'.repeat(N)}}`],
    ['of definitions', `${'.subckt s a\n'.repeat(N)}`],
    ['in an expectation', `*@ expect ${'('.repeat(N)}1${')'.repeat(N)} = 1`],
  ])('100,000 deep %s is refused', async (_, body) => {
    expect((await judged(`title\nV1 a 0 1\n${body}\n.end`)).status).toBe('invalid');
  });

  it('parameters that rest on each other 100,000 deep', async () => {
    const chain = Array.from({ length: N }, (_, i) => `.param p${i}={p${i + 1}}`).join('\n');
    await judged(`title\nV1 a 0 1\nR1 a 0 {p0}\n${chain}\n.param p${N}=1\n.end`);
  });

  it('functions that rest on each other 10,000 deep', async () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => `.func f${i}(x) {f${i + 1}(x)}`).join(
      '\n',
    );
    expect((await judged(`title\nV1 a 0 1\nR1 a 0 {f0(1)}\n${chain}\n.end`)).status).toBe(
      'invalid',
    );
  });

  it('functions that call each other twice per level', async () => {
    const chain = Array.from(
      { length: 60 },
      (_, i) => `.func f${i}(x) {f${i + 1}(x)+f${i + 1}(x)}`,
    ).join('\n');
    await judged(`title\nV1 a 0 1\nR1 a 0 {f0(1)}\n${chain}\n.func f60(x) {x}\n.end`);
  });
});

describe('length', () => {
  it('100,000 continuation lines', async () => {
    const { status } = await judged(`title\nV1 a 0\n${'+\n'.repeat(N)}+ 1\nR1 a 0 1\n.end`);
    expect(status).toBe('ok');
  });

  it('100,000 continuation lines of numbers', async () => {
    await judged(`title\nV1 a 0 PWL(\n${'+ 1 2\n'.repeat(N)}+ )\nR1 a 0 1\n.end`);
  });

  it.each([
    ['word', `R1 ${'a'.repeat(1e6)} 0 1`],
    ['name', `R${'1'.repeat(1e6)} a 0 1`],
    ['number', `R1 a 0 ${'1'.repeat(1e6)}`],
    ['value that is none', `R1 a 0 ${'1x'.repeat(5e5)}`],
    ['line of words', `R1 ${'a '.repeat(5e5)}`],
    ['comment', `*${'x'.repeat(1e6)}`],
    ['directive', `*@ opamp ${'x'.repeat(1e6)} vos=1m`],
    ['directive of keys', `*@ opamp XU1 ${'vos=1m '.repeat(140_000)}`],
    ['pattern of stars', `*@ opamp ${'*a'.repeat(5e5)} vos=1m`],
    ['sum', `R1 a 0 {1${'+1'.repeat(5e5)}}`],
    ['line of tabs', `R1\t${'\t'.repeat(1e6)}a 0 1`],
    ['line of quotes', `R1 a 0 ${"'".repeat(1e6)}`],
  ])('a %s of a million characters', async (_, line) => {
    await judged(`title\nV1 a 0 1\nR0 a 0 1\n${line}\n.end`);
  });

  it('a title of a million characters', async () => {
    await judged(`${'t'.repeat(1e6)}\nV1 a 0 1\nR1 a 0 1\n.end`);
  });

  it('100,000 faulty cards are not 100,000 diagnostics', async () => {
    const { codes: found } = await judged(`title\n${'R1 a 0 4k7\n'.repeat(N)}.end`);
    expect(found.length).toBeLessThan(2000);
  });

  it('10,000 directives for nothing', async () => {
    await judged(`title\nV1 a 0 1\nR1 a 0 1\n${'*@ opamp XU1 vos=1m\n'.repeat(10_000)}.end`);
  });
});

describe('patterns', () => {
  it('that take backtracking matchers for ever', async () => {
    const name = `X${'a'.repeat(60)}`;
    const stars = `X${'*a'.repeat(20)}*b`;
    await judged(
      `title\nV1 in 0 1\n${name} in o o OA\nR1 o 0 1\n*@ opamp ${name} pins=+,-,out vos=1m\n*@ opamp ${stars} vos=1m\n.end`,
    );
  });
});

describe('inclusion and expansion', () => {
  const library = (files: Readonly<Record<string, string>>) => {
    const sources = new Map(Object.entries(files).map(([name, text]) => [name, { name, text }]));
    return (path: string): Source | undefined => sources.get(path);
  };

  it('a file that includes itself', async () => {
    const analysis = await survive('title\n.include a.inc\n.end', {
      resolve: library({ 'a.inc': '.include a.inc\n' }),
    });
    expect(codes(analysis)).toContain('include_cycle');
  });

  it('the netlist itself, included', async () => {
    const text = 'title\n.include top.cir\nR1 a 0 1\n.end';
    await survive(text, { name: 'top.cir', resolve: library({ 'top.cir': text }) });
  });

  it('two files that include each other', async () => {
    const files = { 'a.inc': '.include b.inc\n', 'b.inc': '.include a.inc\n' };
    expect(
      codes(await survive('title\n.include a.inc\n.end', { resolve: library(files) })),
    ).toContain('include_cycle');
  });

  it('ten inclusions in each of twelve files', async () => {
    const files = Object.fromEntries(
      Array.from(
        { length: 12 },
        (_, i) => [`f${i}.inc`, `.include f${i + 1}.inc\n`.repeat(10)] as const,
      ),
    );
    const analysis = await survive('title\n.include f0.inc\n.end', {
      resolve: library({ ...files, 'f12.inc': 'R1 a 0 1\n' }),
    });
    expect(analysis.status).toBe('invalid');
  });

  it('an endless supply of files', async () => {
    let count = 0;
    const resolve = (): Source => {
      count += 1;
      return { name: `${count}.inc`, text: '.include next.inc\n' };
    };
    expect((await survive('title\n.include next.inc\n.end', { resolve })).status).toBe('invalid');
  });

  it('a bomb: ten instances in each of eight levels', async () => {
    const levels = Array.from(
      { length: 8 },
      (_, i) =>
        `.subckt L${i} a\n${Array.from({ length: 10 }, (__, j) => `X${j} a L${i + 1}`).join('\n')}\n.ends`,
    );
    const analysis = await judged(
      `title\nV1 a 0 1\nX0 a L0\n${levels.join('\n')}\n.subckt L8 a\nR1 a 0 1\n.ends\n.end`,
    );
    expect(analysis.codes).toContain('too_large');
  });

  it('a bomb without any element', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `.subckt L${i} a\n${Array.from({ length: 10 }, (__, j) => `X${j} a L${i + 1}`).join('\n')}\n.ends`,
    );
    await judged(
      `title\nV1 a 0 1\nR1 a 0 1\nX0 a L0\n${levels.join('\n')}\n.subckt L12 a\n.ends\n.end`,
    );
  });

  it('a bomb of directives', async () => {
    const levels = Array.from(
      { length: 6 },
      (_, i) =>
        `.subckt L${i} a\n${Array.from({ length: 10 }, (__, j) => `X${j} a L${i + 1}`).join('\n')}\n.ends`,
    );
    const leaf = '.subckt L6 a\n*@ opamp XU1 vos=1m\nR1 a 0 1\n.ends';
    await judged(
      `title\nV1 a 0 1\nX0 a L0\n${levels.slice(0, 4).join('\n')}\n${leaf.replace('L6', 'L4')}\n.end`,
    );
  });

  it('subcircuits 1,000 levels deep', async () => {
    const levels = Array.from(
      { length: 1000 },
      (_, i) => `.subckt L${i} a\nX1 a L${i + 1}\n.ends`,
    ).join('\n');
    expect(
      (await judged(`title\nV1 a 0 1\nX0 a L0\n${levels}\n.subckt L1000 a\nR1 a 0 1\n.ends\n.end`))
        .status,
    ).toBe('invalid');
  });

  it('a subcircuit in itself', async () => {
    expect((await judged('title\nX1 a S\n.subckt S a\nX1 a S\n.ends\n.end')).codes).toContain(
      'recursive_subcircuit',
    );
  });
});

describe('no netlist at all', () => {
  it.each([
    ['nothing', ''],
    ['a line end', '\n'],
    ['a title', 'only a title'],
    ['.end', '.end'],
    ['a byte order mark', '\ufeff'],
    ['a zero', '\0'],
    ['zeros', '\0'.repeat(100_000)],
    ['lone surrogates', '\ud800\udc00\ud800'.repeat(1000)],
    [
      'control characters',
      Array.from({ length: 32 }, (_, i) => String.fromCharCode(i))
        .join('')
        .repeat(100),
    ],
  ])('%s', async (_, text) => {
    await survive(text);
  });

  it('a program', async () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 2654435761) >>> 24);
    expect((await survive(decode(bytes))).status).toBe('invalid');
  });

  it('random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        await survive(decode(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('random cards', async () => {
    const word = fc.constantFrom(
      'R1',
      'V1',
      'XU1',
      'E1',
      'F1',
      'C1',
      'L1',
      'I1',
      'a',
      'b',
      '0',
      'out',
      '1',
      '-1k',
      '1e-300',
      '1e300',
      '0',
      '{p}',
      'OA',
      'V1',
      '100k',
      '=',
    );
    const directive = fc.constantFrom(
      '*@ opamp * vos=1m',
      '*@ opamp XU1 pins=+,-,out aol=1 cmrr=-1',
      '*@ output V(a,b)',
      '*@ output I(V1)',
      '*@ input V1',
      '*@ temp 25 -40..125',
      '.param p=1',
      '.temp 1e300',
    );
    const card = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.array(word, { minLength: 3, maxLength: 7 }).map((words) => words.join(' ')),
      },
      directive,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(card, { maxLength: 12 }), async (cards) => {
        await survive(['title', ...cards, '.end'].join('\n'));
      }),
      { numRuns: 500 },
    );
  });

  it('well-formed circuits with absurd values', async () => {
    const value = fc.constantFrom(
      '0',
      '-1',
      '1e-300',
      '1e300',
      '-1e308',
      '5e-324',
      '1',
      '1e15',
      '1e-15',
    );
    const nodes = fc.constantFrom('0', 'a', 'b', 'c', 'out');
    const cards = fc.array(
      fc.tuple(fc.constantFrom('R', 'V', 'I', 'L', 'C'), nodes, nodes, value),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(cards, fc.tuple(nodes, nodes, nodes), value, async (drawn, pins, vos) => {
        const lines = drawn.map(([letter, a, b, x], i) => `${letter}${i} ${a} ${b} ${x}`);
        await survive(
          [
            'title',
            ...lines,
            `XU1 ${pins.join(' ')} OA`,
            `*@ opamp XU1 pins=+,-,out vos=${vos} aol=1e5`,
            '*@ output V(a)',
            'RA a 0 1',
            '.end',
          ].join('\n'),
        );
      }),
      { numRuns: 500 },
    );
  });
});
