/**
 * The currents of a BSIM4 transistor but those of its junctions, with drain and source as they are connected: the channel in
 * either direction, its edges, and the gate's tunnelling, differentiated by vgs, vds and vbs.
 */

import { Dual } from '../numeric/dual.ts';
import { bsim4Channel } from './bsim4-channel.ts';
import { edgeLeakageLaw } from './bsim4-edge-leakage.ts';
import type { Bsim4Process } from './bsim4-process.ts';
import { thresholdLaw } from './bsim4-threshold.ts';
import { gateTunnelling } from './bsim4-tunnelling.ts';
import type { DeviceData } from './device.ts';
import type { ChannelBias } from './mosfet-channel.ts';

/** As an N-channel transistor has them [V]. */
export interface InnerVoltages {
  readonly vgs: number;
  readonly vds: number;
  readonly vbs: number;
}

interface EitherWay {
  /** In the order of `outputs` without the junctions, of one finger. */
  readonly currents: readonly Dual[];
  readonly threshold: number;
  readonly vdsat: number;
}

export interface Bsim4Currents {
  at(voltages: InnerVoltages): EitherWay;
  /** Vth in the direction in which the channel conducts [V]. */
  threshold(voltages: InnerVoltages): number;
}

export function bsim4Currents(data: DeviceData, process: Bsim4Process): Bsim4Currents {
  const { sized: p } = process;
  const channel = bsim4Channel(process, data.model.get('mobmod') ?? 0);
  const tunnelling = gateTunnelling(data, process);
  const leaks = {
    drain: edgeLeakageLaw(process, { a: p.agidl, b: p.bgidl, c: p.cgidl, e: p.egidl }),
    source: edgeLeakageLaw(process, { a: p.agisl, b: p.bgisl, c: p.cgisl, e: p.egisl }),
  };
  function at(voltages: InnerVoltages): EitherWay {
    const vgs = new Dual(voltages.vgs, 1, 0, 0);
    const vds = new Dual(voltages.vds, 0, 1, 0);
    const vbs = new Dual(voltages.vbs, 0, 0, 1);
    const vgd = vgs.minus(vds);
    const forward: ChannelBias = { vgs, vds, vbs };
    const backward: ChannelBias = { vgs: vgd, vds: vds.negated(), vbs: vbs.minus(vds) };
    const isForward = voltages.vds >= 0;
    const inversion = channel(isForward ? forward : backward);
    const { current, impact } = inversion;
    const leakDrain = leaks.drain(
      channel.depleted(vgs).negated().plus(vds),
      backward.vbs.negated(),
    );
    const leakSource = leaks.source(channel.depleted(vgd).plus(vds).negated(), vbs.negated());
    return {
      currents: [
        isForward ? current : current.negated(),
        isForward ? leakDrain.plus(impact) : leakDrain,
        isForward ? leakSource : leakSource.plus(impact),
        ...tunnelling(inversion, { vgs, vgd, isForward }),
      ],
      threshold: inversion.threshold.value,
      vdsat: inversion.vdsat.value,
    };
  }
  const threshold = thresholdLaw(process);
  return {
    at,
    threshold({ vds, vbs }) {
      const lower = Dual.constant(vds >= 0 ? vbs : vbs - vds);
      return threshold(Dual.constant(Math.abs(vds)), lower).voltage.value;
    },
  };
}
