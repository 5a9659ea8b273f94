/** Supply symbols without a source: a name as +5V states the voltage. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import type { NetlistText } from '../netlist-text.ts';
import type { Net, Program } from './board.ts';
import type { NodeNames } from './nodes.ts';
import { unused } from './unused.ts';

export interface SupplyContext {
  readonly text: NetlistText;
  readonly node: NodeNames;
  readonly names: Map<string, number>;
  readonly diagnostics: Diagnostics;
  readonly program: Program;
  /** Nets that a source is connected to. */
  readonly held: ReadonlySet<Net>;
}

/** `used`: the nets of the elements that were written. */
export function writeSupplies(used: ReadonlySet<Net>, context: SupplyContext): void {
  const { text, node, names, diagnostics, program, held } = context;
  for (const net of used) {
    const { name, span, isPower } = net;
    if (held.has(net) || node(net) === '0') continue;
    const volts = statedVoltage(name);
    const shown = shorten(name);
    if (volts !== undefined) {
      const element = unused(`V_${elementPart(node(net))}`, names);
      text.add(`${element} ${node(net)} 0 DC ${volts}\n`, span);
      const message = `No source holds "${shown}"; its name says ${volts} V, which is taken.`;
      const hint = `To have another voltage, ${program.toDrawSource} on it.`;
      diagnostics.warning('assumed_supply', span, message, hint);
    } else if (isPower) {
      const message = `No source holds the supply "${shown}", and its name does not say the voltage.`;
      const hint = `Name it by its voltage, as +5V, or ${program.toDrawSource} on it.`;
      diagnostics.warning('missing_supply', span, message, hint);
    }
  }
}

/** `+5V` and `-5V` are two names of elements, without signs. */
function elementPart(node: string): string {
  return node.replace(/^\+/, 'plus_').replace(/^-/, 'minus_').replace(/\W/g, '_');
}

/** `+5V`, `-12V`, `+3V3`, `3.3V`, `+15VA`, `5V_USB` -> volts. */
export function statedVoltage(name: string): string | undefined {
  const found = /^([-+]?)(\d{1,3})(?:[.,](\d{1,3}))?V(\d{1,2})?(?:DC|D|A|_\w+)?$/i.exec(name);
  if (found === null) return undefined;
  const [, sign = '', whole = '', decimals, behind] = found;
  if (decimals !== undefined && behind !== undefined) return undefined;
  const fraction = decimals ?? behind;
  return `${sign === '-' ? '-' : ''}${whole}${fraction === undefined ? '' : `.${fraction}`}`;
}
