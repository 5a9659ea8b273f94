// Eagle schematics of our own: several gates, power gates, supply symbols, sheets, modules, and files that are no such thing.

import { describe, expect, it } from 'vitest';
import { printNetlist } from '../../grammar/spice/printer.ts';
import { readNetlist } from '../../src/read-netlist.ts';

const LIBRARY = `<library name="lib">
<symbols>
<symbol name="R"><pin name="1" x="0" y="0" direction="pas"/><pin name="2" x="1" y="0" direction="pas"/></symbol>
<symbol name="AMP"><pin name="+IN" x="0" y="0" direction="in"/><pin name="-IN" x="0" y="1" direction="in"/><pin name="OUT" x="1" y="0" direction="out"/></symbol>
<symbol name="PWR"><pin name="V+" x="0" y="0" direction="pwr"/><pin name="V-" x="0" y="1" direction="pwr"/></symbol>
<symbol name="LOGIC"><pin name="VCC@1" x="0" y="0" direction="pwr"/><pin name="A" x="0" y="1"/></symbol>
<symbol name="GND"><pin name="GND" x="0" y="0" direction="sup"/></symbol>
<symbol name="5V"><pin name="+5V" x="0" y="0" direction="sup"/></symbol>
<symbol name="FRAME"/>
</symbols>
<devicesets>
<deviceset name="R-EU_" prefix="R" uservalue="yes"><gates><gate name="G$1" symbol="R"/></gates>
<devices><device name="0603"><connects><connect gate="G$1" pin="1" pad="1"/><connect gate="G$1" pin="2" pad="2"/></connects></device></devices></deviceset>
<deviceset name="DUAL*" prefix="IC"><gates><gate name="A" symbol="AMP"/><gate name="B" symbol="AMP"/><gate name="P" symbol="PWR"/></gates>
<devices><device name="D"/></devices></deviceset>
<deviceset name="HC" prefix="IC"><gates><gate name="A" symbol="LOGIC"/></gates><devices><device name=""/></devices></deviceset>
<deviceset name="GND" prefix="GND"><gates><gate name="1" symbol="GND"/></gates><devices><device name=""/></devices></deviceset>
<deviceset name="+5V"><gates><gate name="1" symbol="5V"/></gates><devices><device name=""/></devices></deviceset>
<deviceset name="FRAME"><gates><gate name="G$1" symbol="FRAME"/></gates><devices><device name=""/></devices></deviceset>
</devicesets></library>`;

interface Drawn {
  readonly parts: readonly string[];
  /** Of each sheet: net -> `part gate pin` or `#instance port`, and what else is on it. */
  readonly sheets: readonly { nets: Record<string, readonly string[]>; more?: string }[];
}

const section = ({ parts, sheets }: Drawn): string => {
  const list = parts.map((part) => {
    const [name, set, device = '', value] = part.split(' ');
    const written = value === undefined ? '' : ` value="${value}"`;
    return `<part name="${name}" library="lib" deviceset="${set}" device="${device}" technology="358"${written}/>`;
  });
  const drawn = sheets.map(({ nets, more = '' }) => {
    const placed = new Set(
      Object.values(nets)
        .flat()
        .filter((pin) => !pin.startsWith('#'))
        .map((pin) => pin.split(' ').slice(0, 2).join(' ')),
    );
    const instances = [...placed].map((each) => {
      const [part, gate] = each.split(' ');
      return `<instance part="${part}" gate="${gate}" x="0" y="0" rot="MR90"/>`;
    });
    const lists = Object.entries(nets).map(([name, pins]) => {
      const refs = pins.map((pin) => {
        const [part = '', gate, name] = pin.split(' ');
        return part.startsWith('#')
          ? `<portref moduleinst="${part.slice(1)}" port="${gate}"/>`
          : `<pinref part="${part}" gate="${gate}" pin="${name}"/>`;
      });
      return `<net name="${name}" class="0"><segment>${refs.join('')}<wire x1="0" y1="0" x2="1" y2="0" width="0.1" layer="91"/></segment></net>`;
    });
    return `<sheet>${more}<instances>${instances.join('')}</instances><nets>${lists.join('')}</nets></sheet>`;
  });
  return `<parts>${list.join('')}</parts><sheets>${drawn.join('')}</sheets>`;
};

const eagle = (inside: string): string => `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE eagle SYSTEM "eagle.dtd">
<eagle version="9.6.2"><drawing><schematic><libraries>${LIBRARY}</libraries>${inside}</schematic></drawing></eagle>`;

const read = (text: string) => readNetlist({ name: 'test.sch', text });

function linesOf(text: string): string[] {
  const netlist = read(text);
  const errors = netlist.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return printNetlist(netlist).trim().split('\n').slice(1, -1);
}

const AMPLIFIER: Drawn = {
  parts: [
    'IC1 DUAL* D',
    'R1 R-EU_ 0603 4k7',
    'R2 R-EU_ 0603 47K',
    'GND1 GND',
    'P+1 +5V',
    'FRAME1 FRAME',
  ],
  sheets: [
    {
      nets: {
        IN: ['IC1 A +IN'],
        N$1: ['IC1 A -IN', 'R1 G$1 1', 'R2 G$1 2'],
        GND: ['R1 G$1 2', 'GND1 1 GND', 'IC1 P V-'],
        '+5V': ['P+1 1 +5V', 'IC1 P V+'],
      },
      more: '<plain><text x="0" y="0" size="1" layer="97">@opamp IC1A vos=1m</text><text x="0" y="0" size="1" layer="97">a remark</text></plain>',
    },
    { nets: { OUT: ['IC1 A OUT', 'R2 G$1 1'], IN: ['IC1 A +IN'] } },
  ],
};

