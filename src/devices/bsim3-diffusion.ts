/**
 * The diffusions of drain and source of a BSIM3 transistor: how large their junctions are and which resistance they have. As on the
 * card (ACM 0 and 10), or where the card says nothing from the width of the gate and HDIF, from its edge to the contact
 * (ACM 2, and 12 with CALCACM 1). HSPICE MOSFET models manual, "MOSFET diode model selectors".
 */

import { type DeviceData, DeviceFault, type Values } from './device.ts';
import { nonNegative, positive } from './parameters.ts';

export interface Diffusion {
  /** [m^2] */
  readonly area: number;
  /** [m] */
  readonly perimeter: number;
  /** [ohm] */
  readonly resistance: number;
}

const NAMES = {
  drain: { area: 'ad', perimeter: 'pd', squares: 'nrd', own: 'rd', contact: 'rdc' },
  source: { area: 'as', perimeter: 'ps', squares: 'nrs', own: 'rs', contact: 'rsc' },
} as const;

/** @throws {DeviceFault} for an ACM without these formulas. */
export function diffusion(data: DeviceData, end: 'drain' | 'source'): Diffusion {
  const { model, instance } = data;
  const names = NAMES[end];
  const parameter = (name: string) => nonNegative(model.get(name) ?? 0, name);
  const stated = (name: string) =>
    instance.has(name) ? nonNegative(instance.get(name) ?? 0, name) : undefined;
  const sheet = parameter('rsh');
  const isSpice = isSpiceGeometry(model);
  if (isSpice) {
    return {
      area: stated(names.area) ?? 0,
      perimeter: stated(names.perimeter) ?? 0,
      resistance: sheet * (stated(names.squares) ?? 1),
    };
  }
  const scale = positive(model.get('wmlt') ?? 1, 'wmlt');
  const width = positive((instance.get('w') ?? 5e-6) * scale + (model.get('xw') ?? 0), 'w');
  const reach = parameter('hdif') * scale;
  const isComputed = model.get('acm') === 2 || model.get('calcacm') === 1;
  const squares = stated(names.squares) ?? reach / width;
  return {
    area: scaled(stated(names.area), scale ** 2) ?? (isComputed ? 2 * reach * width : 0),
    perimeter: scaled(stated(names.perimeter), scale) ?? (isComputed ? 4 * reach + 2 * width : 0),
    resistance:
      ((parameter('ld') + parameter('ldif')) * parameter(names.own)) / width +
      sheet * squares +
      parameter(names.contact),
  };
}

/** From the mask to the silicon. */
function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** @throws {DeviceFault} unless ACM is 0, 2, 10 or 12. */
function isSpiceGeometry(model: Values): boolean {
  const acm = model.get('acm') ?? 0;
  if (acm === 0 || acm === 10) return true;
  if (acm === 2 || acm === 12) return false;
  throw new DeviceFault(`ACM is ${acm}; drain and source have the geometries of ACM 0, 2, 10, 12.`);
}
