// A device against ngspice on a grid of bias points and temperatures: the currents into its terminals, which hang on
// voltage sources. The model card and the instance of the deck are written from the very numbers that
// `structure` and `law` are given. Also: the Jacobian against differences of the values.

import { describe, expect, it } from 'vitest';
import type { DeviceData, DeviceKind, DeviceName } from '../../src/devices/device.ts';
import type { Deck, Engine } from '../../src/ngspice/engine.ts';
import '../support/close.ts';
import { Bench, type Bias } from './device-bench.ts';

/** A device as it is put between voltage sources. */
export interface Fixture {
  readonly kind: DeviceKind;
  readonly device: DeviceName;
  readonly polarity?: 1 | -1;
  /** First letter of the card. */
  readonly letter: string;
  /** As in `.model x NPN`. */
  readonly modelType: string;
  /** Roles in the order of the card. */
  readonly terminals: readonly string[];
  /** An instance has no temperature of its own in ngspice: the circuit gets it. */
  readonly ambient?: boolean;
}

/** Numbers of a model and an instance; `on: 1` and `off: 1` are flags. */
export interface Specimen {
  readonly name: string;
  readonly model: Readonly<Record<string, number>>;
  readonly instance?: Readonly<Record<string, number>>;
}

/** Voltages of the terminals in their order [V]; where a current controls, that current comes last [A]. */
export type Point = readonly number[];

export interface Bounds {
  /** Of every terminal current; default 1e-6. */
  readonly rel?: number;
  /** [A]; default 1e-17 and what rounded voltages drive through the series resistances. */
  readonly abs?: number;
}

/** Of the instances [deg C]; a device without a temperature is asked at the middle one only. */
export const TEMPERATURES = [-40, 27, 125] as const;

/** Tight enough that what is left of Newton's iteration is far below 1e-6; nothing of it steers the result. */
const OPTIONS = ['reltol=1e-10', 'abstol=1e-16', 'vntol=1e-12', 'itl1=500', 'gmin=1e-12'];

/** Every combination of the values. */
export function grid(...values: readonly (readonly number[])[]): Point[] {
  return values.reduce<Point[]>(
    (points, list) => points.flatMap((point) => list.map((value) => [...point, value])),
    [[]],
  );
}

export function dataOf(fixture: Fixture, specimen: Specimen, temperature: number): DeviceData {
  return {
    device: fixture.device,
    polarity: fixture.polarity ?? 1,
    model: new Map(Object.entries(specimen.model)),
    instance: new Map(Object.entries(specimen.instance ?? {})),
    temperature,
    nominalTemperature: 27,
  };
}

/** The tests of a device: one of the currents and one of the Jacobian per specimen and temperature. */
export function describeBiasGrid(
  ngspice: { readonly engine: Engine },
  cases: {
    readonly fixture: Fixture;
    readonly specimens: readonly Specimen[];
    readonly points: readonly Point[];
    readonly bounds?: Bounds;
  },
): void {
  const { fixture, points, bounds } = cases;
  const warms = fixture.kind.instanceParameters.used.has('temp');
  describe.each([...cases.specimens])(`${fixture.modelType}: $name`, (specimen) => {
    it.each(warms ? TEMPERATURES : [27])('has the currents of ngspice at %d deg C', async (t) => {
      const deck = deckOf(fixture, specimen, warms ? t : undefined, points);
      const outcome = await ngspice.engine.run(deck);
      if (!outcome.ok) throw new Error(outcome.reason);
      const bench = new Bench(fixture.kind, dataOf(fixture, specimen, t), fixture.terminals);
      points.forEach((point, i) => {
        const { currents, region } = biasAt(bench, fixture, point);
        fixture.terminals.forEach((role, j) => {
          const [ours, theirs] = [currents.get(role) ?? 0, -outcome.values[i]![j]!];
          const where = `current into the ${role} at ${point.join(', ')} (${region})`;
          const { rel = 1e-6, abs = 1e-17 + rounding(bench, point) } = bounds ?? {};
          expect(ours, where).toBeClose(theirs, { rel, abs });
        });
      });
    });

    it.each(warms ? TEMPERATURES : [27])('has an exact Jacobian at %d deg C', (t) => {
      const bench = new Bench(fixture.kind, dataOf(fixture, specimen, t), fixture.terminals);
      for (const point of points) {
        expectExactJacobian(bench, biasAt(bench, fixture, point), point.join(', '));
      }
    });
  });
}

