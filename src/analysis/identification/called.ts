/** Which definitions a directive calls op amps without saying what their pins are. */

import type { InstanceCard, Statement } from '../../../grammar/spice/tree.ts';
import { NO_MATCH, rank } from '../../circuit/pattern.ts';

/** Lower-case names of the definitions of top-level instances that a top-level directive speaks of. */
export function calledOpAmps(statements: readonly Statement[]): ReadonlySet<string> {
  const targets = statements.flatMap((statement) => {
    if (statement.kind !== 'directive' || statement.directive.kind !== 'opamp') return [];
    return statement.directive.pins === undefined ? [statement.directive.target.text] : [];
  });
  const called = new Set<string>();
  if (targets.length === 0) return called;
  for (const statement of statements) {
    if (statement.kind !== 'card' || statement.letter !== 'X') continue;
    const { name, subcircuit } = statement as InstanceCard;
    const key = subcircuit.text.toLowerCase();
    if (called.has(key)) continue;
    const isTarget = (target: string) => rank(target, name.text, subcircuit.text) !== NO_MATCH;
    if (targets.some(isTarget)) called.add(key);
  }
  return called;
}
