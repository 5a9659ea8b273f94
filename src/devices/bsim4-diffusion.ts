/** Areas and perimeters of the drain's and the source's diffusions: BSIM4.8.0 manual, sections 11.1-11.2. */

import type { Geometry } from './bsim4-geometry.ts';
import { type DeviceData, DeviceFault } from './device.ts';
import { nonNegative } from './parameters.ts';

export interface Diffusion {
  /** [m^2] */
  readonly area: number;
  /** Without the edge at the gate [m]. */
  readonly perimeter: number;
}

export type End = 'drain' | 'source';

const STATED = {
  drain: { area: 'ad', perimeter: 'pd' },
  source: { area: 'as', perimeter: 'ps' },
} as const;

/** What the card states, the rest from how the fingers share their diffusions. */
export function diffusionOf(data: DeviceData, geometry: Geometry, end: End): Diffusion {
  const { model, instance } = data;
  const drawn = drawnDiffusion(data, geometry, end);
  const area = instance.get(STATED[end].area);
  const perimeter = instance.get(STATED[end].perimeter);
  const gateEdge = (model.get('permod') ?? 1) === 0 ? 0 : geometry.junctionWidth * geometry.fingers;
  return {
    area: area === undefined ? drawn.area : nonNegative(area, STATED[end].area),
    perimeter:
      perimeter === undefined
        ? drawn.perimeter
        : Math.max(nonNegative(perimeter, STATED[end].perimeter) - gateEdge, 0),
  };
}

/** A diffusion at the end of the row: isolated, shared with a neighbour, or merged without a contact. */
type Kind = 'isolated' | 'shared' | 'merged';

/** Source and drain by GEOMOD 0-8. */
const KINDS: readonly (readonly [source: Kind, drain: Kind])[] = [
  ['isolated', 'isolated'],
  ['isolated', 'shared'],
  ['shared', 'isolated'],
  ['shared', 'shared'],
  ['isolated', 'merged'],
  ['shared', 'merged'],
  ['merged', 'isolated'],
  ['merged', 'shared'],
  ['merged', 'merged'],
];

function drawnDiffusion({ model, instance }: DeviceData, geometry: Geometry, end: End): Diffusion {
  const of = (name: string) => model.get(name) ?? 0;
  const contact = of('dmcg') - of('dmcgt'); // from the gate to the middle of a contact
  const merged = of('dmdg') - of('dmcgt');
  const { junctionWidth: width, fingers } = geometry;
  const sizes: Readonly<Record<Kind, Diffusion>> = {
    isolated: {
      area: (contact + of('dmci')) * width,
      perimeter: 2 * (contact + of('dmci')) + width,
    },
    shared: { area: contact * width, perimeter: 2 * contact },
    merged: { area: merged * width, perimeter: 2 * merged },
  };
  const geometryModel = instance.get('geomod') ?? model.get('geomod') ?? 0;
  const kinds = KINDS[geometryModel];
  if (kinds === undefined) {
    throw new DeviceFault(`GEOMOD is ${geometryModel}; layouts 0 to 8 are modelled.`);
  }
  const { outer, inner } = diffusionCounts(fingers, (instance.get('min') ?? 0) !== 1)[end];
  const outside = sizes[kinds[end === 'source' ? 0 : 1]];
  return {
    area: outer * outside.area + inner * sizes.shared.area,
    perimeter: outer * outside.perimeter + inner * sizes.shared.perimeter,
  };
}

/** How many ends of the row, and how many sides of fingers inside it, belong to either; the fewer to the drain unless MIN is 1. */
function diffusionCounts(fingers: number, fewestDrains: boolean) {
  if (fingers % 2 === 1) {
    const both = { outer: 1, inner: Math.max(fingers - 1, 0) };
    return { source: both, drain: both };
  }
  const ends = { outer: 2, inner: Math.max(fingers - 2, 0) };
  const inside = { outer: 0, inner: fingers };
  return fewestDrains ? { source: ends, drain: inside } : { source: inside, drain: ends };
}
