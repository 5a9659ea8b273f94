/** The library without Node: bundled for a browser and run in a context that has none of Node's globals. */

import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/version.ts';
import { isClose } from './support/close.ts';

const NETLIST = `non-inverting amplifier
V1 in 0 0.1
R1 in p 2k
R2 m 0 2.21k
R3 out m 20k
XU1 p m out AMP
.subckt AMP inp inn out
E1 out 0 inp inn 100k
.ends
*@ opamp XU1 vos=+-3.8m ib=+-5n ios=+-1n
*@ expect GN(XU1) = 1 + R3/R2
.end
`;

async function browserBundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('../src/index.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'nullor',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

describe('the library in a browser', () => {
  it('analyses, checks and renders without the globals of Node', async () => {
    const context = createContext({ TextDecoder, netlist: NETLIST });
    runInContext(await browserBundle(), context);
    const found = (await runInContext(
      `(async () => {
        const analysis = await nullor.analyze(netlist, { name: 'a.cir' });
        const checked = await nullor.checkExpectations(analysis.circuit, analysis.result);
        return JSON.stringify({
          processes: typeof process,
          json: nullor.analysisJson(analysis),
          passes: checked.results.map(({ passes }) => passes),
          text: nullor.renderText(nullor.analysisDocument(analysis)),
        });
      })()`,
      context,
    )) as string;
    const { processes, json, passes, text } = JSON.parse(found);
    expect(processes).toBe('undefined');
    expect(json.status).toBe('ok');
    // AN1177 Example 2, theory section 1.2: worst case of 3.8 mV, 5 nA and 1 nA
    expect(isClose(json.budget.worstCase, 38.2096877828054e-3, { rel: 1e-12, abs: 0 })).toBe(true);
    expect(passes).toEqual([true]);
    expect(text).toContain('V_OE spread');
  });
});

describe('the package', () => {
  it('has one version', () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    );
    expect(VERSION).toBe(version);
  });
});
