// Options belong to commands: the others refuse them, and --help says whose they are.

import { expect, it } from 'vitest';
import { COMMAND_NAMES, OWNERS, strangerFault } from '../../src/cli/option-table.ts';
import { nullor } from '../support/command.ts';

it.each([
  [['analyze', '-', '--corner', 'high'], '--corner', 'convert'],
  [['analyze', '-', '--sheet', 'a.md'], '--sheet', 'check'],
  [['check', '-', '--compare', 'OPA333'], '--compare', 'analyze'],
  [['op', '-', '--no-check'], '--no-check', 'analyze and check'],
  [['draw', '-', '--json'], '--json', 'analyze, check, convert, formula, op, opamps and parts'],
  [['analyze', '-', '-o', 'x.html'], '-o', 'draw'],
])('%j is a fault of the command line', async (args, option, owners) => {
  const { code, out, err } = await nullor(args, 'divider\nV1 a 0 1\nR1 a 0 1k\n.end\n');
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(`nullor: ${args[0]} has no option ${option}; it belongs to ${owners}.`);
  expect(err.includes('> FILE')).toBe(option === '-o');
});

it.each([
  [['convert', '-', '--output', 'V(a)'], 'convert alone writes the netlist as it is'],
  [['convert', '-', '--opamp', 'XU1 vos=1m'], 'convert alone writes the netlist as it is'],
  [['analyze', '-', '--compare', 'OP07', '--thevenin', 'a'], 'no Thevenin equivalents'],
])('%j: an option that would do nothing is refused', async (args, reason) => {
  const { code, out, err } = await nullor(args, 'divider\nV1 a 0 1\nR1 a 0 1k\n.end\n');
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(reason);
});

it('every pair of a command and an option is either taken or refused with its owners', () => {
  for (const [option, owners] of Object.entries(OWNERS)) {
    for (const command of COMMAND_NAMES) {
      const taken = (owners as readonly string[]).includes(command);
      expect(strangerFault(option as keyof typeof OWNERS, command) === undefined).toBe(taken);
    }
  }
});

it('--help names the commands of every option', async () => {
  const { out } = await nullor(['--help']);
  const entries = out.split(/\n(?= {2}-)/).slice(1);
  const said = new Map<string, readonly string[]>();
  for (const entry of entries) {
    const [, option] = /^ {2}(?:-\w, )?--([\w-]+)/.exec(entry) ?? [];
    const [, names] = /\(([a-z, ]+)\)\s*(?:\n\n|$)/.exec(`${entry.split('\n\n')[0]}`) ?? [];
    if (option !== undefined && names !== undefined) said.set(option, names.split(', '));
  }
  expect(Object.fromEntries(said)).toEqual(OWNERS);
});
