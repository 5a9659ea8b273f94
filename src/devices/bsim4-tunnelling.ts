/** Which currents through the gate of a BSIM4 transistor its card switches on, and between which nodes they flow. */

import { Dual } from '../numeric/dual.ts';
import type { Bsim4Inversion } from './bsim4-channel.ts';
import {
  bulkTunnellingLaw,
  channelTunnellingLaw,
  overlapTunnellingLaw,
} from './bsim4-gate-current.ts';
import { isStated } from './bsim4-parameters.ts';
import type { Bsim4Process } from './bsim4-process.ts';
import type { DeviceData, Values } from './device.ts';

export function hasTunnelling(model: Values): boolean {
  return (model.get('igcmod') ?? 0) !== 0 || (model.get('igbmod') ?? 0) !== 0;
}

/** Gate voltages of the transistor as it is connected, and which of its ends is the drain. */
interface Ends {
  readonly vgs: Dual;
  readonly vgd: Dual;
  readonly isForward: boolean;
}

const ZERO = Dual.constant(0);
const NONE = { source: ZERO, drain: ZERO };

/** From the gate to source, drain and bulk, of one finger [A]; empty without tunnelling. */
export function gateTunnelling(
  { model, polarity }: DeviceData,
  process: Bsim4Process,
): (inversion: Bsim4Inversion, ends: Ends) => readonly Dual[] {
  if (!hasTunnelling(model)) return () => [];
  const { sized: p } = process;
  const overlap = model.get('dlcig') ?? model.get('lint') ?? 0;
  const mode = model.get('igcmod') ?? 0;
  const ofChannel =
    mode === 0
      ? undefined
      : {
          channel: channelTunnellingLaw(process, {
            polarity,
            mode: mode === 1 ? 1 : 2,
            partition: isStated(model, 'pigcd') ? p.pigcd : undefined,
          }),
          source: overlapTunnellingLaw(process, {
            polarity,
            barrier: { a: p.aigs, b: p.bigs, c: p.cigs },
            overlap,
          }),
          drain: overlapTunnellingLaw(process, {
            polarity,
            barrier: { a: p.aigd, b: p.bigd, c: p.cigd },
            overlap: model.get('dlcigd') ?? overlap,
          }),
        };
  const ofBulk = (model.get('igbmod') ?? 0) === 0 ? undefined : bulkTunnellingLaw(process);

  return (inversion, { vgs, vgd, isForward }) => {
    const { source, drain } = ofChannel?.channel(inversion) ?? NONE;
    const edges = { source: ofChannel?.source(vgs) ?? ZERO, drain: ofChannel?.drain(vgd) ?? ZERO };
    return [
      edges.source.plus(isForward ? source : drain),
      edges.drain.plus(isForward ? drain : source),
      ofBulk?.(inversion) ?? ZERO,
    ];
  };
}
