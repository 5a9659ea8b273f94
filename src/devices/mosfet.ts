/**
 * The MOSFET of levels 1-3: terminals, bulk junctions and series resistances around the channel of its level.
 *
 *   u = (Vgs, Vds, Vbs) of the inner drain and source, f = (I drain' -> source', I bulk -> drain', I bulk -> source')
 */

import { Dual } from '../numeric/dual.ts';
import type {
  Conditions,
  DeviceData,
  DeviceKind,
  Evaluation,
  Law,
  Pair,
  SeriesResistor,
  Structure,
  Values,
} from './device.ts';
import { limitChannel } from './field-effect-limit.ts';
import {
  exponential,
  type Junction,
  junctionCurrent,
  limitJunction,
  type Slope,
} from './junction.ts';
import type { Channel, ChannelParameters, Inversion } from './mosfet-channel.ts';
import { shichmanHodges } from './mosfet-level-1.ts';
import { geometric } from './mosfet-level-2.ts';
import { semiEmpirical } from './mosfet-level-3.ts';
import { levelOf, mosfetParameters } from './mosfet-parameters.ts';
import { names, nonNegative, positive } from './parameters.ts';

export const mosfet: DeviceKind = {
  parameters: {
    used: names(`level vto vt0 delvto delvt0 kp gamma phi lambda rd rs rb rds rsh is js jssw n pb tox l w
      ld wd xl xw uo u0 nsub tpg nss nfs xj delta ucrit uexp vmax neff theta eta kappa tnom`),
    inert:
      names(`cbd cbs cgso cgdo cgbo cj mj cjsw mjsw pbsw fc kf af nlev gdsnoi gdsnoise tt xqc utra rg
      lmin lmax wmin wmax`),
  },
  instanceParameters: {
    used: names('l w m ad as nrd nrs nrb temp dtemp'),
    inert: names('pd ps nrg off ic'),
  },
  structure,
  law,
};

const channels: Record<1 | 2 | 3, (parameters: ChannelParameters, model: Values) => Channel> = {
  1: shichmanHodges,
  2: geometric,
  3: semiEmpirical,
};

/** A model's own resistance, or RSH times the squares of the card. */
const RESISTANCES = [
  { terminal: 'drain', own: 'rd', squares: 'nrd', squaresUnlessStated: 1 },
  { terminal: 'source', own: 'rs', squares: 'nrs', squaresUnlessStated: 1 },
  { terminal: 'bulk', own: 'rb', squares: 'nrb', squaresUnlessStated: 0 },
] as const;

function structure({ model, instance }: DeviceData): Structure {
  levelOf(model);
  const multiplier = positive(instance.get('m') ?? 1, 'm');
  const resistors: SeriesResistor[] = [];
  const add = (name: string, ohms: number, pair: Pair) => {
    const resistance = nonNegative(ohms, name) / multiplier;
    if (resistance > 0) resistors.push({ name: name.toUpperCase(), pair, resistance });
    return resistance > 0 ? pair[1] : pair[0];
  };
  const [drain = 'drain', source = 'source', bulk = 'bulk'] = RESISTANCES.map(
    ({ terminal, own, squares, squaresUnlessStated }) => {
      const ohms = model.get(own);
      const sheet = (model.get('rsh') ?? 0) * (instance.get(squares) ?? squaresUnlessStated);
      return add(own, ohms ?? sheet, [terminal, `${terminal}'`]);
    },
  );
  add('rds', model.get('rds') ?? 0, ['drain', 'source']); // PSpice: a leak, none unless stated
  return {
    resistors,
    inputs: (
      [
        ['gate', source],
        [drain, source],
        [bulk, source],
      ] as const
    ).map((pair) => ({ quantity: 'V', pair })),
    outputs: [
      [drain, source],
      [bulk, drain],
      [bulk, source],
    ],
  };
}

