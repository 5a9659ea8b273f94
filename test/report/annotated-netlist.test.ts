// The netlist with error models written out: ngspice, which reads the whole text, finds the node voltages that nullor
// finds with the errors in its own equations.

import { describe, expect, it, vi } from 'vitest';
import type { Source } from '../../grammar/source.ts';
import { analyze } from '../../src/analyze.ts';
import { isNonlinear } from '../../src/circuit/circuit.ts';
import { readNetlist } from '../../src/read-netlist.ts';
import { type Annotated, annotatedNetlist } from '../../src/report/annotated-netlist.ts';
import { useRawNgspice } from '../ngspice/raw-ngspice.ts';
import '../support/close.ts';
import { netlistsIn, readNetlist as readFile, resolveInclude } from '../support/spice-files.ts';

vi.setConfig({ testTimeout: 60_000 });

const ngspice = useRawNgspice();

async function annotated({ name, text }: Source) {
  const netlist = readNetlist({ name, text }, { resolve: resolveInclude });
  const { result, circuit, diagnostics } = await analyze(text, {
    name,
    resolve: resolveInclude,
  });
  if (result === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { result, circuit, ...annotatedNetlist(netlist, result) };
}

function textOf({ text, diagnostics }: Annotated): string {
  if (text === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return text;
}

/** ngspice stops at 0.1% of a step unless told otherwise. */
const TIGHT = '.options reltol=1e-9 vntol=1e-12 abstol=1e-15\n.end\n';

/** Every node of the circuit against ngspice on the annotated text, to a part of the largest voltage. */
async function agrees(source: Source): Promise<void> {
  const { result, circuit, ...found } = await annotated(source);
  const outcome = await ngspice(textOf(found).replace(/\.end\n$/, TIGHT));
  if ('fault' in outcome) throw new Error(`${outcome.fault}\n${found.text}`);
  const nodes = Object.entries(result.operatingPoint?.nodes ?? {});
  expect(nodes.length).toBeGreaterThan(0);
  const largest = Math.max(...nodes.map(([, voltage]) => Math.abs(voltage ?? 0)));
  const part = circuit.elements.some(isNonlinear) ? 1e-6 : 1e-9;
  for (const [node, voltage] of nodes) {
    // ngspice does not list the nodes inside a transistor.
    if (voltage === null || node.includes('#')) continue;
    const theirs = outcome.vectors.get(`v(${node.toLowerCase()})`);
    expect(theirs, node).toBeClose(voltage, { rel: 0, abs: part * largest });
  }
}

/** Op amps of one card that have different specifications in each instance around it. */
const DIFFERENT = 'classic/hierarchical-filter-chain.cir';

describe.each(['an1177', 'ltspice', 'classic'])('netlists/%s', (folder) => {
  it.each(netlistsIn(folder).filter((path) => path !== DIFFERENT))('%s', async (path) => {
    await agrees(readFile(path));
  });
});

describe('annotatedNetlist', () => {
  it('refuses a card whose op amps differ from instance to instance', async () => {
    const { text, diagnostics } = await annotated(readFile(DIFFERENT));
    expect(text).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toEqual(['different_op_amps']);
  });

  it('writes both op amps of a dual, and of a definition that is used twice', async () => {
    const text = [
      'Dual',
      'VP vp 0 5',
      'VN vn 0 -5',
      'VIN in 0 0.1',
      'X1 in a vp vn BUFFER',
      'X2 a b vp vn BUFFER',
      'XU2 out c b d e d vp vn DUAL',
      'R1 c 0 1k',
      'R2 out c 2k',
      'R3 out e 1k',
      '.subckt BUFFER i o p n',
      'XU1 i o p n o OA',
      '*@ opamp XU1 vos=1m ib=2n pins=+,-,V+,V-,out',
      '.ends',
      '*@ opamp XU2 pins=out,-,+,out,+,-,V+,V-',
      '*@ opamp XU2.A vos=2m aol=100k',
      '*@ opamp XU2.B vos=-3m psrr=20k vdd0=4 vss0=-4',
      '*@ output V(out)',
      '.end',
      '',
    ].join('\n');
    await agrees({ name: 'dual.cir', text });
  });

  it('leaves out what the models replace', async () => {
    const text = [
      'Amplifier',
      'VIN in 0 1',
      'VDD vdd 0 5',
      'XU1 in out vdd 0 out MCP601',
      'RL out 0 1k',
      '.lib "vendor.lib"',
      '*@ opamp XU1 MCP601',
      '*@ output V(out)',
      '.backanno',
      '.end',
      '',
    ].join('\n');
    const written = textOf(await annotated({ name: 'amplifier.net', text }));
    expect(written).toContain('\nXU1 in out vdd 0 out NULLOR_XU1\n');
    expect(written).toContain('\n.op\n');
    expect(written).not.toMatch(/vendor|opamp|backanno/);
  });

  it('says in ASCII which limits are not in a model', async () => {
    const netlist = (specifications: string) => ({
      name: 'buffer.cir',
      text: `Buffer\nVIN in 0 1\nXU1 in out out OA\n*@ opamp XU1 pins=+,-,out ${specifications}\n.end\n`,
    });
    const limits = 'vos=+-25u ibn=1n..5n ibi=2n aol>=100dB cmrr=10000V/V psrr>=90dB';
    expect(textOf(await annotated(netlist(limits)))).toContain(
      '\n* XU1: OA\n* Limits that are not in the model: ' +
        'V_OS +-25 uV, I_BN 1 nA to 5 nA, A_OL >= 100 dB, PSRR >= 90 dB.\n.subckt NULLOR_XU1 ',
    );
    expect(textOf(await annotated(netlist('vos=25u aol=100dB')))).not.toContain('Limits');
  });
});

it('keeps no directive of an op amp, whose errors are sources now', async () => {
  const { circuit, ...found } = await annotated({
    name: 'inverting.cir',
    text: `Inverting amplifier
VIN in 0 0.1
R1 in m 1k
R2 m out 10k
XU1 0 m out OPAMP
.subckt OPAMP p m o
E1 o 0 p m 1meg
.ends
*@ opamp XU1 vos=1m
*@ range XU1.vout -2 0
*@ output V(out)
*@ expect |VOE| <= 1m
.end
`,
  });
  const text = textOf(found);
  expect(text.match(/^\*@.*$/gm)).toEqual(['*@ output V(out)']);
  const again = await analyze(text, { name: 'annotated.cir' });
  expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(again.result?.operatingPoint?.output).toBeClose(-0.989, { rel: 1e-12, abs: 0 });
});
