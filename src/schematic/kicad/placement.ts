/** Where the pins of a placed symbol are on the sheet. */

import type {
  LibraryPin,
  LibrarySymbol,
  PlacedSymbol,
  Point,
  Schematic,
} from '../../../grammar/kicad/tree.ts';

export interface PlacedPin extends LibraryPin {
  readonly place: Point;
}

/** The definition of a symbol, with the pins of what it is derived from. */
export function definitionOf(
  { key, name }: PlacedSymbol,
  { library }: Schematic,
): LibrarySymbol | undefined {
  const found = library.get(key) ?? library.get(name.text);
  if (found?.base === undefined) return found;
  const prefix = found.name.slice(0, found.name.indexOf(':') + 1);
  const base = library.get(found.base) ?? library.get(prefix + found.base);
  return base && { ...found, pins: base.pins, power: found.power ?? base.power };
}

/** The pins of one unit. */
export function placedPins(
  symbol: PlacedSymbol,
  { pins }: LibrarySymbol,
  unit: number,
): readonly PlacedPin[] {
  return pins
    .filter(
      (pin) =>
        (pin.unit === 0 || pin.unit === unit) && (pin.body === 0 || pin.body === symbol.body),
    )
    .map((pin) => ({ ...pin, place: placed(pin.at, symbol) }));
}

/** y is turned down, then the symbol is turned, mirrored and moved. */
export function placed(
  { x, y: up }: Point,
  { at, angle, mirror }: Pick<PlacedSymbol, 'at' | 'angle' | 'mirror'>,
): Point {
  const y = -up;
  const [turnedX, turnedY] = { 0: [x, y], 90: [y, -x], 180: [-x, -y], 270: [-y, x] }[angle] as [
    number,
    number,
  ];
  return {
    x: at.x + (mirror === 'y' ? -turnedX : turnedX),
    y: at.y + (mirror === 'x' ? -turnedY : turnedY),
  };
}
