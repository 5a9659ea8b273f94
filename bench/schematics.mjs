// The rows about schematics: large ones, as many of usual size as a folder of examples has, and a folder of the reader's.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, processReport } from './measure.mjs';

const reader = join(dirname(fileURLToPath(import.meta.url)), 'import-once.mjs');

/** The measures of the rows; their files go below `folder`. */
export function schematics({ folder }) {
  const measured =
    (name, texts, kind = 'asc') =>
    async (settings) => {
      const place = join(folder, name);
      mkdirSync(place, { recursive: true });
      for (const [index, text] of texts().entries()) {
        writeFileSync(join(place, `${index}.${kind}`), text);
      }
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
    kicad: measured('kicad', () => [kicadAmplifiers(3000)], 'kicad_sch'),
  };
}

/** All schematics below a folder in one process, against a Node that does nothing. */
export async function ownSchematics(folder, { idle, settings }) {
  let last;
  const figures = await compare(
    {
      ours: async () => {
        last = processReport([process.execPath, reader, folder, 'any']);
        return last.elapsed;
      },
      reference: idle,
    },
    settings,
  );
  const rate = last.size / (last.elapsed / 1000);
  return {
    ...figures,
    note: `${last.files} files, ${last.size.toFixed(1)} MB, ${rate.toFixed(1)} MB/s`,
  };
}

const PIN = (type, at, name, number) =>
  `(pin ${type} line (at ${at}) (length 2.54) (name "${name}") (number "${number}"))`;
const KICAD_LIBRARY = `(lib_symbols
  (symbol "Device:R" (symbol "R_0_1" (rectangle (start -1 -2.5) (end 1 2.5))) (symbol "R_1_1" ${PIN('passive', '0 3.81 270', '~', 1)} ${PIN('passive', '0 -3.81 90', '~', 2)}))
  (symbol "Amp:AMP" (symbol "AMP_1_1" ${PIN('input', '-7.62 2.54 0', '+', 3)} ${PIN('input', '-7.62 -2.54 0', '-', 2)} ${PIN('output', '7.62 0 180', '~', 1)})))`;

/** Inverting amplifiers side by side as KiCad writes them, joined by labels. */
function kicadAmplifiers(count) {
  const lines = ['(kicad_sch (version 20230121) (generator eeschema)', '(uuid "r")', KICAD_LIBRARY];
  for (let i = 0; i < count; i++) {
    const [x, y] = [38.1 * (i % 50), 30.48 * Math.floor(i / 50)];
    const at = (dx, dy) => `${(x + dx).toFixed(2)} ${(y + dy).toFixed(2)}`;
    const part = (library, reference, value, place, angle) =>
      `(symbol (lib_id "${library}") (at ${place} ${angle}) (unit 1) (in_bom yes) (on_board yes) (uuid "${reference}")
    (property "Reference" "${reference}" (at ${place} 0) (effects (font (size 1.27 1.27))))
    (property "Value" "${value}" (at ${place} 0) (effects (font (size 1.27 1.27)))))`;
    const label = (name, place) =>
      `(label "${name}" (at ${place} 0) (effects (font (size 1.27 1.27))))`;
    const wire = (from, to) =>
      `(wire (pts (xy ${from}) (xy ${to})) (stroke (width 0) (type default)))`;
    lines.push(
      part('Amp:AMP', `U${i}`, 'OPA333', at(17.78, 10.16), 0),
      part('Device:R', `R${2 * i}`, '10k', at(3.81, 12.7), 90),
      part('Device:R', `R${2 * i + 1}`, '100k', at(17.78, 20.32), 90),
      label('GND', at(10.16, 7.62)),
      wire(at(7.62, 12.7), at(10.16, 12.7)),
      wire(at(10.16, 12.7), at(10.16, 20.32)),
      wire(at(10.16, 20.32), at(13.97, 20.32)),
      wire(at(21.59, 20.32), at(25.4, 20.32)),
      wire(at(25.4, 20.32), at(25.4, 10.16)),
      label(`out${i}`, at(25.4, 10.16)),
      label(i === 0 ? 'in' : `out${i - 1}`, at(0, 12.7)),
    );
  }
  return `${lines.join('\n')}\n)\n`;
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
