/**
 * The README's examples: every `console` block that runs nullor is run, and its output must stand in the
 * README as it is. `UPDATE_README=1 npx vitest run test/readme.test.ts` writes them anew.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardTable, dialectTable } from '../src/index.ts';

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

/** Tables that are generated from the code, between comments with their name. */
const TABLES = { cards: cardTable(), dialects: dialectTable() };
const marked = (name: string) => new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
const between = (name: string, table: string) =>
  `<!-- ${name} -->\n\n${table.trim()}\n\n<!-- /${name} -->`;

describe('README', () => {
  const readme = readFileSync(README, 'utf8');
  const blocks = [...readme.matchAll(BLOCK)];

  it('has examples', () => {
    expect(blocks.length).toBeGreaterThan(1);
  });

  if (process.env['UPDATE_README'] === '1') {
    const examples = readme.replace(BLOCK, (_, command: string) => {
      return `\`\`\`console\n$ npx nullor ${command}\n${output(command)}\`\`\``;
    });
    const tables = Object.entries(TABLES).reduce(
      (text, [name, table]) => text.replace(marked(name), () => between(name, table)),
      examples,
    );
    writeFileSync(README, tables);
  }

  it.each(Object.entries(TABLES))('has the table of %s as the code has it', (name, table) => {
    expect(marked(name).exec(readme)?.[0]).toBe(between(name, table));
  });

  it.each(blocks.map(([, command = '', text = '']) => [command, text]))('%s', (command, text) => {
    expect(steady(output(command))).toBe(steady(text));
  });
});
