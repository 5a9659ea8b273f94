// The referee must be right when it answers and must say so when it cannot: circuits with closed forms, then every way
// known to us to make ngspice fail, lie, hang or die, each followed by a good run in the same engine.

import { describe, expect, it } from 'vitest';
import type { Deck, Engine, RunOutcome } from '../../src/ngspice/engine.ts';
import { createNodeEngine } from '../../src/ngspice/node-engine.ts';
import { useEngine } from './built-worker.ts';

const ngspice = useEngine();

const divider = ['v1 n1 0 1', 'r1 n1 n2 1000', 'r2 n2 0 3000'];

function deck(
  elements: readonly string[],
  vectors: readonly string[],
  ...commands: string[]
): Deck {
  return { elements, steps: [{ label: 'only', commands, vectors }] };
}

/** The divider at three source voltages: also the good run after a bad one. */
const dividerSteps: Deck = {
  elements: divider,
  steps: [2, 0.1, -3e-7].map((v) => ({
    label: `${v} V`,
    commands: [`alter v1 = ${v}`],
    vectors: ['v(n2)', 'i(v1)'],
  })),
};
const dividerValues = [2, 0.1, -3e-7].map((v) => [0.75 * v, -v / 4000]);

function expectClose(actual: number | undefined, expected: number, rel: number): void {
  const error = Math.abs((actual ?? Number.NaN) - expected);
  expect(error, `${actual} against ${expected}`).toBeLessThanOrEqual(rel * Math.abs(expected));
}

