/** Short ways to write a definition and to look at what was recognised in it. */

import type { PinRole } from '../../../grammar/directive/tree.ts';
import { parseNetlist } from '../../../grammar/spice/parse.ts';
import type { Subcircuit } from '../../../grammar/spice/tree.ts';
import { type Recognition, recognise } from '../../../src/circuit/recognition/recognise.ts';

const LETTERS: Readonly<Record<PinRole, string>> = {
  plus: '+',
  minus: '-',
  positiveSupply: 'P',
  negativeSupply: 'N',
  output: 'O',
  other: '?',
};

/** `+-PNO`: a letter per port. */
export function order(roles: readonly PinRole[]): string {
  return roles.map((role) => LETTERS[role]).join('');
}

/** A body that is some macromodel: what text says about it is believed. */
export const MACROMODEL = 'Q1 a b c QM\n.model QM NPN';

/** The first definition of a library text; `.ends` and a body are added when there is none. */
export function definitionOf(text: string): Subcircuit {
  const whole = /^\s*\.ends/im.test(text) ? text : `${text}\n${MACROMODEL}\n.ends`;
  const { statements } = parseNetlist({ name: 'test.lib', text: whole }, { include: true });
  const found = statements.find((statement) => statement.kind === 'subcircuit');
  if (found === undefined) throw new Error(`no .subckt in ${text}`);
  return found;
}

export function recognised(text: string): Recognition | undefined {
  return recognise(definitionOf(text));
}

/** The order that is recognised in a text; `none` when there is none. */
export function orderOf(text: string): string {
  const found = recognised(text);
  return found === undefined ? 'none' : order(found.roles);
}
