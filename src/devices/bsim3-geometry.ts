/** The channel of BSIM3 between its mask and its electrical edges: BSIM3v3 manual, section 2.10. */

import type { Bin } from './bsim3-parameters.ts';
import type { DeviceData, Values } from './device.ts';
import { positive } from './parameters.ts';

export interface Geometry {
  /** Leff [m] */
  readonly length: number;
  /** Weff without the part that depends on the bias [m] */
  readonly width: number;
  readonly bin: Bin;
}

export function geometryOf({ model, instance }: DeviceData): Geometry {
  const drawn = {
    length: positive(instance.get('l') ?? 5e-6, 'l') + (model.get('xl') ?? 0),
    width: positive(instance.get('w') ?? 5e-6, 'w') + (model.get('xw') ?? 0),
  };
  const length = positive(
    drawn.length - 2 * edge(model, drawn, 'l'),
    'the effective length of the channel',
  );
  const width = positive(
    drawn.width - 2 * edge(model, drawn, 'w'),
    'the effective width of the channel',
  );
  // BINUNIT 1: per micrometre, else per metre.
  const unit = (model.get('binunit') ?? 1) === 1 ? 1e-6 : 1;
  const bin = { length: unit / length, width: unit / width, area: unit ** 2 / (length * width) };
  return { length, width, bin };
}

/** How far one edge stands inside the mask: LINT + LL / L^LLN + LW / W^LWN + LWL / (L^LLN W^LWN), for the width alike [m]. */
function edge(
  model: Values,
  drawn: { readonly length: number; readonly width: number },
  of: 'l' | 'w',
): number {
  const value = (name: string, otherwise = 0) => model.get(`${of}${name}`) ?? otherwise;
  const perLength = drawn.length ** -value('ln', 1);
  const perWidth = drawn.width ** -value('wn', 1);
  return (
    value('int') +
    value('l') * perLength +
    value('w') * perWidth +
    value('wl') * perLength * perWidth
  );
}
