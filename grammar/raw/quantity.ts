/** What a variable of a raw file is in the circuit. */

import type { RawVariable } from './read.ts';

export interface RawQuantity {
  readonly quantity: 'V' | 'I';
  /** Of the node or the element, hierarchy dotted, lower case: `x1.n`. */
  readonly name: string;
}

/**
 * `V(out)`, `v(x1:n)` and a bare node name are voltages; `I(R1)`, `i(@r1[i])`, `@r1[i]` and `v1#branch` are
 * currents of elements. Null for everything else: terminals of transistors, differences, sweeps.
 */
export function quantityOf({ name, type }: Pick<RawVariable, 'name' | 'type'>): RawQuantity | null {
  const text = name.toLowerCase();
  const called = /^([vi])\((.+)\)$/.exec(text);
  const inner = called?.[2] ?? text;
  const parameter = /^@(.+)\[(i|id|current)\]$/.exec(inner);
  if (parameter !== null && called?.[1] !== 'v') return current(parameter[1] ?? '');
  if (parameter !== null || /[@(),]/.test(inner)) return null;
  if (called !== null) return called[1] === 'v' ? voltage(inner) : current(inner);
  const branch = /^(.+)#branch$/.exec(text);
  if (branch !== null) return current(branch[1] ?? '');
  return type === 'voltage' ? voltage(text) : null;
}

function voltage(node: string): RawQuantity {
  return { quantity: 'V', name: dotted(node) };
}

/** ngspice puts the letter of a flattened element in front: `r.x1.r1` is r1 in x1. */
function current(element: string): RawQuantity {
  const name = dotted(element);
  const flattened = /^([a-z])\.(.+\.\1[^.]*)$/.exec(name);
  return { quantity: 'I', name: flattened?.[2] ?? name };
}

/** LTspice parts levels with colons. */
function dotted(name: string): string {
  return name.replaceAll(':', '.');
}
