/** Errors inside definitions of included files: they concern who uses the definition. */

import { describe, expect, it } from 'vitest';
import { parse, place } from './support.ts';

const LIBRARY = `.subckt broken a b
R1 a b 4k7
R2 a b 1k
.ends
.subckt outer a b
X1 a b broken
.ends
.subckt sound a b
R1 a b 1k
.ends
`;

const severities = (deck: string, library = LIBRARY): readonly string[] => {
  const resolve = () => ({ name: 'library.lib', text: library });
  return parse(`.include library.lib\n${deck}`, { resolve }).diagnostics.map(place);
};

describe('an error in a definition of an included file', () => {
  it.each([
    ['X1 a 0 sound', 'warning rkm_number 2:8'],
    ['R1 a 0 1', 'warning rkm_number 2:8'],
    ['X1 a 0 broken', 'error rkm_number 2:8'],
    ['X1 a 0 BROKEN', 'error rkm_number 2:8'],
    ['X1 a 0 outer', 'error rkm_number 2:8'],
    ['.subckt own a b\nX1 a b outer\n.ends\nX1 a 0 own', 'error rkm_number 2:8'],
    ['.subckt own a b\nX1 a b outer\n.ends\nR1 a 0 1', 'warning rkm_number 2:8'],
    ['.if (0)\nX1 a 0 broken\n.endif', 'error rkm_number 2:8'],
  ])('%j', (deck, expected) => {
    expect(severities(deck)).toEqual([expected]);
  });

  it('says that nothing uses it', () => {
    const resolve = () => ({ name: 'library.lib', text: LIBRARY });
    const { diagnostics } = parse('.include library.lib\nX1 a 0 sound', { resolve });
    expect(diagnostics[0]?.message).toMatch(/No instance uses "broken"\.$/);
  });

  it('the sound cards around it are there', () => {
    const resolve = () => ({ name: 'library.lib', text: LIBRARY });
    const { statements } = parse('.include library.lib\nR1 a 0 1', { resolve });
    const bodies = statements.map((each) =>
      each.kind === 'subcircuit' ? each.statements.length : undefined,
    );
    expect(bodies).toEqual([1, 1, 1, undefined]);
  });

  it('stands outside of definitions, or in the netlist itself, as ever', () => {
    expect(severities('R1 a 0 1', 'R9 a b 4k7\n')).toEqual(['error rkm_number 1:8']);
    expect(severities('.subckt own a b\nR1 a b 4k7\n.ends', '* empty\n')).toContain(
      'error rkm_number 4:8',
    );
  });
});
