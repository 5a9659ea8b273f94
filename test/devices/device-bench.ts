// A device between voltage sources, solved by a small dense Newton iteration of the test's own: the terminal
// currents that follow from `structure` and `law` and nothing else.

import type {
  Conditions,
  DeviceData,
  DeviceKind,
  Evaluation,
  InputRole,
  Law,
  Structure,
} from '../../src/devices/device.ts';

/** Node -> voltage [V]; `control` stands for the current of the controlling element [A]. */
type Voltages = ReadonlyMap<string, number>;

/** The device at a bias point. */
export interface Bias {
  /** Current into each terminal, by role [A]. */
  readonly currents: ReadonlyMap<string, number>;
  /** What the law was evaluated at (k). */
  readonly u: Float64Array;
  readonly conditions: Conditions;
  readonly region: string;
}

/** SPICE's default [S]. */
export const GMIN = 1e-12;

const MOST_ITERATIONS = 500;

export class Bench {
  readonly structure: Structure;
  readonly law: Law;
  readonly inner: readonly string[];

  constructor(kind: DeviceKind, data: DeviceData, terminals: readonly string[]) {
    this.structure = kind.structure(data);
    this.law = kind.law(data);
    const { resistors, inputs, outputs } = this.structure;
    const pairs = [
      ...resistors.map(({ pair }) => pair),
      ...inputs.flatMap((input) => (input.quantity === 'V' ? [input.pair] : [])),
      ...outputs,
    ];
    this.inner = [...new Set(pairs.flat())].filter((node) => !terminals.includes(node));
  }

  /** @throws {Error} where Newton's iteration does not end. */
  bias(terminals: Voltages, gmin = GMIN): Bias {
    let memory = this.law.memory?.initial ?? 0;
    for (let flips = 0; flips < 4; flips++) {
      const bias = this.settle(terminals, { gmin, memory });
      const next = this.law.memory?.next(bias.u, memory) ?? memory;
      if (next === memory) return bias;
      memory = next;
    }
    throw new Error('the memory of the device never settles');
  }

  evaluate(u: Float64Array, conditions: Conditions): Evaluation {
    const [m, k] = [this.structure.outputs.length, u.length];
    const evaluation = { values: new Float64Array(m), jacobian: new Float64Array(m * k) };
    this.law.evaluate(u, evaluation, conditions);
    return evaluation;
  }

  private settle(terminals: Voltages, conditions: Conditions): Bias {
    let u = Float64Array.from(this.law.start ?? this.structure.inputs.map(() => 0));
    for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      const voltages = new Map([...terminals, ...this.solveInner(terminals, u, conditions)]);
      const solved = Float64Array.from(this.structure.inputs, (input) =>
        inputValue(input, voltages),
      );
      const next = Float64Array.from(solved);
      const limited = this.law.limit?.(next, u) ?? false;
      const before = u;
      u = next;
      if (!limited && u.every((value, j) => near(value, before[j]!))) {
        const { values } = this.evaluate(u, conditions);
        return {
          currents: this.terminalCurrents(voltages, values),
          u,
          conditions,
          region: this.law.region(u, conditions.memory),
        };
      }
    }
    throw new Error(`no solution within ${MOST_ITERATIONS} iterations`);
  }

  /** KCL at the inner nodes with the device linearised at u. */
  private solveInner(terminals: Voltages, u: Float64Array, conditions: Conditions) {
    const { inputs, outputs, resistors } = this.structure;
    const { values, jacobian } = this.evaluate(u, conditions);
    const n = this.inner.length;
    const A = this.inner.map(() => new Array<number>(n + 1).fill(0));
    /** A current g V(node), or a constant one without a node, from plus to minus. */
    const add = ([plus, minus]: readonly [string, string], g: number, node?: string) => {
      for (const [end, sign] of [[plus, 1] as const, [minus, -1] as const]) {
        const row = A[this.inner.indexOf(end)];
        if (row === undefined) continue;
        const j = node === undefined ? -1 : this.inner.indexOf(node);
        if (j >= 0) row[j]! += sign * g;
        else row[n]! -= sign * g * (node === undefined ? 1 : terminals.get(node)!);
      }
    };
    for (const { pair, resistance } of resistors) {
      add(pair, 1 / resistance, pair[0]);
      add(pair, -1 / resistance, pair[1]);
    }
    outputs.forEach((pair, i) => {
      add(pair, values[i]!);
      inputs.forEach((input, j) => {
        const g = jacobian[i * inputs.length + j]!;
        add(pair, -g * u[j]!);
        if (input.quantity === 'I') {
          add(pair, g * terminals.get('control')!);
        } else {
          add(pair, g, input.pair[0]);
          add(pair, -g, input.pair[1]);
        }
      });
    });
    const x = eliminate(A);
    return this.inner.map((node, i) => [node, x[i]!] as const);
  }

  private terminalCurrents(voltages: Voltages, values: Float64Array): Map<string, number> {
    const currents = new Map<string, number>();
    const add = ([plus, minus]: readonly [string, string], current: number) => {
      currents.set(plus, (currents.get(plus) ?? 0) + current);
      currents.set(minus, (currents.get(minus) ?? 0) - current);
    };
    for (const { pair, resistance } of this.structure.resistors) {
      add(pair, (voltages.get(pair[0])! - voltages.get(pair[1])!) / resistance);
    }
    this.structure.outputs.forEach((pair, i) => {
      add(pair, values[i]!);
    });
    return currents;
  }
}

function inputValue(input: InputRole, voltages: Voltages): number {
  if (input.quantity === 'I') return voltages.get('control')!;
  return voltages.get(input.pair[0])! - voltages.get(input.pair[1])!;
}

/** A few units in the last place of a volt: a quadratic iteration cannot come closer. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-14 * Math.max(1, Math.abs(a));
}

/** The solution of A (n x n+1, right-hand side last) by elimination with partial pivoting, in place. */
function eliminate(A: number[][]): number[] {
  const n = A.length;
  for (let j = 0; j < n; j++) {
    const pivots = A.map((row, i) => (i < j ? -1 : Math.abs(row[j]!)));
    const p = pivots.indexOf(Math.max(...pivots));
    [A[j], A[p]] = [A[p]!, A[j]!];
    for (let i = j + 1; i < n; i++) {
      const factor = A[i]![j]! / A[j]![j]!;
      for (let c = j; c <= n; c++) A[i]![c]! -= factor * A[j]![c]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = A[i]![n]!;
    for (let j = i + 1; j < n; j++) sum -= A[i]![j]! * x[j]!;
    x[i] = sum / A[i]![i]!;
  }
  return x;
}
