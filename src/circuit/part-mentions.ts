/** Whether a netlist can name a part at all: without, no library is loaded for it. */

import type { Statement } from '../../grammar/spice/tree.ts';

/** True if a directive names a part, or the subcircuit of an instance has a digit in its name, as all parts have. */
export function mayNameParts(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'card':
        return 'subcircuit' in statement && /\d/.test(statement.subcircuit.text);
      case 'directive':
        return statement.directive.kind === 'opamp' && statement.directive.part !== undefined;
      case 'subcircuit':
        return mayNameParts(statement.statements);
      case 'if':
        return statement.branches.some((branch) => mayNameParts(branch.statements));
      default:
        return false;
    }
  });
}
