/**
 * LTspice's idealised diode: three lines, for conduction, off and breakdown, parabolas between them, limited
 * currents. It knows no temperature, area or RS.
 */

import type { DeviceData, Law, Values } from './device.ts';
import type { Slope } from './junction.ts';
import { nonNegative, positive } from './parameters.ts';

/** Any of these makes a diode an idealised one. */
const MARKS = [
  'ron',
  'roff',
  'vfwd',
  'vrev',
  'rrev',
  'ilimit',
  'revilimit',
  'epsilon',
  'revepsilon',
];

export function isIdealDiode(model: Values): boolean {
  return MARKS.some((name) => model.has(name));
}

/** A change of slope [S] that begins at `voltage` and is complete `width` further on [V]. */
interface Knee {
  readonly voltage: number;
  readonly width: number;
  readonly conductance: number;
}

export function idealDiodeLaw({ model, instance }: DeviceData): Law {
  const Ron = positive(model.get('ron') ?? 1, 'Ron');
  const Roff = model.get('roff');
  const off = Roff === undefined ? undefined : 1 / positive(Roff, 'Roff');
  const Vfwd = model.get('vfwd') ?? 0;
  const Vrev = model.get('vrev');
  const forwardLimit = model.get('ilimit');
  const reverseLimit = model.get('revilimit');
  const epsilon = nonNegative(model.get('epsilon') ?? 0, 'Epsilon');
  const revepsilon = nonNegative(model.get('revepsilon') ?? 0, 'Revepsilon');
  const Rrev = positive(model.get('rrev') ?? Ron, 'Rrev');
  const parallel = positive(instance.get('m') ?? 1, 'M');
  const series = positive(instance.get('n') ?? 1, 'N');

  /** One diode at v. */
  function current(v: number, gmin: number): Slope {
    const g = off ?? gmin; // Roff is 1/gmin by default
    const forward = risen(v, { voltage: Vfwd, width: epsilon, conductance: 1 / Ron - g });
    let [value, slope] = [g * v + forward.value, g + forward.slope];
    if (Vrev !== undefined) {
      const knee = { voltage: Math.abs(Vrev), width: revepsilon, conductance: 1 / Rrev - g };
      const reverse = risen(-v, knee);
      value -= reverse.value;
      slope += reverse.slope;
    }
    return limited({ value, slope }, value > 0 ? forwardLimit : reverseLimit);
  }

  return {
    evaluate(u, { values, jacobian }, { gmin }) {
      const { value, slope } = current((u[0] ?? 0) / series, gmin);
      values[0] = parallel * value;
      jacobian[0] = (parallel * slope) / series;
    },
    region(u) {
      const v = (u[0] ?? 0) / series;
      if (v > Vfwd) return 'forward';
      return Vrev !== undefined && v < -Math.abs(Vrev) ? 'breakdown' : 'reverse';
    },
  };
}

/** 0 below the knee, a parabola within its width, a line behind it. */
function risen(v: number, { voltage, width, conductance }: Knee): Slope {
  const x = v - voltage;
  if (x <= 0) return { value: 0, slope: 0 };
  if (x >= width) return { value: conductance * (x - width / 2), slope: conductance };
  return { value: (conductance * x ** 2) / (2 * width), slope: (conductance * x) / width };
}

/** limit tanh(i / limit) */
function limited({ value, slope }: Slope, limit: number | undefined): Slope {
  if (limit === undefined) return { value, slope };
  const ratio = Math.tanh(value / Math.abs(limit));
  return { value: Math.abs(limit) * ratio, slope: slope * (1 - ratio ** 2) };
}
