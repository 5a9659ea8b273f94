// The rows about schematics: a large one, and as many of usual size as a folder of examples has.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, processReport } from './measure.mjs';

const reader = join(dirname(fileURLToPath(import.meta.url)), 'import-once.mjs');

/** The measures of the rows; their files go below `folder`. */
export function schematics({ folder }) {
  const measured = (name, texts) => async (settings) => {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    for (const [index, text] of texts().entries()) writeFileSync(join(place, `${index}.asc`), text);
    const run = (kind) => processReport([process.execPath, reader, place, kind]);
    let last;
    const figures = await compare(
      {
        ours: async () => {
          last = run('schematics');
          return last.elapsed;
        },
        reference: async () => run('netlists').elapsed,
      },
      settings,
    );
    const rate = last.size / (figures.ours / 1000);
    const size = `${last.files} files, ${last.size.toFixed(1)} MB`;
    return {
      ...figures,
      note: `${size}, ${rate.toFixed(1)} MB/s, peak RSS ${last.peakMemory.toFixed(0)} MB`,
    };
  };
  return {
    large: measured('large', () => [amplifiers(20_000)]),
    many: measured('many', () => Array.from({ length: 80 }, (_, i) => amplifiers(1 + (i % 14)))),
  };
}

/** Inverting amplifiers in rows of 100, as LTspice writes them: an op amp, two resistors, seven wires and five labels each. */
function amplifiers(count) {
  const lines = ['Version 4', 'SHEET 1 880 680'];
  for (let i = 0; i < count; i++)
    lines.push(...amplifier(i, 640 * (i % 100), 320 * Math.floor(i / 100)));
  return `${[...lines, 'TEXT 0 -64 Left 2 !.op'].join('\n')}\n`;
}

function amplifier(index, x, y) {
  const at = (dx, dy) => `${x + dx} ${y + dy}`;
  return [
    `WIRE ${at(368, 64)} ${at(368, 144)}`,
    `WIRE ${at(480, 64)} ${at(448, 64)}`,
    `WIRE ${at(368, 144)} ${at(304, 144)}`,
    `WIRE ${at(480, 160)} ${at(480, 64)}`,
    `WIRE ${at(480, 160)} ${at(432, 160)}`,
    `WIRE ${at(528, 160)} ${at(480, 160)}`,
    `WIRE ${at(368, 176)} ${at(336, 176)}`,
    `FLAG ${at(336, 176)} 0`,
    `FLAG ${at(400, 128)} vp`,
    `FLAG ${at(400, 192)} vn`,
    `FLAG ${at(528, 160)} out${index}`,
    `FLAG ${at(224, 144)} ${index === 0 ? 'in' : `out${index - 1}`}`,
    `SYMBOL OpAmps\\\\opamp2 ${at(400, 96)} R0`,
    `SYMATTR InstName U${index}`,
    'SYMATTR Value RRIO',
    `SYMBOL res ${at(320, 128)} R90`,
    'WINDOW 0 0 56 VBottom 2',
    'WINDOW 3 32 56 VTop 2',
    `SYMATTR InstName RA${index}`,
    'SYMATTR Value 10k',
    `SYMBOL res ${at(464, 48)} R90`,
    'WINDOW 0 0 56 VBottom 2',
    'WINDOW 3 32 56 VTop 2',
    `SYMATTR InstName RB${index}`,
    'SYMATTR Value 100k',
  ];
}