describe('an Eagle schematic', () => {
  it('of two sheets with a gate of a dual op amp, a power gate and supply symbols', () => {
    const lines = linesOf(eagle(section(AMPLIFIER)));
    expect(lines).toEqual([
      'XIC1A IN N_1 +5V 0 OUT DUAL358 ;\u00a7pnba +)-)V+)V-)OUT',
      'R1 N_1 0 4700',
      'R2 OUT N_1 47000',
      'V_plus_5V +5V 0 DC 5',
      '*@opamp XIC1A vos=1m',
    ]);
  });

  it('with both gates and a value of its own', () => {
    const lines = linesOf(
      eagle(
        section({
          parts: ['IC2 DUAL* D OPA2333', 'V1 R-EU_ 0603 5V', 'GND1 GND'],
          sheets: [
            {
              nets: {
                A: ['V1 G$1 1', 'IC2 A +IN'],
                B: ['IC2 A -IN', 'IC2 A OUT', 'IC2 B +IN'],
                C: ['IC2 B -IN', 'IC2 B OUT'],
                GND: ['V1 G$1 2', 'GND1 1 GND'],
              },
            },
          ],
        }),
      ),
    );
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(/^XIC2A A B \S+ \S+ B OPA2333/),
      expect.stringMatching(/^XIC2B B C \S+ \S+ C OPA2333/),
    ]);
    expect(lines).toContain('V1 A 0 DC 5');
  });

  it('connects the supply pins of a gate that is not placed by their names', () => {
    const drawing = eagle(
      section({
        parts: ['IC1 DUAL* D', 'IC2 HC', 'R1 R-EU_ 0603 1k', 'GND1 GND'],
        sheets: [
          {
            nets: {
              'V+': ['R1 G$1 1', 'IC1 A +IN'],
              GND: ['R1 G$1 2', 'GND1 1 GND'],
              OUT: ['IC1 A -IN', 'IC1 A OUT'],
            },
          },
        ],
      }),
    );
    const [amplifier] = linesOf(drawing);
    expect(amplifier).toMatch(/^XIC1A V\+ OUT V\+ \S+ OUT /);
  });

  it('with a module that is placed twice', () => {
    const module = section({
      parts: ['R1 R-EU_ 0603 1k', 'R2 R-EU_ 0603 2k'],
      sheets: [{ nets: { IN: ['R1 G$1 1'], MID: ['R1 G$1 2', 'R2 G$1 1'], GND: ['R2 G$1 2'] } }],
    });
    const main = section({
      parts: ['V1 R-EU_ 0603 5V', 'GND1 GND'],
      sheets: [
        {
          nets: {
            A: ['V1 G$1 1', '#M1 IN', '#M2 IN'],
            GND: ['V1 G$1 2', 'GND1 1 GND', '#M1 GND', '#M2 GND'],
          },
          more: '<moduleinsts><moduleinst name="M1" module="DIV" x="0" y="0"/><moduleinst name="M2" module="DIV" x="0" y="9"/></moduleinsts>',
        },
      ],
    });
    const ports = '<ports><port name="IN"/><port name="GND"/></ports>';
    const lines = linesOf(
      eagle(
        `<modules><module name="DIV" prefix="" dx="1" dy="1">${ports}${module}</module></modules>${main}`,
      ),
    );
    expect(lines).toEqual([
      'V1 A 0 DC 5',
      'RM1:R1 A M1:MID 1000',
      'RM1:R2 M1:MID 0 2000',
      'RM2:R1 A M2:MID 1000',
      'RM2:R2 M2:MID 0 2000',
    ]);
  });

  it('points at the part as drawn', () => {
    const text = eagle(
      section({ ...AMPLIFIER, parts: AMPLIFIER.parts.map((part) => part.replace('4k7', 'many')) }),
    );
    const { diagnostics } = read(text);
    const fault = diagnostics.find(({ code }) => code === 'bad_value');
    expect(fault?.span.source.text.slice(fault.span.start, fault.span.end)).toBe('many');
  });
});

describe('what is no Eagle schematic that can be read', () => {
  const fault = (text: string) =>
    read(text).diagnostics.find(({ severity }) => severity === 'error');

  it.each([
    ['cut off', eagle(section(AMPLIFIER)).slice(0, 2500), 'bad_xml'],
    ['a board', '<eagle version="9.6.2"><drawing><board/></drawing></eagle>', 'no_schematic'],
    ['an entity that expands', eagle('&lol;'), 'bad_xml'],
    ['deep', `<eagle version="9">${'<a>'.repeat(200_000)}`, 'bad_xml'],
    [
      'without its library',
      eagle(section(AMPLIFIER)).replace('name="lib"', 'name="gone"'),
      'missing_symbol',
    ],
    ['empty', eagle(''), 'empty_schematic'],
  ])('%s', (_, text, code) => {
    expect(fault(text)?.code).toBe(code);
  });

  it('modules that hold themselves end', () => {
    const inside = section({
      parts: [],
      sheets: [
        {
          nets: {},
          more: '<moduleinsts><moduleinst name="M" module="A"/><moduleinst name="N" module="A"/></moduleinsts>',
        },
      ],
    });
    const text = eagle(`<modules><module name="A">${inside}</module></modules>${inside}`);
    expect(fault(text)?.code).toBe('bad_module');
  });
});
