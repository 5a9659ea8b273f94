/** Which `*@` lines still speak of something in the flat netlist. */

import type { Directive, DirectiveLine } from '../../../grammar/directive/tree.ts';

/** True if a line at top level means the same in the flat netlist; `has` knows its element names. */
export function survives({ directive }: DirectiveLine, has: (name: string) => boolean): boolean {
  const names = namesOf(directive);
  return names?.every(has) ?? false;
}

/** The elements that a directive names; undefined where it speaks of what the hierarchy is. */
function namesOf(directive: Directive): readonly string[] | undefined {
  switch (directive.kind) {
    case 'output':
      return directive.probe.quantity === 'I' ? [directive.probe.element.text] : [];
    case 'input':
      return directive.sources.map(({ text }) => text);
    case 'opamp':
    case 'range':
    case 'tol':
      return [directive.target.text];
    case 'match':
      return directive.elements.map(({ text }) => text);
    case 'sigma':
      return directive.target === undefined ? [] : [directive.target.text];
    case 'montecarlo':
    case 'deltas':
    case 'temp':
      return [];
    case 'let':
    case 'expect':
      return undefined;
  }
}
