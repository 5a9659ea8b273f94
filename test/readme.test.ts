/**
 * The examples of the README and of docs/: every `console` block that runs nullor is run, and its output must stand
 * there as it is. `UPDATE_README=1 npx vitest run test/readme.test.ts` writes them anew.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cardTable, dialectTable } from '../src/index.ts';

const ROOT = new URL('..', import.meta.url).pathname;
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

const FILES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe.each(FILES)('%s', (file) => {
  const path = join(ROOT, file);
  const text = readFileSync(path, 'utf8');
  const blocks = [...text.matchAll(BLOCK)];
  const tables = Object.entries(TABLES).filter(([name]) => marked(name).test(text));

  if (process.env['UPDATE_README'] === '1') {
    const examples = text.replace(BLOCK, (_, command: string) => {
      return `\`\`\`console\n$ npx nullor ${command}\n${output(command)}\`\`\``;
    });
    const renewed = tables.reduce(
      (before, [name, table]) => before.replace(marked(name), () => between(name, table)),
      examples,
    );
    if (renewed !== text) writeFileSync(path, renewed);
  }

  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(local.filter((link) => !existsSync(join(dirname(path), link)))).toEqual([]);
  });

  it.each(tables)('has the table of %s as the code has it', (name, table) => {
    expect(marked(name).exec(text)?.[0]).toBe(between(name, table));
  });

  it.each(blocks.map(([, command = '', printed = '']) => [command, printed]))(
    '%s',
    (command, printed) => {
      expect(steady(output(command))).toBe(steady(printed));
    },
  );
});

it('there are examples and tables', () => {
  const all = FILES.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  expect([...all.matchAll(BLOCK)].length).toBeGreaterThan(10);
  for (const name of Object.keys(TABLES)) expect(all).toMatch(marked(name));
});