/** (vgs, vds, vbs) as an N-channel transistor has them [V]. */
interface Voltages {
  readonly vgs: number;
  readonly vds: number;
  readonly vbs: number;
}

function law(data: DeviceData): Law {
  const { polarity, model } = data;
  const { channel: parameters, saturation, threshold } = mosfetParameters(data);
  const channel = channels[levelOf(model)](parameters, model);
  const bulk = levelOf(model) === 3 ? junctionCurrent : steppedJunction;
  const emission = positive(model.get('n') ?? 1, 'n') * parameters.thermalVoltage;
  const junctions = {
    drain: { saturation: saturation.drain, emission },
    source: { saturation: saturation.source, emission },
  };

  function voltages(u: Float64Array): Voltages {
    const [vgs = 0, vds = 0, vbs = 0] = u.map((v) => polarity * v);
    return { vgs, vds, vbs };
  }

  return {
    start: Float64Array.of(polarity * threshold, 0, -polarity),

    evaluate(u: Float64Array, { values, jacobian }: Evaluation, { gmin }: Conditions): void {
      const at = voltages(u);
      const { current } = inversion(channel, at);
      const drain = bulk(at.vbs - at.vds, junctions.drain);
      const source = bulk(at.vbs, junctions.source);
      values[0] = polarity * current.value;
      values[1] = polarity * (drain.value + gmin * (at.vbs - at.vds));
      values[2] = polarity * (source.value + gmin * at.vbs);
      const [gd, gs] = [drain.slope + gmin, source.slope + gmin];
      jacobian.set([current.d0, current.d1, current.d2, 0, -gd, gd, 0, 0, gs]);
    },

    limit(u: Float64Array, before: Float64Array): boolean {
      const [to, from] = [voltages(u), voltages(before)];
      const { threshold } = inversion(channel, from);
      const limited = { ...to, ...limitChannel(to, { before: from, threshold }) };
      if (limited.vds >= 0) limited.vbs = limitJunction(to.vbs, from.vbs, junctions.source);
      else {
        const toVbd = to.vbs - limited.vds;
        const vbd = limitJunction(toVbd, from.vbs - from.vds, junctions.drain);
        if (vbd !== toVbd) limited.vbs = vbd + limited.vds;
      }
      const next = [limited.vgs, limited.vds, limited.vbs].map((v) => polarity * v);
      const changed = next.some((v, i) => v !== u[i]);
      u.set(next);
      return changed;
    },

    region(u: Float64Array): string {
      const at = voltages(u);
      const { threshold, saturation } = inversion(channel, at);
      const [vgs, vds] = at.vds >= 0 ? [at.vgs, at.vds] : [at.vgs - at.vds, -at.vds];
      if (vgs > threshold) return vds < saturation ? 'linear' : 'saturation';
      return (model.get('nfs') ?? 0) > 0 && levelOf(model) > 1 ? 'weak inversion' : 'cut-off';
    },
  };
}

/** The bulk's junctions of levels 1 and 2 in SPICE3: below -3 kT/q without the exponential, a step of e^-3 IS. */
function steppedJunction(v: number, { saturation, emission }: Junction): Slope {
  if (v <= -3 * emission) return { value: -saturation, slope: 0 };
  const { value, slope } = exponential(v / emission);
  return { value: saturation * (value - 1), slope: (saturation * slope) / emission };
}

/** The channel in either direction, differentiated by vgs, vds and vbs. */
function inversion(channel: Channel, at: Voltages): Inversion {
  const vgs = new Dual(at.vgs, 1, 0, 0);
  const vds = new Dual(at.vds, 0, 1, 0);
  const vbs = new Dual(at.vbs, 0, 0, 1);
  if (at.vds >= 0) return channel({ vgs, vds, vbs });
  // Drain and source change places.
  const exchanged = channel({ vgs: vgs.minus(vds), vds: vds.negated(), vbs: vbs.minus(vds) });
  return { ...exchanged, current: exchanged.current.negated() };
}
