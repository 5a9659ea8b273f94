/**
 * The bipolar transistor of VBIC (levels 4 and 9): quasi-saturation, avalanche, and the transistor that base, collector and
 * substrate are, at the temperature of the circuit.
 */

import { Dual } from '../numeric/dual.ts';
import type { DeviceData, DeviceKind, Law, Pair, SeriesResistor, Structure } from './device.ts';
import { criticalVoltage, limitJunction, startVoltage } from './junction.ts';
import { oncePerDevice } from './once.ts';
import { names } from './parameters.ts';
import {
  collectorCurrent,
  emitterJunction,
  intrinsic,
  parasitic,
  parasiticEmitter,
  parasiticReverse,
  substrateJunction,
} from './vbic-currents.ts';
import { VBIC_PARAMETERS, type VbicModel, vbicModel } from './vbic-model.ts';

const modelOf = oncePerDevice(vbicModel);

export const vbic: DeviceKind = {
  parameters: {
    used: new Set([...VBIC_PARAMETERS, ...names('level tnom tref xrb xrc selft rth')]),
    inert:
      names(`npn pnp cbeo cje cbco cjc qco cjep cjcp ps ms ajs tf qtf xtf vtf itf tr td kfn afn bfn cth ccso
      ebbe vers vref version vbe_max vbc_max vce_max dtemp`),
  },
  instanceParameters: {
    used: names('area m temp dtemp off'),
    inert: names('icvbe icvce ic'),
  },
  structure: (data) => structureOf(modelOf(data)),
  law: (data) => lawOf(modelOf(data), data),
};

/** The nodes inside, each of which is its neighbour where no resistance parts them. */
function nodesOf(p: VbicModel) {
  const behind = (resistance: number, inner: string, outer: string) =>
    resistance > 0 ? inner : outer;
  const cx = behind(p.rcx, "collector'", 'collector');
  const bx = behind(p.rbx, "base'", 'base');
  return {
    cx,
    bx,
    ci: behind(p.rci, 'collCI', cx),
    bi: behind(p.rbi, 'baseBI', bx),
    ei: behind(p.re, "emitter'", 'emitter'),
    bp: behind(p.rbp, 'baseBP', cx),
    si: behind(p.rs, "substrate'", 'substrate'),
  };
}

/** Inputs in their order. */
const VBEI = 0;
const VBEX = 1;
const VBCI = 2;
const VBCX = 3;
const VRCI = 4;
const VRBI = 5;
const VBEP = 6;
const VRBP = 7;
const VBCP = 8;
const INPUTS = 9;

/** A step of VRCI across 0 that is more than rounding [V]. */
const LONG_STEP = 0.05;

function structureOf(p: VbicModel): Structure {
  const { cx, bx, ci, bi, ei, bp, si } = nodesOf(p);
  const resistors: SeriesResistor[] = (
    [
      ['RCX', ['collector', cx], p.rcx],
      ['RBX', ['base', bx], p.rbx],
      ['RE', ['emitter', ei], p.re],
      ['RS', ['substrate', si], p.rs],
    ] as const
  )
    .filter(([, , resistance]) => resistance > 0)
    .map(([name, pair, resistance]) => ({ name, pair, resistance: resistance / p.multiplier }));
  const inputs: Pair[] = [
    [bi, ei],
    [bx, ei],
    [bi, ci],
    [bi, cx],
    [cx, ci],
    [bx, bi],
    [bx, bp],
    [bp, cx],
    [si, bp],
  ];
  return {
    resistors,
    inputs: inputs.map((pair) => ({ quantity: 'V', pair })),
    outputs: [
      [bi, ei],
      [bx, ei],
      [ci, ei],
      [bi, ci],
      [cx, ci],
      [bx, bi],
      [bx, bp],
      [bp, cx],
      [si, bp],
      [bx, si],
    ],
  };
}

/** A current and the inputs that its three derivatives are for. */
type Row = readonly [current: Dual, ...of: readonly number[]];

/** Input j as one of the three variables of a dual number. */
const variable = (u: Float64Array, j: number, place: 0 | 1 | 2): Dual =>
  new Dual(u[j] ?? 0, place === 0 ? 1 : 0, place === 1 ? 1 : 0, place === 2 ? 1 : 0);

