// Straight-line code: its accuracy against exact rationals, its forms against each other, its builder against arithmetic.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Shape } from '../../src/numeric/deviate.ts';
import { CodeBuilder, type Value } from '../../src/numeric/kernel/code.ts';
import { eliminated, type Row } from '../../src/numeric/kernel/elimination.ts';
import { interpretedKernel } from '../../src/numeric/kernel/interpreter.ts';
import { javascriptKernel } from '../../src/numeric/kernel/javascript.ts';
import { BLOCK, type Kernel } from '../../src/numeric/kernel/kernel.ts';
import { plainEngine } from '../../src/numeric/sample-engine.ts';
import { wasmEngine } from '../../src/numeric/wasm-engine.ts';
import '../support/close.ts';
import { absolute, divide, fromNumber, subtract, toNumber } from '../support/rational.ts';
import {
  exactOutput,
  factorsOf,
  SPECIMENS,
  sampledFrom,
  textOf,
} from '../support/sampled-circuits.ts';
import { SEED } from '../support/seed.ts';

vi.setConfig({ testTimeout: 60_000 });

const KERNELS = [
  ['JavaScript', javascriptKernel],
  ['interpreted', interpretedKernel],
] as const;

describe.each(SPECIMENS)('samples of the $name', (specimen) => {
  const sampled = sampledFrom(textOf(specimen, '5%'), 'uniform');

  it.each(KERNELS)(
    '%s: 1e-12 in the middle and 1e-10 at worst, against exact rationals',
    (_, of) => {
      const kernel = of(sampled.code);
      if (kernel === undefined) throw new Error('no kernel');
      const engine = plainEngine(sampled.code, { shapes: sampled.shapes, kernel });
      engine.begin(1, 0);
      engine.next();
      const factors = factorsOf(sampled, engine.inputs);
      const errors = factors.slice(0, 40).map((at, i) => {
        const exact = exactOutput(specimen, at);
        const distance = absolute(subtract(fromNumber(engine.outputs[i]!), exact));
        expect(engine.outputs[BLOCK + i]).toBeGreaterThan(1 / 16);
        return toNumber(divide(distance, absolute(exact)));
      });
      errors.sort((a, b) => a - b);
      expect(errors[20]).toBeLessThan(1e-12);
      expect(errors.at(-1)).toBeLessThan(1e-10);
    },
  );
});

describe.each(SPECIMENS)('WebAssembly of the $name', (specimen) => {
  it.each(['uniform', 'normal', 'truncated'] as const)(
    '%s: the bits of the plain engine',
    (kind) => {
      const { code, shapes } = sampledFrom(textOf(specimen, '5%'), kind);
      const [plain, module] = [plainEngine(code, { shapes }), wasmEngine(code, { shapes })];
      if (module === undefined) throw new Error('no WebAssembly');
      for (const portion of [0, 7]) {
        plain.begin(3, portion);
        module.begin(3, portion);
        for (let block = 0; block < 10; block++) {
          expect(module.next()).toBe(plain.next());
          expect(module.inputs).toEqual(plain.inputs);
          expect(module.outputs).toEqual(plain.outputs);
        }
      }
    },
  );
});

describe('WebAssembly', () => {
  /** One input, and its square less 1/2 as what is watched. */
  function square(shape: Shape) {
    const builder = new CodeBuilder();
    const x = builder.input(0);
    const watched = builder.subtract(builder.multiply(x, x), builder.constant(0.5));
    const code = builder.finished([x, watched]);
    return [
      plainEngine(code, { shapes: [shape] }),
      wasmEngine(code, { shapes: [shape] })!,
    ] as const;
  }

  it.each<[string, Shape]>([
    ['a uniform bin', { kind: 'uniform', limit: 1, inner: 0.7, middle: 0, half: 1 }],
    [
      'a normal bin',
      { kind: 'normal', limit: Number.POSITIVE_INFINITY, inner: 2.5, middle: 0, half: 1 },
    ],
    ['a cut normal distribution', { kind: 'normal', limit: 0.3, inner: 0, middle: 0, half: 1 }],
  ])('%s: the bits of the plain engine, all within the limits', (_, shape) => {
    const [plain, module] = square(shape);
    plain.begin(1, 2);
    module.begin(1, 2);
    for (let block = 0; block < 8; block++) {
      expect(module.next()).toBe(plain.next());
      expect(module.outputs).toEqual(plain.outputs);
      for (const x of module.inputs) {
        expect(Math.abs(x)).toBeGreaterThanOrEqual(shape.inner);
        expect(Math.abs(x)).toBeLessThanOrEqual(shape.limit);
      }
    }
  });

  it('reports the least of what is watched', () => {
    const [, module] = square({ kind: 'uniform', limit: 1, inner: 0, middle: 0, half: 1 });
    module.begin(9, 0);
    expect(module.next()).toBe(Math.min(...module.outputs.subarray(BLOCK)));
  });

  it('reports what is no number', () => {
    const builder = new CodeBuilder();
    const [x, tiny] = [builder.input(0), builder.constant(1e-300)];
    // 0/0 in one of the two samples of a vector
    const zero = builder.multiply(builder.multiply(x, tiny), tiny);
    const code = builder.finished([builder.divide(zero, builder.add(zero, zero)), x]);
    const shapes: Shape[] = [{ kind: 'uniform', limit: 1, inner: 0, middle: 0, half: 1 }];
    const module = wasmEngine(code, { shapes })!;
    module.begin(9, 0);
    expect(module.next()).toBeNaN();
  });

  it('is not made where there is none, or of code that is too long', () => {
    const { WebAssembly: host } = globalThis as { readonly WebAssembly?: object };
    vi.stubGlobal('WebAssembly', undefined);
    const code = { operations: [{ kind: 'input', index: 0 } as const], outputs: [0] };
    const shapes: Shape[] = [{ kind: 'uniform', limit: 1, inner: 0, middle: 0, half: 1 }];
    expect(wasmEngine(code, { shapes })).toBeUndefined();
    vi.stubGlobal('WebAssembly', {
      ...host,
      Module: class {
        constructor() {
          throw new Error('refused');
        }
      },
    });
    expect(wasmEngine(code, { shapes })).toBeUndefined();
    vi.unstubAllGlobals();
    expect(wasmEngine(code, { shapes })).toBeDefined();
    const long = { ...code, operations: new Array(50_000).fill(code.operations[0]) };
    expect(wasmEngine(long, { shapes })).toBeUndefined();
  });
});

