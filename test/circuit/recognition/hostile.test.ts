import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../../grammar/spice/parse.ts';
import { recognise } from '../../../src/circuit/recognition/recognise.ts';
import { surveyOpAmps } from '../../../src/survey.ts';
import { processorTime } from '../../support/processor-time.ts';

function survey(text: string) {
  return surveyOpAmps(parseNetlist({ name: 'hostile.lib', text }, { include: true }));
}

describe('hostile texts end in bounded time', () => {
  it.each([
    ['a hundred thousand ports', `.subckt U ${'a '.repeat(1e5)}\n.ends`],
    ['a hundred thousand comments', `${'* | | | input\n'.repeat(1e5)}.subckt U 1 2 3 4 5\n.ends`],
    ['a comment of a million bars', `* a\n* ${'| '.repeat(5e5)}b\n.subckt U 1 2 3\n.ends`],
    ['a comment of a million blanks', `* connections: ${' '.repeat(1e6)}x\n.subckt U 1 2 3\n.ends`],
    ['a port of a million letters', `.subckt U ${'in'.repeat(5e5)} b c\n.ends`],
    ['nodes called as the prototype', '.subckt __proto__ constructor toString valueOf\n.ends'],
    [
      'definitions that use each other twice',
      Array.from(
        { length: 40 },
        (_, i) =>
          `.subckt S${i} in+ in- out\nX1 in+ in- out S${i + 1}\nX2 in+ in- out S${i + 1}\n.ends`,
      ).join('\n'),
    ],
    ['a definition that uses itself', '.subckt S in+ in- out\nX1 in+ in- out S\n.ends'],
    ['ten thousand definitions', '* op amp\n.subckt U 1 2 3 4 5\nQ1 a b c m\n.ends\n'.repeat(1e4)],
  ])('%s', (_, text) => {
    const start = processorTime();
    expect(Array.isArray(survey(text).subcircuits)).toBe(true);
    expect(processorTime() - start).toBeLessThan(5000);
  });

  it('any comment lines around any ports', () => {
    const word = fc.constantFrom(
      '|',
      '+',
      '-',
      'IN+',
      'out',
      'V-',
      '1',
      '=',
      '(2)',
      ':',
      '\t',
      '/ \\',
      'pin',
      '\u0000x',
      'é',
    );
    const line = fc.array(word, { maxLength: 8 }).map((words) => `* ${words.join(' ')}`);
    fc.assert(
      fc.property(
        fc.array(line),
        fc.array(fc.constantFrom('1', '2', '3', 'IN+', 'out', '-', 'V+')),
        (lines, ports) => {
          const text = `${lines.join('\n')}\n.subckt U ${ports.join(' ')}\n${lines.join('\n')}\nQ1 a b c m\n.ends`;
          for (const statement of parseNetlist({ name: 'x', text }, { include: true }).statements) {
            if (statement.kind !== 'subcircuit') continue;
            const found = recognise(statement);
            if (found !== undefined) expect(found.roles).toHaveLength(statement.ports.length);
          }
        },
      ),
    );
  });
});