function currentsAt(u: Float64Array, p: VbicModel, gmin: number): readonly Row[] {
  const first = (j: number) => variable(u, j, 0);
  const shunted = (current: Dual, v: Dual) => current.plus(v.times(gmin));
  const [vbei, vbci] = [first(VBEI), variable(u, VBCI, 1)];
  const { charge, transport, collectorJunction } = intrinsic(vbei, vbci, p);
  const [vbep, vbcp] = [first(VBEP), variable(u, VBCP, 2)];
  const lower = parasitic(vbep, vbci, p);
  const through = (of: Dual, v: number, resistance: number) =>
    resistance > 0 ? variable(u, v, 2).times(of).over(resistance) : Dual.constant(0);
  const [inner, outer, across] = [first(VBCI), variable(u, VBCX, 1), variable(u, VRCI, 2)];
  const epitaxial =
    p.rci > 0 ? shunted(collectorCurrent(inner, outer, across, p), across) : Dual.constant(0);
  return [
    [shunted(emitterJunction(vbei, p).times(p.wbe), vbei), VBEI],
    [shunted(emitterJunction(first(VBEX), p).times(1 - p.wbe), first(VBEX)), VBEX],
    [transport, VBEI, VBCI],
    [shunted(collectorJunction, vbci), VBEI, VBCI],
    [epitaxial, VBCI, VBCX, VRCI],
    [through(charge, VRBI, p.rbi), VBEI, VBCI, VRBI],
    [shunted(parasiticEmitter(vbep, p), vbep), VBEP],
    [through(lower.charge, VRBP, p.rbp), VBEP, VBCI, VRBP],
    [shunted(substrateJunction(first(VBCP), p), first(VBCP)), VBCP],
    [lower.forward.minus(parasiticReverse(vbcp, p)).over(lower.charge), VBEP, VBCI, VBCP],
  ];
}

function lawOf(p: VbicModel, { polarity, instance }: DeviceData): Law {
  const emission = (n: number) => n * p.thermalVoltage;
  const emitter = { saturation: p.is, emission: emission(p.nf) };
  const collector = { saturation: p.is * p.isrr, emission: emission(p.nr) };
  const parasiticBase = { saturation: p.isp, emission: emission(p.nfp) };
  const substrate = { saturation: p.ibcip, emission: emission(p.ncip) };
  const limits = [
    [VBEI, emitter],
    [VBEX, emitter],
    [VBCI, collector],
    [VBCX, collector],
    [VBEP, parasiticBase.saturation > 0 ? parasiticBase : collector],
    [VBCP, substrate.saturation > 0 ? substrate : collector],
  ] as const;
  const critical = criticalVoltage(emitter);
  const first = instance.get('off') === 1 ? 0 : startVoltage(emitter);
  return {
    evaluate(u, { values, jacobian }, { gmin }) {
      jacobian.fill(0);
      const npn = u.map((v) => polarity * v);
      const rows = currentsAt(npn, p, gmin / p.multiplier); // GMIN has no AREA
      for (const [i, [{ value, d0, d1, d2 }, ...of]] of rows.entries()) {
        values[i] = polarity * p.multiplier * value;
        for (const [k, slope] of [d0, d1, d2].entries()) {
          const j = of[k];
          if (j !== undefined) jacobian[i * INPUTS + j] = p.multiplier * slope;
        }
      }
    },
    limit(u, before) {
      let changed = false;
      for (const [j, junction] of limits) {
        const v = u[j] ?? 0;
        u[j] = polarity * limitJunction(polarity * v, polarity * (before[j] ?? 0), junction);
        changed ||= u[j] !== v;
      }
      // The current of the collector bends away on either side of 0: from there Newton's steps fall short, and converge.
      const [to, from] = [u[VRCI] ?? 0, before[VRCI] ?? 0];
      if (p.vo > 0 && to * from < 0 && Math.abs(to - from) > LONG_STEP) {
        u[VRCI] = 0;
        changed = true;
      }
      return changed;
    },
    start: Float64Array.from({ length: INPUTS }, (_, j) =>
      j === VBEI || j === VBEX ? polarity * first : 0,
    ),
    region(u) {
      const [emitterOn, collectorOn] = [u[VBEI], u[VBCI]].map(
        (v) => polarity * (v ?? 0) > critical / 2,
      );
      if (emitterOn) return collectorOn ? 'saturation' : 'forward active';
      return collectorOn ? 'reverse active' : 'cut-off';
    },
  };
}
