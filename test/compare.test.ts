// Parts ranked on a circuit: each figure is that of an analysis of the netlist with this part in it; what is
// missing in a data sheet keeps a part out unless it has no effect.

import { describe, expect, it } from 'vitest';
import './support/close.ts';
import { analyze } from '../src/analyze.ts';
import { compareParts } from '../src/compare.ts';
import { fullName } from '../src/parts/part.ts';
import { comparisonDocument } from '../src/report/comparison-document.ts';
import { comparisonJson } from '../src/report/comparison-json.ts';
import { renderText } from '../src/report/text.ts';

/** The op amp has the resistors that I_B needs to show; its own data must not count. */
const AMPLIFIER = `Amplifier
VDD vdd 0 5
VIN in 0 20m
RS in p 10k
R1 n 0 1k
R2 out n 100k
XU1 p n vdd 0 out AMPLIFIER
.subckt AMPLIFIER inp inn vdd vss out
E1 out 0 inp inn 1meg
.ends
*@ output V(out)
*@ opamp XU1 vos=+-9m ib=+-9u`;

const BUFFER = `Buffer
VDD vdd 0 5
VIN in 0 2.5
XU1 in out vdd 0 out MCP601
.subckt MCP601 inp inn vdd vss out
E1 out 0 inp inn 1meg
.ends
*@ output V(out)`;

async function compared(text: string, query: string, opAmps: readonly string[] = []) {
  const { result, diagnostics } = await compareParts(text, { query, opAmps });
  if (result === null) throw new Error(diagnostics.map(({ message }) => message).join());
  return result;
}

const names = (found: readonly { part: Parameters<typeof fullName>[0] }[]) =>
  found.map(({ part }) => fullName(part));

