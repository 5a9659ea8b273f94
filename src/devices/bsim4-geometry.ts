/** Sizes of a BSIM4 transistor: BSIM4.8.0 manual, section 1.2, all per finger of the gate [m]. */

import type { DeviceData } from './device.ts';
import { positive } from './parameters.ts';

export interface Geometry {
  /** NF */
  readonly fingers: number;
  /** L + XL, as drawn on the mask [m]. */
  readonly drawnLength: number;
  /** Leff and Weff of the channel without bias [m]. */
  readonly length: number;
  readonly width: number;
  /** WeffCJ, of the junctions [m]. */
  readonly junctionWidth: number;
}

const SIZE = 5e-6; // L and W of a card that states none

export function geometryOf({ model, instance }: DeviceData): Geometry {
  const of = (name: string, otherwise = 0) => model.get(name) ?? otherwise;
  const fingers = positive(instance.get('nf') ?? 1, 'nf');
  const drawnLength = positive((instance.get('l') ?? SIZE) + of('xl'), 'L + XL');
  const drawnWidth = positive((instance.get('w') ?? SIZE) / fingers + of('xw'), 'W / NF + XW');

  /** a / L^m + b / W^n + c / (L^m W^n) with a, b and c by name. */
  const variation = (a: number, b: number, c: number, [m, n]: readonly [string, string]) => {
    const [l, w] = [drawnLength ** of(m, 1), drawnWidth ** of(n, 1)];
    return a / l + b / w + c / (l * w);
  };
  const lengths = variation(of('ll'), of('lw'), of('lwl'), ['lln', 'lwn']);
  const widths = variation(of('wl'), of('ww'), of('wwl'), ['wln', 'wwn']);
  const capacitive = variation(of('wlc', of('wl')), of('wwc', of('ww')), of('wwlc', of('wwl')), [
    'wln',
    'wwn',
  ]);
  const side = of('dwj', of('dwc', of('wint')));
  return {
    fingers,
    drawnLength,
    length: positive(drawnLength - 2 * (of('lint') + lengths), 'the effective length'),
    width: positive(drawnWidth - 2 * (of('wint') + widths), 'the effective width'),
    junctionWidth: positive(drawnWidth - 2 * (side + capacitive), 'the width of the junctions'),
  };
}
