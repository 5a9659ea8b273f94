// Straight-line code as a JavaScript function: a loop over the block whose body has a variable for each value.

import type { BinaryKind, Code, Operation } from './code.ts';
import { BLOCK, type Kernel } from './kernel.ts';

/** Larger functions are not optimised by V8 (facts of measurement: bench/README.md). */
const MOST_OPERATIONS = 4000;

/** Undefined where functions may not be made from text (a content security policy), or where they would be slow. */
export function javascriptKernel(code: Code): Kernel | undefined {
  if (code.operations.length > MOST_OPERATIONS) return undefined;
  try {
    const kernel: unknown = new Function('inputs', 'outputs', functionBody(code));
    return typeof kernel === 'function' ? (kernel as Kernel) : undefined;
  } catch {
    return undefined;
  }
}

function functionBody({ operations, outputs }: Code): string {
  const lines = operations.map((operation, i) => `const v${i} = ${expression(operation)};`);
  const stores = outputs.map((value, k) => `outputs[${k * BLOCK} + i] = v${value};`);
  const loop = `for (let i = 0; i < ${BLOCK}; i++) {`;
  return ["'use strict';", loop, ...lines, ...stores, '}'].join('\n');
}

const SIGNS: Readonly<Record<Exclude<BinaryKind, 'minimum'>, string>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
};

function expression(operation: Operation): string {
  switch (operation.kind) {
    case 'constant':
      return String(operation.value); // the shortest text that reads as the same double
    case 'input':
      return `inputs[${operation.index * BLOCK} + i]`;
    case 'minimum':
      return `v${operation.right} < v${operation.left} ? v${operation.right} : v${operation.left}`;
    default:
      return `v${operation.left} ${SIGNS[operation.kind]} v${operation.right}`;
  }
}
