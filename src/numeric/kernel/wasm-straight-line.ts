// Straight-line code over a block, two samples in a vector: a local for each value.

import type { BinaryKind, Code, Operation } from './code.ts';
import { BLOCK } from './kernel.ts';
import type { FunctionBody } from './wasm-binary.ts';
import type { Bytes } from './wasm-bytes.ts';
import { f64, f64x2, i32, localGet, localSet, loop, TYPE, v128 } from './wasm-instructions.ts';
import { COLUMN, DOUBLE, type Layout } from './wasm-layout.ts';

const BINARY: Readonly<Record<BinaryKind, Bytes>> = { ...f64x2, minimum: f64x2.pseudoMinimum };

/** (): computes the outputs; the least of the last output over the block, NaN if a first one is not finite. */
export function straightLine({ operations, outputs }: Code, layout: Layout): FunctionBody {
  const [pointer, least, strange, first] = [0, 1, 2, 3];
  const value = (k: number) => first + k;
  const computed = (operation: Operation): Bytes => {
    switch (operation.kind) {
      case 'constant':
        return v128.doubles(operation.value);
      case 'input':
        return [...localGet(pointer), ...v128.load(layout.inputs + operation.index * COLUMN)];
      default:
        return [
          ...localGet(value(operation.left)),
          ...localGet(value(operation.right)),
          ...BINARY[operation.kind],
        ];
    }
  };
  const stored = outputs.flatMap((output, k) => [
    ...localGet(pointer),
    ...localGet(value(output)),
    ...v128.store(layout.outputs + k * COLUMN),
  ]);
  const body = operations.flatMap((operation, k) => [
    ...computed(operation),
    ...localSet(value(k)),
  ]);
  const [wanted, last] = [value(outputs[0]!), value(outputs.at(-1)!)];
  return {
    locals: [
      [1, TYPE.i32],
      [operations.length + 2, TYPE.v128],
    ],
    instructions: [
      ...v128.doubles(Number.POSITIVE_INFINITY),
      ...localSet(least),
      ...loop([
        ...body,
        ...stored,
        ...localGet(least),
        ...localGet(last),
        ...f64x2.pseudoMinimum,
        ...localSet(least),
        // x - x is 0, or no number.
        ...localGet(wanted),
        ...localGet(wanted),
        ...f64x2.subtract,
        ...localGet(strange),
        ...f64x2.add,
        ...localSet(strange),
        ...localGet(pointer),
        ...i32.constant(2 * DOUBLE),
        ...i32.add,
        ...localSet(pointer),
        ...localGet(pointer),
        ...i32.constant(BLOCK * DOUBLE),
        ...i32.lessUnsigned,
      ]),
      ...localGet(least),
      ...f64x2.extract(0),
      ...localGet(least),
      ...f64x2.extract(1),
      ...f64.minimum,
      ...localGet(strange),
      ...f64x2.extract(0),
      ...f64.add,
      ...localGet(strange),
      ...f64x2.extract(1),
      ...f64.add,
    ],
  };
}