describe('code', () => {
  /** The outputs at one point, of every kind of kernel. */
  const at = (builder: CodeBuilder, outputs: readonly Value[], inputs: readonly number[]) => {
    const code = builder.finished(outputs);
    const block = Float64Array.from(inputs.flatMap((x) => new Array<number>(BLOCK).fill(x)));
    return KERNELS.map(([, of]) => {
      const found = new Float64Array(outputs.length * BLOCK);
      (of(code) as Kernel)(block, found);
      return outputs.map((_, k) => found[k * BLOCK + BLOCK - 1]!);
    });
  };

  it('folds constants and leaves out what changes nothing', () => {
    const builder = new CodeBuilder();
    const [x, one, zero] = [builder.input(0), builder.constant(1), builder.constant(0)];
    expect(builder.add(x, zero)).toBe(x);
    expect(builder.multiply(one, x)).toBe(x);
    expect(builder.multiply(x, zero)).toBe(zero);
    expect(builder.divide(one, builder.divide(one, x))).toBe(x);
    expect(builder.negative(builder.negative(x))).toBe(x);
    expect(builder.subtract(x, x)).toBe(zero);
    expect(builder.constantOf(builder.divide(builder.constant(1), builder.constant(8)))).toBe(
      1 / 8,
    );
    expect(builder.finished([x]).operations).toEqual([{ kind: 'input', index: 0 }]);
  });

  it('makes equal operations once, in either order', () => {
    const builder = new CodeBuilder();
    const [x, y] = [builder.input(0), builder.input(1)];
    expect(builder.add(x, y)).toBe(builder.add(y, x));
    expect(builder.multiply(x, builder.negative(y))).toBe(builder.negative(builder.multiply(y, x)));
  });

  it('means what it says, in every form', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(999), { minLength: 3, maxLength: 60 }), (choices) => {
        const builder = new CodeBuilder();
        const inputs = [1.25, -0.375, 3];
        const values: Value[] = inputs.map((_, k) => builder.input(k));
        const truth = [...inputs];
        for (const choice of choices) {
          const [i, j] = [choice % truth.length, (choice >> 3) % truth.length];
          const [a, b] = [values[i]!, values[j]!];
          const [p, q] = [truth[i]!, truth[j]!];
          const made: [Value, number][] = [
            [builder.add(a, b), p + q],
            [builder.subtract(a, b), p - q],
            [builder.multiply(a, b), p * q],
            [builder.divide(a, b), p / q],
            [builder.minimum(a, b), q < p ? q : p],
            [builder.multiply(a, builder.constant(choice)), p * choice],
          ];
          const [value, number] = made[choice % made.length]!;
          if (!Number.isFinite(number) || Math.abs(number) > 1e60) continue;
          values.push(value);
          truth.push(number);
        }
        const [first, ...others] = at(builder, values, inputs);
        for (const other of others) expect(other).toEqual(first);
        truth.forEach((number, k) => {
          expect(first![k]).toBeClose(number, { rel: 1e-9, abs: 1e-9 });
        });
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('eliminated', () => {
  /** f and safety of a 2 x 2 system in one input x: [[x, 1], [1, 1]] v = (1, 2), f = v_1. */
  function system(nominal: number) {
    const builder = new CodeBuilder();
    const one = builder.constant(1);
    const rows: Row[] = [
      new Map([
        [0, builder.input(0)],
        [1, one],
      ]),
      new Map([
        [0, one],
        [1, one],
      ]),
    ];
    const found = eliminated(
      {
        rows,
        right: [one, builder.constant(2)],
        functional: new Map([[0, one]]),
        constant: builder.constant(0),
      },
      { builder, points: [Float64Array.of(nominal)], most: 100 },
    );
    return found === undefined
      ? undefined
      : interpretedKernel(builder.finished([found.output, found.safety]));
  }

  const solve = (kernel: Kernel, x: number): [number, number] => {
    const outputs = new Float64Array(2 * BLOCK);
    kernel(new Float64Array(BLOCK).fill(x), outputs);
    return [outputs[0]!, outputs[BLOCK]!];
  };

  it('solves', () => {
    const kernel = system(3);
    // v_1 = -1/(x - 1)
    expect(solve(kernel!, 5)[0]).toBeClose(-1 / 4, { rel: 1e-15, abs: 0 });
    expect(solve(kernel!, 5)[1]).toBe(1);
  });

  it('says by its safety how much smaller than the nominal one a pivot is, and which sign it has', () => {
    const kernel = system(3);
    expect(solve(kernel!, 1.02)[1]).toBeClose(0.01, { rel: 1e-12, abs: 0 });
    expect(solve(kernel!, 0)[1]).toBeClose(-0.5, { rel: 1e-12, abs: 0 });
    expect(Math.abs(solve(kernel!, 1)[1])).toBe(0);
  });

  it('finds nothing in a singular system', () => {
    expect(system(1)).toBeUndefined();
  });
});
