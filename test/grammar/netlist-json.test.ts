import { describe, expect, it } from 'vitest';
import { netlistJson } from '../../src/report/netlist-json.ts';
import { parse } from './support.ts';

const json = (body: string) => netlistJson(parse(body, { dialect: 'ltspice' }));

describe('netlistJson', () => {
  it('lists the cards of the top level and joins their pins to nets', () => {
    const found = json(
      'R1 In 0\n+ 4k7\nE1 out GND in n1 1k\nXU1 in n1 OUT OPA ;\u00a7pnba In+)In-)OUT\n.subckt OPA a b c\nR9 a b 1\n.ends',
    );
    expect(found).toMatchObject({
      schema: 'nullor/netlist/1',
      dialect: 'ltspice',
      elements: [
        { name: 'R1', nodes: ['In', '0'], text: 'R1 In 0 4k7' },
        { name: 'E1', nodes: ['out', 'GND', 'in', 'n1'], text: 'E1 out GND in n1 1k' },
        { name: 'XU1', nodes: ['in', 'n1', 'OUT'], text: 'XU1 in n1 OUT OPA' },
      ],
      nets: [
        {
          name: 'In',
          pins: [
            { element: 'R1', pin: '1' },
            { element: 'E1', pin: '3' },
            { element: 'XU1', pin: 'In+' },
          ],
        },
        {
          name: '0',
          pins: [
            { element: 'R1', pin: '2' },
            { element: 'E1', pin: '2' },
          ],
        },
        { name: 'out' },
        { name: 'n1' },
      ],
      subcircuits: [{ name: 'OPA', ports: ['a', 'b', 'c'], elements: [{ name: 'R9' }] }],
      diagnostics: [],
    });
  });
  it('carries the diagnostics, and no nodes where they cannot be told', () => {
    expect(json('Y1 a b c\nR1 a')).toMatchObject({
      elements: [{ name: 'Y1', nodes: [] }],
      diagnostics: [{ severity: 'error', code: 'missing_node', line: 3, column: 4 }],
    });
  });
});
