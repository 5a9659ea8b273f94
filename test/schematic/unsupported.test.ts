// Files that are not read, by how they begin, and netlists that begin alike.

import { describe, expect, it } from 'vitest';
import { decode } from '../../grammar/decode.ts';
import { readNetlist } from '../../src/read-netlist.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((sign) => sign.charCodeAt(0)) : [...part],
    ),
  );
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

describe('files that are not read', () => {
  it.each([
    ['KiCad 5', bytes('EESchema Schematic File Version 4\n'), /KiCad 5/, /\.net/],
    ['KiCad board', bytes('(kicad_pcb (version 1))'), /board/, /\.kicad_sch/],
    ['old Eagle', bytes([0x10, 0x80, 0x64, 0]), /Eagle 5/, /Eagle 6/],
    ['Altium', bytes(COMPOUND, [0, 1, 2]), /compound file.*Altium/, /Altium.*OrCAD/],
    ['Multisim', bytes('MSMCompressedElectronicsWorkbenchXML'), /Multisim/, /SPICE/],
    ['EasyEDA', bytes('{"head": {"docType": "1", "editorVersion": "6"}}'), /EasyEDA/, /SPICE/],
    ['PSpice', bytes('*version 9.1 1000\r\nu 87\r\n'), /PSpice/, /\.cir/],
    ['archive', bytes('PK', [3, 4, 20, 0]), /archive/, /Unpack/],
    ['PDF', bytes('%PDF-1.7'), /PDF/, /netlist/],
    ['binary', bytes('abc', [0, 1]), /binary/, /netlist/],
  ])('%s', (_, file, message, hint) => {
    const { diagnostics } = readNetlist({ name: 'x', text: decode(file) });
    const [first] = diagnostics;
    expect(first).toMatchObject({ severity: 'error', code: 'unsupported_schematic' });
    expect(first?.message).toMatch(message);
    expect(first?.hint).toMatch(hint);
  });

  it.each([
    '*version 9.1\nR1 a 0 1k\n.end\n',
    'Eagle <eagle>\nR1 a 0 1k\n.end\n',
    'PK\nR1 a 0 1\n',
  ])('%j is a netlist', (text) => {
    const { diagnostics } = readNetlist({ name: 'x', text });
    expect(diagnostics.map(({ code }) => code)).not.toContain('unsupported_schematic');
  });
});
