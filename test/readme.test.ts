/**
 * The README's examples: every `console` block that runs nullor is run, and its output must stand in the
 * README as it is. `UPDATE_README=1 npx vitest run test/readme.test.ts` writes them anew.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;
const README = `${ROOT}README.md`;
const BLOCK = /```console\n\$ npx nullor ([^\n]+)\n([\s\S]*?)```/g;

/** The last digits that ngspice agrees in are those of the machine. */
const steady = (text: string) =>
  text.replace(/worst relative difference [^;)\n]+/g, 'worst relative difference ...');

function output(command: string): string {
  try {
    return execFileSync(process.execPath, [`${ROOT}dist/cli/nullor.js`, ...command.split(' ')], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (fault) {
    // A refusal is on standard error.
    const { stdout, stderr } = fault as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

describe('README', () => {
  const readme = readFileSync(README, 'utf8');
  const blocks = [...readme.matchAll(BLOCK)];

  it('has examples', () => {
    expect(blocks.length).toBeGreaterThan(1);
  });

  if (process.env['UPDATE_README'] === '1') {
    writeFileSync(
      README,
      readme.replace(BLOCK, (_, command: string) => {
        return `\`\`\`console\n$ npx nullor ${command}\n${output(command)}\`\`\``;
      }),
    );
  }

  it.each(blocks.map(([, command = '', text = '']) => [command, text]))('%s', (command, text) => {
    expect(steady(output(command))).toBe(steady(text));
  });
});
