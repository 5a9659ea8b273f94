/** A netlist that KiCad exported -> its parts and nets. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import { parseKicadNetlist } from '../../../grammar/kicad/netlist.ts';
import type { Source } from '../../../grammar/source.ts';
import { type Board, field, type Net, type Pin } from '../board/board.ts';
import { statedVoltage } from '../board/supplies.ts';
import { KICAD_PROGRAM } from './program.ts';

export function exportedBoard(source: Source, diagnostics: Diagnostics): Board {
  const { parts, nets: listed } = parseKicadNetlist(source, diagnostics);
  const units = new Map(parts.map((part) => [part.reference.text, part.units]));
  const pinsOf = new Map<string, Pin[]>();
  const nets = listed.map(({ name, pins }): Net => {
    // The netlist does not say what a power symbol names; such names have no path and no bracket.
    const isPower = !/^\/|\(/.test(name.text) && pins.some(({ type }) => type.startsWith('power'));
    const net = {
      name: name.text,
      span: name.span,
      isPower: isPower || !!statedVoltage(name.text),
    };
    for (const { reference, number, name: pin, type } of pins) {
      const unit = units.get(reference)?.get(number);
      const those = pinsOf.get(reference) ?? [];
      those.push({ number, name: pin, type: type.replace(/\+no_connect$/, ''), unit, net });
      pinsOf.set(reference, those);
    }
    return net;
  });
  const components = parts.map((part) => ({
    ...part,
    isLettered: part.units.size === 0 ? undefined : new Set(part.units.values()).size > 1,
    isOnBoard: true,
    isPopulated: part.isPopulated && field(part, 'dnp') === undefined,
    pins: pinsOf.get(part.reference.text) ?? [],
  }));
  return { program: KICAD_PROGRAM, components, nets, texts: [] };
}
