/** The constant resistances around a BSIM4 channel: diffusions, the gate's electrode and the bulk's network. */

import type { Geometry } from './bsim4-geometry.ts';
import type { DeviceData, Pair, SeriesResistor } from './device.ts';
import { nonNegative, positive } from './parameters.ts';

/** Where the channel, its gate and its junctions end. */
export interface Terminals {
  readonly resistors: readonly SeriesResistor[];
  readonly drain: string;
  readonly gate: string;
  readonly source: string;
  /** Under the channel, and where the junctions of drain and source meet the bulk. */
  readonly bulk: string;
  readonly drainBulk: string;
  readonly sourceBulk: string;
}

export function terminalsOf(data: DeviceData, geometry: Geometry): Terminals {
  const { model, instance } = data;
  const multiplier = positive(instance.get('m') ?? 1, 'm');
  const resistors: SeriesResistor[] = [];
  const add = (name: string, [outer, inner]: Pair, ohms: number): string => {
    const resistance = nonNegative(ohms, name) / multiplier;
    if (resistance === 0) return outer;
    resistors.push({ name, pair: [outer, inner], resistance });
    return inner;
  };
  const sheet = model.get('rsh') ?? 0;
  const drain = add('RD', ['drain', "drain'"], sheet * (instance.get('nrd') ?? 0));
  const source = add('RS', ['source', "source'"], sheet * (instance.get('nrs') ?? 0));
  const gateModel = instance.get('rgatemod') ?? model.get('rgatemod') ?? 0;
  const gate = gateModel === 0 ? 'gate' : add('RG', ['gate', "gate'"], electrode(data, geometry));
  if ((instance.get('rbodymod') ?? model.get('rbodymod') ?? 0) === 0) {
    const bulk = 'bulk';
    return { resistors, drain, gate, source, bulk, drainBulk: bulk, sourceBulk: bulk };
  }
  const [bulk, drainBulk, sourceBulk] = ["bulk'", 'drainBulk', 'sourceBulk'];
  const NETWORK: readonly (readonly [name: string, pair: Pair])[] = [
    ['rbpb', ['bulk', bulk]],
    ['rbpd', [bulk, drainBulk]],
    ['rbps', [bulk, sourceBulk]],
    ['rbdb', ['bulk', drainBulk]],
    ['rbsb', ['bulk', sourceBulk]],
  ];
  const leak = model.get('gbmin') ?? 1e-12;
  for (const [name, pair] of NETWORK) {
    const ohms = nonNegative(instance.get(name) ?? model.get(name) ?? 50, name);
    add(name.toUpperCase(), pair, 1 / (1 / Math.max(ohms, 1e-3) + leak));
  }
  return { resistors, drain, gate, source, bulk, drainBulk, sourceBulk };
}

/** RSHG (XGW + WeffCJ / 3 NGCON) / (NGCON NF (L - XGL)) // BSIM4.8.0 manual, section 8.2 */
function electrode({ model, instance }: DeviceData, geometry: Geometry): number {
  const of = (name: string, otherwise: number) =>
    instance.get(name) ?? model.get(name) ?? otherwise;
  const contacts = positive(of('ngcon', 1), 'ngcon');
  const path = of('xgw', 0) + geometry.junctionWidth / 3 / contacts;
  const length = positive(geometry.drawnLength - of('xgl', 0), 'L - XGL');
  return (of('rshg', 0.1) * path) / (contacts * geometry.fingers * length);
}
