// Scales of rows and columns that bring the largest entry of each to 1, so that the entries of a column can be compared:
// conductances stand beside the ones of branch currents. Ruiz, RAL-TR-2001-034.

import type { Value } from './code.ts';
import type { Row } from './elimination.ts';

export interface Scales {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

const ROUNDS = 8;

/** The scales for entries of this size; those of what is empty are 1. */
export function equilibrated(rows: readonly Row[], size: (value: Value) => number): Scales {
  const n = rows.length;
  const scales = { rows: new Float64Array(n).fill(1), columns: new Float64Array(n).fill(1) };
  for (let round = 0; round < ROUNDS; round++) {
    const [inRow, inColumn] = [new Float64Array(n), new Float64Array(n)];
    rows.forEach((row, i) => {
      for (const [j, value] of row) {
        const scaled = size(value) * scales.rows[i]! * scales.columns[j]!;
        inRow[i] = Math.max(inRow[i]!, scaled);
        inColumn[j] = Math.max(inColumn[j]!, scaled);
      }
    });
    for (let i = 0; i < n; i++) {
      if (inRow[i]! > 0) scales.rows[i]! /= Math.sqrt(inRow[i]!);
      if (inColumn[i]! > 0) scales.columns[i]! /= Math.sqrt(inColumn[i]!);
    }
  }
  return scales;
}
