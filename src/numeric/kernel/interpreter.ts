// Straight-line code executed operation by operation, each for the whole block: where no function can be made of it. A
// value's register is free for others after its last use.

import { applied, type Code } from './code.ts';
import { BLOCK, type Kernel } from './kernel.ts';

export function interpretedKernel(code: Code): Kernel {
  const { places, count } = registers(code);
  const memory = Array.from({ length: count }, () => new Float64Array(BLOCK));
  return (inputs, outputs) => {
    code.operations.forEach((operation, k) => {
      const target = memory[places[k]!]!;
      if (operation.kind === 'constant') target.fill(operation.value);
      else if (operation.kind === 'input') {
        const start = operation.index * BLOCK;
        target.set(inputs.subarray(start, start + BLOCK));
      } else {
        const { kind } = operation;
        const left = memory[places[operation.left]!]!;
        const right = memory[places[operation.right]!]!;
        for (let i = 0; i < BLOCK; i++) target[i] = applied(kind, left[i]!, right[i]!);
      }
    });
    code.outputs.forEach((value, k) => {
      outputs.set(memory[places[value]!]!, k * BLOCK);
    });
  };
}

/** The register of each value, and how many there are. Outputs keep theirs. */
function registers({ operations, outputs }: Code): { places: Int32Array; count: number } {
  const lastUse = new Int32Array(operations.length);
  operations.forEach((operation, k) => {
    if (!('left' in operation)) return;
    lastUse[operation.left] = k;
    lastUse[operation.right] = k;
  });
  for (const output of outputs) lastUse[output] = operations.length;
  const places = new Int32Array(operations.length);
  const free: number[] = [];
  let count = 0;
  operations.forEach((operation, k) => {
    const ended =
      'left' in operation
        ? [...new Set([operation.left, operation.right])].filter((value) => lastUse[value] === k)
        : [];
    free.push(...ended.map((value) => places[value]!));
    places[k] = free.pop() ?? count++;
  });
  return { places, count };
}
