// Schematics through the built command: standard input, encodings, what is refused, and error models written out.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { json, nullor } from '../support/command.ts';

vi.setConfig({ testTimeout: 60_000 });

const path = fileURLToPath(
  new URL('../../netlists/ltspice/difference-amplifier.asc', import.meta.url),
);
const schematic = readFileSync(path, 'utf8');

const utf16 = (text: string) =>
  new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);

describe('an LTspice schematic', () => {
  it('is told by its content, from standard input, in UTF-16 without a mark', async () => {
    const run = await json(['convert', '-'], utf16(schematic));
    expect(run.code).toBe(0);
    expect(run.json.evidence).toBe('an LTspice schematic');
    expect(run.json.elements[0]).toMatchObject({
      name: 'XU1',
      nodes: ['N003', 'N001', 'vdd', '0', 'out'],
    });
    expect(run.json.nets).toContainEqual({
      name: 'vdd',
      pins: [
        { element: 'XU1', pin: 'V+' },
        { element: 'VDD', pin: '1' },
      ],
    });
  });

  it('is judged like a netlist: inputs that change places latch', async () => {
    // Mirrored about its output, with the supplies changed back.
    const swapped = schematic
      .replace('opamp2 400 96 R0', 'opamp2 400 224 M180')
      .replace('FLAG 400 128 vdd', 'FLAG 400 192 vdd')
      .replace('FLAG 400 192 0', 'FLAG 400 128 0');
    const { code, json: analysis } = await json(['analyze', '-', '--no-check'], swapped);
    expect([code, analysis.status]).toEqual([1, 'unstable_dc']);
  });

  it('points at the symbol that is not there', async () => {
    const run = await nullor(
      ['analyze', '-'],
      schematic.replaceAll('SYMBOL res 320 256', 'SYMBOL who\\\\x 0 9'),
    );
    expect(run.code).toBe(2);
    expect(run.err).toMatch(/^<stdin>:\d+:8: error: The symbol "who\/x" \(R4\) is neither/);
  });

  it('gives a netlist with error models', async () => {
    const run = await nullor(['convert', path, '--annotate']);
    expect([run.code, run.err]).toEqual([0, '']);
    expect(run.out).toContain('\nIBN p1 0 DC 3e-8\n');
  });
});
