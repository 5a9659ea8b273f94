/**
 * Private op amp symbols that are not at hand: nearly all of them have the pins of one of LTspice's own, and
 * the wires show which (right for 2269 of 2274 placements of known symbols).
 */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Placement } from '../../../grammar/ltspice/tree.ts';
import { fitting, type Touches } from './fit.ts';
import { pinsOf } from './stock.ts';
import { baseName, type PartSymbol, symbolPath } from './symbols.ts';

const TEMPLATES = [
  pinsOf('In+:-32,80 In-:-32,48 V+:0,32 V-:0,96 OUT:32,64'),
  pinsOf('In+:-32,16 In-:-32,-16 V+:0,-32 V-:0,32 OUT:32,0'),
  pinsOf('In-:-32,48 In+:-32,80 OUT:32,64'),
];

/** The op amp that an unknown symbol seems to be, with a warning; undefined when the wires do not fit one. */
export function opAmpTemplate(
  placement: Placement,
  { touches, diagnostics }: { readonly touches: Touches; readonly diagnostics: Diagnostics },
): PartSymbol | undefined {
  const path = symbolPath(placement);
  const name = placement.attributes.get('instname')?.text ?? '';
  if (!/^[UX]/i.test(name) && !/op-?amp/i.test(path)) return undefined;
  const value = baseName(path);
  const candidates = TEMPLATES.map(
    (pins): PartSymbol => ({
      name: value,
      kind: 'cell',
      pins,
      attributes: new Map([
        ['prefix', 'X'],
        ['value', value],
      ]),
    }),
  );
  const best = fitting(candidates, { placement, touches });
  if (best === undefined || !best.full) return undefined;
  const { pins } = best.symbol;
  const message = `The symbol "${path}" of ${name} is not at hand; by its wires it is taken for an op amp with the pins ${pins.map((pin) => pin.name).join(' ')}.`;
  const hint = `To be sure, put ${value}.asy beside the schematic.`;
  diagnostics.warning('assumed_symbol', placement.symbol.span, message, hint);
  return best.symbol;
}