function expectValues(outcome: RunOutcome, expected: readonly (readonly number[])[], rel: number) {
  if (!outcome.ok) throw new Error(outcome.reason);
  expect(outcome.values.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  for (const [i, row] of expected.entries()) {
    for (const [j, value] of row.entries()) expectClose(outcome.values[i]?.[j], value, rel);
  }
}

function reasonOf(outcome: RunOutcome): string {
  return outcome.ok ? `no refusal, but ${JSON.stringify(outcome.values)}` : outcome.reason;
}

describe('right answers', () => {
  it('divides', async () => {
    expectValues(
      await ngspice.engine.run(deck(divider, ['v(n2)', 'i(v1)'])),
      [[0.75, -1 / 4000]],
      1e-15,
    );
  });

  it('names its version once it has started', async () => {
    await ngspice.engine.run(dividerSteps);
    expect(ngspice.engine.name).toMatch(/^ngspice-\d+[\d.]* \(WebAssembly\)$/);
  });

  it('reads what ngspice writes as text, too', async () => {
    const commands = ['set filetype=ascii'];
    const steps = [{ label: 'text', commands, vectors: ['v(n2)', 'i(v1)'] }];
    expectValues(
      await ngspice.engine.run({ elements: divider, steps }),
      [[0.75, -1 / 4000]],
      1e-15,
    );
    const binary = deck(divider, ['v(n2)', 'i(v1)'], 'set filetype=binary');
    expectValues(await ngspice.engine.run(binary), [[0.75, -1 / 4000]], 1e-15);
  });

  it('keeps to the steps', async () => {
    expectValues(await ngspice.engine.run(dividerSteps), dividerValues, 4e-15);
  });

  it('keeps alterations for the steps after', async () => {
    const elements = ['v1 n1 0 0', 'v2 n2 0 0', 'r1 n1 n3 1', 'r2 n2 n3 1'];
    const steps = [['alter v1 = 2'], ['alter v2 = 4'], ['alter v1 = 0', 'alter v2 = 0'], []].map(
      (commands, i) => ({ label: `step ${i}`, commands, vectors: ['v(n3)', 'v(n1)'] }),
    );
    expectValues(
      await ngspice.engine.run({ elements, steps }),
      [
        [1, 2],
        [3, 2],
        [0, 0],
        [0, 0],
      ],
      1e-15,
    );
  });

  it.each([0, 1e-5])('amplifies with a nullor row of 1/A_OL = %d', async (a) => {
    const elements = [
      'v1 p 0 0.7',
      `b1 out 0 V = V(out) + (V(p)-V(m)) - V(out)*${a}`,
      'r1 out m 9000',
      'r2 m 0 1000',
      'r3 out 0 2000',
    ];
    const out = 0.7 / (a + 1 / 10); // Vp - beta Vo - a Vo = 0
    const supplied = -(out / 10000 + out / 2000);
    const outcome = await ngspice.engine.run(deck(elements, ['v(out)', 'i(b1)']));
    expectValues(outcome, [[out, supplied]], 1e-12);
  });

  it('has the finite gain of a divided V(out)', async () => {
    const b1 = 'b1 out 0 V = V(out) + (V(p)-V(m)) - V(out)/100000';
    const elements = ['v1 p 0 1', b1, 'r1 out m 9', 'r2 m 0 1'];
    expectValues(await ngspice.engine.run(deck(elements, ['v(out)'])), [[10 / (1 + 1e-4)]], 1e-12);
  });

  it('knows the other controlled sources and their currents', async () => {
    const elements = [
      ...['v1 n1 0 1', 'r1 n1 0 1', 'e1 n2 0 n1 0 2', 'r2 n2 0 1', 'f1 0 n3 v1 -1', 'r3 n3 0 1'],
      ...['h1 n4 0 v1 -3', 'r4 n4 0 1', 'g1 0 n5 n1 0 .5', 'r5 n5 0 1'],
    ];
    const vectors = ['v(n2)', 'v(n3)', 'v(n4)', 'v(n5)', 'i(e1)', 'i(h1)', 'I(V1)', 'V(N1)'];
    const outcome = await ngspice.engine.run(deck(elements, vectors));
    expectValues(outcome, [[2, 1, 3, 0.5, -2, -3, -1, 1]], 1e-14);
  });

  it('answers about a deck with a single node', async () => {
    expectValues(
      await ngspice.engine.run(deck(['i1 0 n1 1', 'r1 n1 0 2'], ['v(n1)'])),
      [[2]],
      1e-15,
    );
  });

  it('solves a chain of 200 nodes in 50 steps', async () => {
    const nodes = Array.from({ length: 200 }, (_, i) => `n${i}`);
    const elements = nodes.map((n, i) => `r${i} ${n} ${i === 199 ? '0' : `n${i + 1}`} 1000`);
    const volts = Array.from({ length: 50 }, (_, k) => k + 1);
    const steps = volts.map((v) => ({
      label: `${v} V`,
      commands: [`alter v1 = ${v}`],
      vectors: nodes.map((n) => `v(${n})`),
    }));
    const outcome = await ngspice.engine.run({ elements: ['v1 n0 0 0', ...elements], steps });
    const expected = volts.map((v) => nodes.map((_, i) => (v * (200 - i)) / 200));
    expectValues(outcome, expected, 1e-12);
  });

  it('takes diodes and transistors', async () => {
    const elements = ['v1 n1 0 5', 'r1 n1 n2 1000', 'd1 n2 0 dm', '.model dm d(is=1e-14 n=1)'];
    const outcome = await ngspice.engine.run({
      ...deck(elements, ['v(n2)', 'i(v1)']),
      nonlinear: true,
    });
    if (!outcome.ok) throw new Error(outcome.reason);
    const [v = Number.NaN, i = Number.NaN] = outcome.values[0] ?? [];
    expectClose(-i, (5 - v) / 1000, 1e-12); // KCL
    const thermal = (1.38064852e-23 * 300.15) / 1.6021766208e-19; // [V] at 27 deg C
    expectClose(-i, 1e-14 * Math.expm1(v / thermal), 2e-3); // default reltol is 1e-3
  });
});

describe('refusals, each followed by a right answer', () => {
  const one = ['v1 n1 0 1', 'r1 n1 0 1'];
  const bad: [name: string, deck: Deck, reason: RegExp][] = [
    ['loop of V', deck([...one, 'v2 n1 0 2'], ['v(n1)']), /step "only".*singular/],
    ['loop of equal V', deck([...one, 'v2 n1 0 1'], ['v(n1)']), /singular/],
    ['V on one node', deck([...one, 'v2 n1 n1 1'], ['v(n1)']), /shorted/],
    ['floating R', deck([...one, 'r2 n2 n3 1'], ['v(n1)']), /singular/],
    ['no ground', deck(['v1 n1 n2 1', 'r1 n1 n2 1'], ['v(n1)']), /singular/],
    ['node behind C', deck([...one, 'c2 n1 n2 1e-6'], ['v(n2)']), /singular/],
    ['node behind I', deck([...one, 'i2 0 n2 1'], ['v(n1)']), /node n2/],
    ['node behind I, first in the deck', deck(['i2 0 n2 1', ...one], ['v(n1)']), /node n2/],
    ['nodes between I', deck([...one, 'i2 n1 n2 1', 'i3 n2 n3 1'], ['v(n1)']), /node n2/],
    ['node behind G', deck([...one, 'g2 n2 0 n1 0 1'], ['v(n1)']), /node n2/],
    ['node behind F', deck([...one, 'f2 n2 0 v1 1'], ['v(n1)']), /node n2/],
    ['node behind B', deck([...one, 'b2 n2 0 I = 3 * V(n1)'], ['v(n1)']), /node n2/],
    ['floating control', deck([...one, 'e2 n2 0 n3 0 1', 'r2 n2 0 1'], ['v(n1)']), /singular/],
    [
      'nullor without feedback',
      deck([...one, 'b1 out 0 V = V(out) + V(n1)'], ['v(out)']),
      /singular/,
    ],
    ['missing value', deck([...one, 'r2 n1 0'], ['v(n1)']), /not a valid resistor/],
    ['word for a value', deck([...one, 'r2 n1 0 abc'], ['v(n1)']), /abc/],
    ['0 ohm', deck([...one, 'r2 n1 0 0'], ['v(n1)']), /too small/],
    ['unknown command', deck(one, ['v(n1)'], 'frobnicate 3'), /frobnicate: no such command/],
    ['alter of nothing', deck(one, ['v(n1)'], 'alter v9 = 3'), /no such device.*v9/],
    ['alter without value', deck(one, ['v(n1)'], 'alter v1 = '), /no assignment/],
    ['alter to a word', deck(one, ['v(n1)'], 'alter v1 = zork'), /no such vector zork/],
    ['unknown vector', deck(one, ['v(n1)', 'v(n7)']), /no vector v\(n7\)/],
    ['duplicate element', deck([...one, 'r1 n1 0 2'], ['v(n1)']), /already exists/],
    ['unknown model', deck([...one, 'd1 n1 0 dx'], ['v(n1)']), /dx/],
    ['unknown subcircuit', deck([...one, 'x1 n1 0 sub'], ['v(n1)']), /unknown subckt/],
    ['infinite value', deck([...one, 'b1 n2 0 V = 1/(V(n1)-1)'], ['v(n2)']), /v\(n2\) is 1e\+?32/],
    ['logarithm of -1', deck([...one, 'b1 n2 0 V = ln(-V(n1))'], ['v(n2)']), /out of range/],
    ['undefined parameter', deck([...one, 'r2 n1 0 {foo}'], ['v(n1)']), /[Uu]ndefined parameter/],
    ['POLY', deck([...one, 'e1 n2 0 poly(2) n1 0 n1 0 0 1 1'], ['v(n1)']), /XSPICE/],
    ['unknown function', deck([...one, 'b1 n2 0 V = frob(V(n1))'], ['v(n1)']), /no such function/],
    ['trap', deck([...one, `r2 n1 ${'n'.repeat(900)} 1`], ['v(n1)']), /crashed|no answer/],
    ['two lines in one', deck(['v1 n1 0 1\n.end', 'r1 n1 0 1'], ['v(n1)']), /not one line/],
    ['command of two lines', deck(one, ['v(n1)'], 'echo\nquit'), /not one line/],
    ['no elements', deck([], ['v(n1)']), /no vector v\(n1\)/],
    ['no steps', { elements: one, steps: [] }, /no steps/],
  ];

  it.each(bad)('%s', { timeout: 30_000 }, async (_, question, reason) => {
    const outcome = await ngspice.engine.run(question, { timeout: 5 });
    expect(outcome.ok).toBe(false);
    expect(reasonOf(outcome)).toMatch(reason);
    expectValues(await ngspice.engine.run(dividerSteps), dividerValues, 4e-15);
  });

  it('names the step that failed, and passes none of the others', async () => {
    const steps = [1, -1, 3].map((v) => ({
      label: `V1 = ${v}`,
      commands: [`alter v1 = ${v}`],
      vectors: ['v(n2)'],
    }));
    const elements = [...one, 'b1 n2 0 V = sqrt(V(n1)) * ln(V(n1))'];
    expect(reasonOf(await ngspice.engine.run({ elements, steps }))).toMatch(/step "V1 = -1"/);
    expectValues(await ngspice.engine.run(dividerSteps), dividerValues, 4e-15);
  });

  it.each(['while 1', 'quit'])('%s', { timeout: 30_000 }, async (command) => {
    const outcome = await ngspice.engine.run(deck(one, ['v(n1)'], command, 'end'), {
      timeout: 0.5,
    });
    expect(outcome).toEqual({ ok: false, reason: 'ngspice gave no answer within 0.5 s' });
    expectValues(await ngspice.engine.run(dividerSteps), dividerValues, 4e-15);
  });
});

describe('engines', () => {
  it('keep concurrent runs apart', { timeout: 30_000 }, async () => {
    const other = createNodeEngine({ workerUrl: ngspice.workerUrl });
    const volts = Array.from({ length: 30 }, (_, k) => k + 1);
    const ask = (e: Engine, v: number) =>
      e.run(deck([`v1 n1 0 ${v}`, ...divider.slice(1)], ['v(n1)', 'v(n2)']));
    const runs = volts.map((v) => Promise.all([ask(ngspice.engine, v), ask(other, -v)]));
    const bad = ngspice.engine.run(deck(['v1 n1 0 1', 'v2 n1 0 2'], ['v(n1)']));
    for (const [k, outcomes] of (await Promise.all(runs)).entries()) {
      const v = volts[k] ?? Number.NaN;
      expectValues(outcomes[0], [[v, 0.75 * v]], 4e-15);
      expectValues(outcomes[1], [[-v, -0.75 * v]], 4e-15);
    }
    expect((await bad).ok).toBe(false);
    await other.close();
    expectValues(await ngspice.engine.run(dividerSteps), dividerValues, 4e-15);
  });

  it('refuse what waits behind a hanging run only when it hangs, too', {
    timeout: 30_000,
  }, async () => {
    const hanging = ngspice.engine.run(deck(divider, ['v(n1)'], 'while 1', 'end'), {
      timeout: 0.3,
    });
    const waiting = ngspice.engine.run(dividerSteps, { timeout: 20 });
    expect((await hanging).ok).toBe(false);
    expectValues(await waiting, dividerValues, 4e-15);
  });

  it('are replaced when they grow old', { timeout: 60_000 }, async () => {
    const old = createNodeEngine({ workerUrl: ngspice.workerUrl });
    const commands = Array(50_000).fill('alter v1 = 1'); // the thread's last run is its second
    const steps = [{ label: 'waste', commands, vectors: ['v(n1)'] }];
    for (let run = 0; run < 2; run++) {
      expectValues(await old.run({ elements: divider, steps }), [[1]], 1e-15);
    }
    expectValues(await old.run(dividerSteps), dividerValues, 4e-15);
    await old.close();
  });

  it.each([
    ['no such file', new URL('./no-such-worker.mjs', import.meta.url), /cannot find module/i],
    ['no file URL', new URL('https://example.org/worker.js'), /cannot be started/],
    ['no program', new URL('data:text/javascript,throw new Error("broken")'), /broken/],
    ['ends at once', new URL('data:text/javascript,0'), /ended with code 0/],
    [
      'never starts',
      new URL('data:text/javascript,setInterval(()=>0,1000)'),
      /did not start within 0.5 s/,
    ],
    [
      'package missing',
      new URL(`data:text/javascript,${encodeURIComponent(missingPackage())}`),
      /cannot be started.*no package/,
    ],
  ])('that cannot start say why: %s', async (_, workerUrl, reason) => {
    const broken = createNodeEngine({ workerUrl, startTimeout: 0.5 });
    broken.start();
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(reasonOf(await broken.run(dividerSteps))).toMatch(reason);
    }
    expect(broken.name).toBe('ngspice (WebAssembly)');
    await broken.close();
  });

  it('answer nothing once closed', async () => {
    const closed = createNodeEngine({ workerUrl: ngspice.workerUrl });
    const pending = closed.run(dividerSteps);
    await Promise.resolve();
    await closed.close();
    const closedOutcome = { ok: false, reason: 'the ngspice engine is closed' };
    expect(await pending).toEqual(closedOutcome);
    expect(await closed.run(dividerSteps)).toEqual(closedOutcome);
    await closed.close();
  });
});

/** A worker that reports what ours reports when the import fails. */
function missingPackage(): string {
  return `import('node:worker_threads').then(({ parentPort }) => parentPort.postMessage(
    { kind: 'failed', reason: 'ngspice cannot be started: no package' }))`;
}
