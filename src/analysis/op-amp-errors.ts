/** What the specifications of an op amp do at the output as the sources move, to first order, row by row of the budget. */

import type { LinearCircuit, OpAmp } from '../circuit/circuit.ts';
import type { PinQuantity, Range } from '../circuit/ranges.ts';
import type { OpAmpSpecification } from '../circuit/specification.ts';
import type { BiasPoint } from '../mna/excitation.ts';
import { type AffineError, NOTHING, scaled } from './calibration-share.ts';
import type { RowErrors } from './element-errors.ts';
import type { OpAmpGains } from './gains.ts';
import type { Direction, InputSweep } from './input-sweep.ts';
import { type OpAmpVoltages, opAmpVoltages } from './operating-point.ts';
import type { Swings } from './swings.ts';
import type { OpAmpCause, OpAmpVariation } from './variation.ts';

export interface OpAmpInSweep {
  readonly gains: OpAmpGains;
  readonly swings: Swings;
  readonly biasPoint: BiasPoint;
  /** At the values of the netlist, with the known errors. */
  readonly voltages: OpAmpVoltages;
  readonly terms: readonly OpAmpVariation[];
}

export function opAmpErrors(
  opAmp: OpAmp,
  at: OpAmpInSweep & { readonly sweep: InputSweep; readonly circuit: LinearCircuit },
): readonly RowErrors[] {
  return at.terms.map((term) => {
    const { cause, spread } = term;
    const drive = driveOf(cause, { ...at, opAmp });
    const rest = cause === 'drift' ? warming(opAmp, at) : NOTHING;
    const errors = [spread.low, spread.high].map((end): AffineError => {
      const d = end - spread.nominal;
      return {
        offset: drive.offset * d,
        along: drive.along * d,
        slopes: drive.slopes.map((slope) => slope * d),
        rest: cause === 'drift' ? scaled(rest, end) : scaled(drive.beyond, d),
      };
    });
    const isTrimmed = !contains(opAmp.specification, cause);
    return { cause, opAmp: opAmp.name, errors, isTrimmed };
  });
}

/** The output per unit of a cause: at the reference point, per unit of the input and of each move, and beyond them. */
interface Drive {
  readonly offset: number;
  readonly along: number;
  readonly slopes: readonly number[];
  readonly beyond: Range;
}

function driveOf(
  cause: OpAmpCause,
  at: OpAmpInSweep & { opAmp: OpAmp; sweep: InputSweep; circuit: LinearCircuit },
): Drive {
  const { noiseGain: G, nonInverting, inverting } = at.gains;
  const constant = (offset: number): Drive => ({
    offset,
    along: 0,
    slopes: at.sweep.moves.map(() => 0),
    beyond: NOTHING,
  });
  switch (cause) {
    case 'Vos':
      return constant(G);
    case 'drift':
      return constant(G * at.biasPoint.temperatureStep);
    case 'Ib':
      return constant(nonInverting + inverting); // Z_B, theory 3.1
    case 'Ios':
      return constant((nonInverting - inverting) / 2); // Z_OS
    case 'Ibn':
      return constant(nonInverting);
    case 'Ibi':
      return constant(inverting);
    case 'Aol':
      return changeOf('output', { ...at, factor: -G });
    case 'Cmrr':
      return changeOf('commonMode', { ...at, factor: G });
    case 'PsrrPlus':
      return changeOf('positiveSupply', { ...at, factor: G });
    case 'PsrrMinus':
      return changeOf('negativeSupply', { ...at, factor: G });
    case 'Psrr': {
      // erratum E4: the lumped PSRR is that of V_DD - V_SS
      const plus = changeOf('positiveSupply', { ...at, factor: G });
      const minus = changeOf('negativeSupply', { ...at, factor: -G });
      return {
        offset: plus.offset + minus.offset,
        along: plus.along + minus.along,
        slopes: plus.slopes.map((slope, m) => slope + (minus.slopes[m] ?? 0)),
        beyond: {
          low: plus.beyond.low + minus.beyond.low,
          high: plus.beyond.high + minus.beyond.high,
        },
      };
    }
  }
}

/** Of a voltage of the op amp from its bias point, or from the middle of its range; a stated range follows no source. */
function changeOf(
  quantity: PinQuantity,
  {
    opAmp,
    swings,
    biasPoint,
    voltages,
    sweep,
    circuit,
    factor,
  }: OpAmpInSweep & {
    opAmp: OpAmp;
    sweep: InputSweep;
    circuit: LinearCircuit;
    factor: number;
  },
): Drive {
  const { low, high, origin } = swings[quantity];
  const [middle, half] = [(low + high) / 2, (high - low) / 2];
  const reference = circuit.ranges.deltas === 'half-range' ? middle : biasPoint[quantity];
  if (origin === 'stated') {
    return {
      offset: factor * (middle - reference),
      along: 0,
      slopes: sweep.moves.map(() => 0),
      beyond: scaled({ low: -half, high: half }, factor),
    };
  }
  const slope = (direction: Direction): number =>
    direction.reduce(
      (sum, { weight, solution }) => sum + weight * opAmpVoltages(solution, opAmp)[quantity],
      0,
    );
  const along = slope(sweep.input);
  return {
    offset: factor * (voltages[quantity] + sweep.start * along - reference),
    along: factor * along,
    slopes: sweep.moves.map(({ direction }) => factor * slope(direction)),
    beyond: NOTHING,
  };
}

/** What one unit of drift does at the output between the temperature of the trim and the ends of the range. */
export function warming(
  { specification }: OpAmp,
  { gains, circuit }: { readonly gains: OpAmpGains; readonly circuit: LinearCircuit },
): Range {
  const { temperature } = circuit;
  if (temperature === null || specification.temperatureStep !== undefined) return NOTHING;
  const { nominal, low, high } = temperature;
  return scaled({ low: low - nominal, high: high - nominal }, gains.noiseGain);
}

/** Whether the spread of a cause contains what the temperatures change, so that no trim removes it. */
function contains({ overTemperature, stated }: OpAmpSpecification, cause: OpAmpCause): boolean {
  switch (cause) {
    case 'Vos':
      return overTemperature.includes('vos');
    case 'Ib':
    case 'Ios':
      return overTemperature.includes(cause.toLowerCase());
    case 'Ibn':
    case 'Ibi':
      return overTemperature.includes('ib') && !stated.includes(cause.toLowerCase());
    default:
      return false;
  }
}
