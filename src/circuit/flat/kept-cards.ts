/** Cards that are kept as written (`.meas`, `.tran`, `.control`): which parameters they could name. */

import type { Assignment, DotCard, Statement } from '../../../grammar/spice/tree.ts';
import { EvaluationFault, type Scope } from '../scope.ts';

type KeptCard = Extract<DotCard, { kind: 'kept' }>;
type ParameterCard = Extract<DotCard, { kind: 'parameters' }>;

const WORD = /[A-Za-z_][\w$]*/g;

/** `.param` with the numbers of the parameters that kept cards name; undefined when they name none. */
export function keptParameters(
  statements: readonly Statement[],
  scope: Scope,
): ParameterCard | undefined {
  const assignments = new Map<string, Assignment>();
  for (const statement of statements) {
    if (statement.kind !== 'kept') continue;
    const { span } = statement;
    for (const [name] of statement.text.matchAll(WORD)) {
      const key = name.toLowerCase();
      if (assignments.has(key) || !scope.has(name)) continue;
      const value = numberOf(name, { scope, span });
      if (value === undefined) continue;
      assignments.set(key, {
        kind: 'assignment',
        key: { text: name, span },
        value: { kind: 'number', value, span },
        span,
      });
    }
  }
  const [first] = assignments.values();
  if (first === undefined) return undefined;
  return { kind: 'parameters', assignments: [...assignments.values()], span: first.span };
}

/** Undefined where the word of the card is no parameter after all but a name like one that has no value. */
function numberOf(
  name: string,
  { scope, span }: { scope: Scope; span: KeptCard['span'] },
): number | undefined {
  try {
    return scope.evaluate({ kind: 'name', name, span });
  } catch (fault) {
    if (!(fault instanceof EvaluationFault)) throw fault;
    return undefined;
  }
}

/** `.step param r 1 10 1`, `.step r list 1 2`, `.data`: words that may name what is stepped. */
export function steppedParameters({ keyword, text }: KeptCard): readonly string[] {
  if (!/^\.(?:step|data|alter)$/i.test(keyword.text)) return [];
  const words = text.slice(keyword.text.length).match(WORD) ?? [];
  return [...new Set(words)];
}
