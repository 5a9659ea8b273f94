/** Everything between gate, drain, source and bulk of a BSIM4 transistor with Vds >= 0, in the signs of an N-channel device. */

import type { Dual } from '../numeric/dual.ts';
import { drainCurrentLaw } from './bsim4-current.ts';
import type { TunnelBias } from './bsim4-gate-current.ts';
import { centroidLaw, gateDepletion, inversionLaw } from './bsim4-inversion.ts';
import { mobilityLaw } from './bsim4-mobility.ts';
import type { Bsim4Process } from './bsim4-process.ts';
import { channelLaw } from './bsim4-saturation.ts';
import { thresholdLaw } from './bsim4-threshold.ts';
import type { ChannelBias } from './mosfet-channel.ts';

/** One finger. */
export interface Bsim4Inversion extends TunnelBias {
  /** From drain to source, and from drain to bulk by impact ionisation [A]. */
  readonly current: Dual;
  readonly impact: Dual;
  readonly vdsat: Dual;
}

export interface Bsim4Channel {
  (bias: ChannelBias): Bsim4Inversion;
  /** A gate voltage less the depletion of the gate [V]. */
  readonly depleted: (vg: Dual) => Dual;
}

export function bsim4Channel(process: Bsim4Process, mobilityModel: number): Bsim4Channel {
  const threshold = thresholdLaw(process);
  const depleted = gateDepletion(process);
  const inversion = inversionLaw(process);
  const mobilityOf = mobilityLaw(process, mobilityModel);
  const channelOf = channelLaw(process);
  const capacitanceOf = centroidLaw(process);
  const drainCurrent = drainCurrentLaw(process);
  const law = ({ vgs, vds, vbs }: ChannelBias): Bsim4Inversion => {
    const at = threshold(vds, vbs);
    const { body } = at;
    const vgse = depleted(vgs);
    const vgsteff = inversion(vgse, at);
    const mobility = mobilityOf({ vgsteff, threshold: at.voltage, body });
    const channel = channelOf(vgsteff, { ...at, mobility });
    const capacitance = capacitanceOf(vgsteff);
    const drain = drainCurrent(channel, { vds, body, mobility, capacitance });
    return { ...drain, vgse, vgsteff, threshold: at.voltage, body, vgs, vgb: vgs.minus(vbs) };
  };
  return Object.assign(law, { depleted });
}