describe('the title', () => {
  it.each([
    [BUFFER, 'MCP601', 'Buffer: 1 part compared'],
    [BUFFER, 'MCP601, OPA2188', 'Buffer: 2 parts compared'],
  ])('counts the parts', async (text, query, title) => {
    const document = comparisonDocument(await compareParts(text, { query, opAmps: [] }));
    expect(document[0]).toEqual({ kind: 'title', text: title });
  });

  it('does not come without parts, which are named as far as they are like', async () => {
    const { diagnostics } = await compareParts(BUFFER, { query: 'LTC6240', opAmps: [] });
    expect(diagnostics.map(({ message }) => message).join()).toMatch(
      /"LTC6240" \(with the same beginning it has LTC20/,
    );
  });
});

describe('the figures', () => {
  it('are those of the netlist with the part in it', async () => {
    const { ranked, unranked } = await compared(AMPLIFIER, '');
    expect(ranked.length).toBeGreaterThan(5);
    expect(ranked.length + unranked.length).toBeGreaterThan(55);
    for (const { part, total } of ranked) {
      const text = AMPLIFIER.replace('XU1 vos=+-9m ib=+-9u', `XU1 ${fullName(part)}`);
      const { result } = await analyze(text);
      const { worstCase, rss } = result?.budget ?? { worstCase: Number.NaN, rss: Number.NaN };
      expect(total.worstCase, fullName(part)).toBeClose(worstCase, { rel: 1e-12, abs: 0 });
      expect(total.rss, fullName(part)).toBeClose(rss, { rel: 1e-12, abs: 0 });
    }
  });

  it('stand in the order of the worst case', async () => {
    const { ranked } = await compared(AMPLIFIER, '');
    const worst = ranked.map(({ total }) => total.worstCase);
    expect(worst).toEqual([...worst].sort((a, b) => a - b));
  });

  // V_OS and drift of OPA333 (SBOS351): 10 uV, 0.05 uV/C; V_OS of MCP601 (DS21314): 4.5 mV to 125 deg C
  it('are the printed limits where nothing else counts', async () => {
    const { ranked } = await compared(`${BUFFER}\n*@ temp 25 -40..125`, 'MCP601,OPA333');
    expect(names(ranked)).toEqual(['OPA333', 'MCP601']);
    const [opa333, mcp601] = ranked.map(({ total }) => total);
    expect(opa333?.worstCase).toBeClose(10e-6 + 100 * 0.05e-6, { rel: 1e-12, abs: 0 });
    expect(opa333?.rss).toBeClose(Math.hypot(10e-6, 5e-6), { rel: 1e-12, abs: 0 });
    expect(mcp601?.worstCase).toBeClose(4.5e-3, { rel: 1e-12, abs: 0 });
  });
});

describe('a part without a limit', () => {
  it('is not ranked where the quantity has an effect, and the reason is told', async () => {
    const { ranked, unranked } = await compared(AMPLIFIER, 'MCP6241,OPA333');
    expect(names(ranked)).toEqual(['OPA333']);
    const [mcp6241] = unranked;
    expect(names(unranked)).toEqual(['MCP6241']);
    expect(mcp6241?.reasons.map(({ quantity }) => quantity)).toContain('ib');
    expect(mcp6241?.reasons.map(({ message }) => message).join()).toContain('no maximum of I_B');
  });

  it('is ranked where it has none: no resistance carries the current', async () => {
    const { ranked } = await compared(BUFFER, 'MCP6241');
    expect(names(ranked)).toEqual(['MCP6241']);
    expect(ranked[0]?.remarks.map(({ quantity }) => quantity)).toContain('ib');
  });

  it('counts with what is known of it, which is no rank', async () => {
    const { unranked } = await compared(AMPLIFIER, 'MCP6241');
    const found = unranked[0]?.total.worstCase ?? Number.NaN;
    // V_OS alone makes more (Microchip DS21882: 5 mV)
    expect(found).toBeGreaterThan(101 * 5e-3);
    expect(found).toBeLessThan(101 * 6e-3);
  });
});

describe('supplies and temperatures', () => {
  it('keep out a part that is not made for them', async () => {
    const { ranked, unranked } = await compared(
      AMPLIFIER.replace('vdd 0 5', 'vdd 0 15'),
      'OPA333,ADA4522-2',
    );
    expect(names(ranked)).toEqual(['ADA4522-2']);
    expect(unranked[0]?.reasons.map(({ code }) => code)).toEqual(['supply_out_of_range']);
  });

  it('choose the limits: none of them may be that of another temperature', async () => {
    const cold = await compared(`${BUFFER}\n*@ temp 25`, 'MCP6001');
    const hot = await compared(`${BUFFER}\n*@ temp 25 -40..125`, 'MCP6001');
    expect(names(cold.ranked)).toEqual(['MCP6001']);
    expect(names(hot.unranked)).toEqual(['MCP6001']);
    expect(hot.unranked[0]?.reasons.map(({ code }) => code)).toContain('limit_beyond_temperature');
  });
});

describe('common-mode range and output swing', () => {
  // ADA4522-2: V_CM up to 1.5 V below V+; AD8615 has inputs to the rails
  it('keep out a part that the signal drives beyond them', async () => {
    const text = `${BUFFER}\n*@ range VIN 0.5 4`;
    const { ranked, unranked } = await compared(text, 'ADA4522-2,AD8615');
    expect(names(ranked)).toEqual(['AD8615']);
    expect(unranked[0]?.reasons.map(({ code }) => code)).toEqual(['outside_common_mode_range']);
  });
});

const TWO = `${BUFFER.replace('*@ output V(out)', '')}
R3 out q 1k
R4 o2 q 1k
XU2 0 q vdd 0 o2 OTHER
.subckt OTHER inp inn vdd vss out
E1 out 0 inp inn 1meg
.ends
*@ opamp XU2 vos=+-1m
*@ output V(o2)`;

describe('which op amps are exchanged', () => {
  const exchanged = async (text: string, opAmps: readonly string[] = []) =>
    (await compared(text, 'OPA333', opAmps)).opAmps.map(({ opAmp }) => opAmp.name);

  it('are those that are parts, and all where none is', async () => {
    expect(await exchanged(TWO)).toEqual(['XU1']);
    expect(await exchanged(TWO.replaceAll('MCP601', 'BUFFER'))).toEqual(['XU1', 'XU2']);
  });

  it('are those that are named', async () => {
    expect(await exchanged(TWO, ['xu2'])).toEqual(['XU2']);
    expect(await exchanged(TWO, ['XU*'])).toEqual(['XU1', 'XU2']);
  });

  it('leave the others as they are', async () => {
    const [opa333] = (await compared(TWO, 'OPA333', ['XU1'])).ranked;
    const text = TWO.replaceAll('MCP601', 'OPA333');
    const { result } = await analyze(text);
    expect(opa333?.total.worstCase).toBeClose(result?.budget?.worstCase ?? Number.NaN, {
      rel: 1e-12,
      abs: 0,
    });
  });
});

describe('what cannot be compared', () => {
  it.each([
    ['unknown_part', AMPLIFIER, 'XYZ123', []],
    ['unknown_part', AMPLIFIER, 'colour=red', []],
    ['unknown_op_amp', AMPLIFIER, 'OPA333', ['XU7']],
    ['no_comparison', AMPLIFIER.replace('R2 out n', 'R2 out p'), 'OPA333', []],
  ] as const)('%s', async (code, text, query, opAmps) => {
    const { result, diagnostics } = await compareParts(text, { query, opAmps });
    expect(result).toBeNull();
    expect(diagnostics.map((found) => found.code)).toContain(code);
  });
});

describe('the report', () => {
  it('has every part once, ranked or with its reason', async () => {
    const comparison = await compareParts(AMPLIFIER, { query: 'class=auto-zeroed,MCP6241' });
    const text = renderText(comparisonDocument(comparison));
    const json = JSON.parse(JSON.stringify(comparisonJson(comparison)));
    expect(json.schema).toBe('nullor/comparison/1');
    expect(json.opAmps).toEqual({
      XU1: { part: 'AMPLIFIER', supplies: { positive: 5, negative: 0 } },
    });
    for (const { part, rank } of json.ranked) {
      expect(text).toMatch(new RegExp(`^ +${rank}  ${part} `, 'm'));
    }
    for (const { part, reasons } of json.unranked) {
      expect(text).toMatch(new RegExp(`- ${part}: `));
      expect(reasons.length).toBeGreaterThan(0);
    }
  });
});
