/**
 * The diode: SPICE's junction diode (levels 1 and 3) at DC, or LTspice's idealised diode where the model states one
 * of its parameters.
 */

import type { DeviceData, DeviceKind, Law, Pair } from './device.ts';
import { diodeCurrent } from './diode-currents.ts';
import { idealDiodeLaw, isIdealDiode } from './diode-ideal.ts';
import { diodeModel } from './diode-model.ts';
import { type Junction, limitBreakdown, limitJunction, startVoltage } from './junction.ts';
import { oncePerDevice } from './once.ts';
import { names } from './parameters.ts';

const modelOf = oncePerDevice(diodeModel);

export const diode: DeviceKind = {
  parameters: {
    used: names(`level is js jsw isw tnom tref rs trs trs1 trs2 n ns ikf ik ikr tikf isr nr area pj
      vj pb m mj tm1 tm2 tlev tlevc tpb tvj eg gap1 gap2 xti jtun jtunsw ntun xtitun keg
      bv vb vrb var ibv ib nbv nz tcv tbv1 tbv2 ibvl nbvl xw
      ron roff vfwd vrev rrev epsilon revepsilon ilimit revilimit`),
    // Self-heating (RTH0) happens to instances with `thermal` only.
    inert: names(`d tt ttt1 ttt2 cjo cj0 cj cjp cjsw php vjsw mjsw cta ctc ctp tphp kf af fc fcs
      fv_max bv_max id_max te_max pd_max rth0 cth0 lm lp wm wp xom xoi xm xp
      mfg type iave ipk vpk irms diss vp`),
  },
  instanceParameters: {
    used: names('area pj perim w l m n temp dtemp off'),
    inert: names('ic lm lp wm wp'),
  },
  structure(data) {
    const isIdeal = isIdealDiode(data.model);
    const resistance = isIdeal ? 0 : modelOf(data).resistance;
    if (isIdeal) idealDiodeLaw(data); // for its refusals
    const inner: Pair = [resistance > 0 ? "anode'" : 'anode', 'cathode'];
    const resistors =
      resistance > 0 ? [{ name: 'RS', pair: ['anode', "anode'"] as const, resistance }] : [];
    return { resistors, inputs: [{ quantity: 'V', pair: inner }], outputs: [inner] };
  },
  law: (data) => (isIdealDiode(data.model) ? idealDiodeLaw(data) : junctionLaw(data)),
};

function junctionLaw(data: DeviceData): Law {
  const model = modelOf(data);
  const breakdown = model.junctions[0].breakdown;
  const whole: Junction = {
    ...model.junctions[0],
    saturation: model.junctions.reduce((sum, { saturation }) => sum + saturation, 0),
  };
  return {
    evaluate(u, { values, jacobian }, { gmin }) {
      const v = u[0] ?? 0;
      const { value, slope } = diodeCurrent(v, model);
      values[0] = value + gmin * v;
      jacobian[0] = slope + gmin;
    },
    limit(u, before) {
      const [v, last] = [u[0] ?? 0, before[0] ?? 0];
      u[0] = limitBreakdown(limitJunction(v, last, whole), last, whole);
      return u[0] !== v;
    },
    start: Float64Array.of(data.instance.get('off') === 1 ? 0 : startVoltage(whole)),
    region(u) {
      const v = u[0] ?? 0;
      if (v > 0) return 'forward';
      return breakdown !== undefined && v < -breakdown.voltage ? 'breakdown' : 'reverse';
    },
  };
}
