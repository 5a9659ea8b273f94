/** The bipolar transistor: the Gummel-Poon model of SPICE at DC. */

import { baseCurrent, isModulated } from './base-resistance.ts';
import { bipolarCurrents } from './bipolar-currents.ts';
import { type BipolarModel, bipolarModel } from './bipolar-model.ts';
import type {
  DeviceData,
  DeviceKind,
  InputRole,
  Law,
  Pair,
  SeriesResistor,
  Structure,
} from './device.ts';
import { criticalVoltage, junctionCurrent, limitJunction, startVoltage } from './junction.ts';
import { oncePerDevice } from './once.ts';
import { names } from './parameters.ts';

const modelOf = oncePerDevice(bipolarModel);

export const bipolar: DeviceKind = {
  parameters: {
    used: names(`level tnom tref is bf nf vaf va ikf ik ise c2 ne br nr var vb ikr isc c4 nc
      rb irb rbm re rc xtb eg xti iss ns subs nkf nk tlev rco ibe ibc
      tbf1 tbf2 tbr1 tbr2 tikf1 tikf2 tikr1 tikr2 tirb1 tirb2 tnc1 tnc2 tne1 tne2 tnf1 tnf2
      tnr1 tnr2 trb1 trb trb2 trc1 trc trc2 tre1 tre tre2 trm1 trm2 tvaf1 tvaf2 tvar1 tvar2
      tns1 tns2`),
    // TBF1 to TISS2 hold with TLEV = 1, which is refused; VO, GAMMA and the like with RCO, likewise.
    inert:
      names(`npn pnp tbf1 tbf2 tbr1 tbr2 cje vje pe mje me tf xtf vtf itf ptf cjc vjc pc mjc mc xcjc xcjc2 tr
      cjs csub ccs vjs ps mjs ms fc kf af vo gamma qco vg cn d quasimod tlevc ctc cte cts
      tvjc tvje tvjs titf1 titf2 ttf1 ttf2 ttr1 ttr2 tmje1 tmje2 tmjc1 tmjc2 tmjs1 tmjs2
      tis1 tis2 tise1 tise2 tisc1 tisc2 tiss1 tiss2
      vbe_max vbc_max vce_max pd_max ic_max ib_max te_max rth0
      mfg type vceo icrating`),
  },
  instanceParameters: {
    used: names('area areab areac m temp dtemp off'),
    inert: names('icvbe icvce ic'),
  },
  structure: (data) => structureOf(modelOf(data)),
  law: (data) => lawOf(modelOf(data), data),
};

/** Inputs: vbe, vbc, vsub and, where the base resistance depends on them, its voltage. */
function structureOf(model: BipolarModel): Structure {
  const { baseResistance: RB, collectorResistance: RC, emitterResistance: RE } = model;
  const hasBase = RB > 0 || model.leastBaseResistance > 0;
  const base = hasBase ? "base'" : 'base';
  const collector = RC > 0 ? "collector'" : 'collector';
  const emitter = RE > 0 ? "emitter'" : 'emitter';
  const resistors: SeriesResistor[] = [];
  const add = (name: string, pair: Pair, resistance: number) => {
    if (resistance > 0) resistors.push({ name, pair, resistance: resistance / model.multiplier });
  };
  const modulated: Pair[] = isModulated(model) ? [['base', base]] : [];
  if (modulated.length === 0) add('RB', ['base', base], RB);
  add('RC', ['collector', collector], RC);
  add('RE', ['emitter', emitter], RE);

  const emitterJunction: Pair = [base, emitter];
  const collectorJunction: Pair = [base, collector];
  const substrate: Pair = ['substrate', model.isLateral ? base : collector];
  return {
    resistors,
    inputs: [emitterJunction, collectorJunction, substrate, ...modulated].map(
      (pair): InputRole => ({ quantity: 'V', pair }),
    ),
    outputs: [[collector, emitter], emitterJunction, collectorJunction, substrate, ...modulated],
  };
}

function lawOf(model: BipolarModel, data: DeviceData): Law {
  const { polarity } = data;
  const substrateSign = model.isLateral ? -polarity : polarity;
  const hasModulation = isModulated(model);
  const inputs = hasModulation ? 4 : 3;
  const critical = criticalVoltage(model.forward);
  const first = data.instance.get('off') === 1 ? 0 : startVoltage(model.forward);

  const limits = [
    { sign: polarity, junction: model.forward },
    { sign: polarity, junction: model.reverse },
    { sign: substrateSign, junction: model.substrate },
  ] as const;

  return {
    evaluate(u, { values, jacobian }, { gmin }) {
      const vbe = polarity * (u[0] ?? 0);
      const vbc = polarity * (u[1] ?? 0);
      const vsub = substrateSign * (u[2] ?? 0);
      const currents = bipolarCurrents([vbe, vbc], { model, gmin });
      const substrate = junctionCurrent(vsub, model.substrate);
      const { transport, emitterJunction, collectorJunction } = currents;
      jacobian.fill(0);
      values[0] = polarity * transport.value;
      jacobian[0] = transport.byEmitter;
      jacobian[1] = transport.byCollector;
      values[1] = polarity * emitterJunction.value;
      jacobian[inputs] = emitterJunction.slope;
      values[2] = polarity * collectorJunction.value;
      jacobian[2 * inputs + 1] = collectorJunction.slope;
      values[3] = substrateSign * (substrate.value + gmin * vsub);
      jacobian[3 * inputs + 2] = substrate.slope + gmin;
      if (hasModulation) {
        const base = baseCurrent(polarity * (u[3] ?? 0), { currents, model });
        values[4] = polarity * base.value;
        const row = 4 * inputs;
        jacobian[row] = base.byEmitter;
        jacobian[row + 1] = base.byCollector;
        jacobian[row + 3] = base.byBase;
      }
      scale(values, model.multiplier);
      scale(jacobian, model.multiplier);
    },
    limit(u, before) {
      let changed = false;
      for (let j = 0; j < limits.length; j++) {
        const { sign, junction } = limits[j] ?? limits[0];
        const v = u[j] ?? 0;
        if (junction.saturation === 0) continue;
        u[j] = sign * limitJunction(sign * v, sign * (before[j] ?? 0), junction);
        changed ||= u[j] !== v;
      }
      return changed;
    },
    start: Float64Array.from({ length: inputs }, (_, j) => (j === 0 ? polarity * first : 0)),
    region(u) {
      // Half the critical voltage, about 0.4 V for silicon: below it a junction carries next to nothing.
      const [emitterOn, collectorOn] = [u[0], u[1]].map((v) => polarity * (v ?? 0) > critical / 2);
      if (emitterOn) return collectorOn ? 'saturation' : 'forward active';
      return collectorOn ? 'reverse active' : 'cut-off';
    },
  };
}

function scale(numbers: Float64Array, factor: number): void {
  if (factor === 1) return;
  for (let i = 0; i < numbers.length; i++) numbers[i] = factor * (numbers[i] ?? 0);
}