/** A few units in the last place of the voltages, across the series resistances [A]. */
function rounding({ structure }: Bench, point: Point): number {
  const conductance = structure.resistors.reduce((sum, { resistance }) => sum + 1 / resistance, 0);
  return 1e-15 * Math.max(...point.map(Math.abs)) * conductance;
}

export function biasAt(bench: Bench, { terminals }: Fixture, point: Point): Bias {
  const roles = point.map((_, i) => terminals[i] ?? 'control');
  return bench.bias(new Map(roles.map((role, i) => [role, point[i]!])));
}

/**
 * J against (8 (f(u+h) - f(u-h)) - (f(u+2h) - f(u-2h))) / 12 h at one of three steps h [V]: of an exponential of
 * N kT/q > 15 mV the first is off by less than (h / 15 mV)^4 / 30 = 1e-10; the others are for functions that bend sooner.
 */
export function expectExactJacobian(bench: Bench, { u, conditions }: Bias, place: string): void {
  const { jacobian } = bench.evaluate(u, conditions);
  const k = u.length;
  bench.structure.inputs.forEach((input, j) => {
    const unit = input.quantity === 'V' ? 1 : Math.max(Math.abs(u[j]!), 1e-9);
    const trials = STEPS.map((h) => differences(bench, { u, conditions }, { j, h: h * unit }));
    bench.structure.outputs.forEach((_, i) => {
      const ours = jacobian[i * k + j]!;
      const error = ({ slopes, rounding }: Differences) =>
        Math.abs(ours - slopes[i]!) / (1e-6 * Math.abs(slopes[i]!) + rounding[i]!);
      const best = trials.reduce((a, b) => (error(b) < error(a) ? b : a));
      const abs = best.rounding[i]!;
      expect(ours, `df${i}/du${j} at ${place}`).toBeClose(best.slopes[i]!, { rel: 1e-6, abs });
    });
  });
}

const STEPS = [1e-4, 1e-7, 1e-9];

interface Differences {
  readonly slopes: readonly number[];
  /** What rounded values make of them: a few 1e-16 of the values, over h. */
  readonly rounding: readonly number[];
}

function differences(
  bench: Bench,
  { u, conditions }: Pick<Bias, 'u' | 'conditions'>,
  { j, h }: { readonly j: number; readonly h: number },
): Differences {
  const at = (steps: number) => {
    const moved = Float64Array.from(u);
    moved[j]! += steps * h;
    return bench.evaluate(moved, conditions).values;
  };
  const [up, down, twoUp, twoDown] = [at(1), at(-1), at(2), at(-2)];
  const step = u[j]! + h - u[j]!;
  return {
    slopes: Array.from(
      up,
      (f, i) => (8 * (f - down[i]!) - (twoUp[i]! - twoDown[i]!)) / (12 * step),
    ),
    rounding: Array.from(
      up,
      (f, i) => (2e-15 * Math.max(Math.abs(f), Math.abs(down[i]!)) + 1e-25) / h,
    ),
  };
}

/** All points as steps of one deck. */
function deckOf(
  fixture: Fixture,
  specimen: Specimen,
  temperature: number | undefined,
  points: readonly Point[],
): Deck {
  const { terminals, letter, modelType } = fixture;
  const isControlled = (points[0]?.length ?? 0) > terminals.length;
  const control = isControlled ? ['icontrol 0 ncontrol 0', 'vcontrol ncontrol 0 0'] : [];
  const nodes = terminals.map((_, i) => `n${i + 1}`);
  const card = [`${letter}1`, ...nodes, ...(isControlled ? ['vcontrol'] : []), 'dut'];
  const warmth = temperature === undefined ? [] : [`temp=${temperature}`];
  const ofCard = fixture.ambient === true ? [] : warmth;
  return {
    elements: [
      ...nodes.map((node, i) => `v${i + 1} ${node} 0 0`),
      ...control,
      [...card, ...assignments(specimen.instance ?? {}), ...ofCard].join(' '),
      `.model dut ${modelType}(${assignments(specimen.model).join(' ')})`,
    ],
    steps: points.map((point) => ({
      label: point.join(', '),
      commands: point.map((value, i) =>
        i < terminals.length ? `alter v${i + 1} = ${value}` : `alter icontrol = ${value}`,
      ),
      vectors: terminals.map((_, i) => `i(v${i + 1})`),
    })),
    nonlinear: true,
    options: fixture.ambient === true ? [...OPTIONS, ...warmth] : OPTIONS,
  };
}

function assignments(values: Readonly<Record<string, number>>): string[] {
  return Object.entries(values).map(([name, value]) =>
    name === 'on' || name === 'off' ? name : `${name}=${value}`,
  );
}
