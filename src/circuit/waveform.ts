/** What the waveform of a source is at t = 0, where the operating point is: ngspice manual, Independent Sources. */

/** The arguments of a waveform; those that are not stated are 0. */
export interface Arguments {
  readonly count: number;
  at(index: number): number;
}

/** [V] or [A]. Only the arguments that matter are asked for. */
export function valueAtStart(shape: string, given: Arguments): number {
  switch (shape.toUpperCase()) {
    case 'SIN':
      return sineAtStart(given);
    case 'PULSE':
      return pulseAtStart(given);
    case 'EXP':
      return (
        given.at(0) + charged(given, { delay: 2, sign: 1 }) + charged(given, { delay: 4, sign: -1 })
      );
    case 'SFFM':
      return given.at(0);
    case 'PWL':
      return pointsAtStart(given);
    default:
      return 0;
  }
}

/** VO + VA e^-(t - TD) THETA sin(2 pi FREQ (t - TD) + PHASE), VO before TD */
function sineAtStart(given: Arguments): number {
  const since = -given.at(3);
  if (since < 0) return given.at(0);
  const phase = (given.at(5) * Math.PI) / 180;
  if (since === 0) return given.at(0) + given.at(1) * Math.sin(phase);
  const angle = 2 * Math.PI * given.at(2) * since + phase;
  return given.at(0) + given.at(1) * Math.exp(-since * given.at(4)) * Math.sin(angle);
}

/** V1 V2 TD TR TF PW PER: with a delay TD < 0 it has begun before. */
function pulseAtStart(given: Arguments): number {
  const from = given.at(0);
  if (given.at(2) >= 0) return from;
  const [to, rise, fall, width] = [given.at(1), given.at(3), given.at(4), given.at(5)];
  const period = given.at(6);
  const since = period > 0 ? -given.at(2) % period : -given.at(2);
  if (since < rise) return from + ((to - from) * since) / rise;
  if (width === 0 || since <= rise + width) return to; // without PW it stays
  const falling = since - rise - width;
  return falling < fall ? to + ((from - to) * falling) / fall : from;
}

/** +-(V2 - V1) (1 - e^-((t - TD) / TAU)) from TD on, with TD and TAU at `delay`; 0 where TD is not before t = 0 */
function charged(given: Arguments, { delay, sign }: { delay: number; sign: 1 | -1 }): number {
  const since = -given.at(delay);
  if (!(since > 0)) return 0;
  return sign * (given.at(1) - given.at(0)) * (1 - Math.exp(-since / given.at(delay + 1)));
}

/** t1 v1 t2 v2 ...: the first value before t1, the last one behind the last time. */
function pointsAtStart(given: Arguments): number {
  let [time, value] = [given.at(0), given.at(1)];
  for (let point = 2; point + 1 < given.count && time < 0; point += 2) {
    const [before, from] = [time, value];
    [time, value] = [given.at(point), given.at(point + 1)];
    if (time > 0) return from + ((value - from) * -before) / (time - before);
  }
  return value;
}
