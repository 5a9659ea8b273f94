// The reference circuits as values; test/reference/README.md says what they mean.

import { readFileSync } from 'node:fs';

export interface ReferenceCircuit {
  readonly id: string;
  readonly title: string;
  readonly netlist: string;
  readonly output: string;
  readonly status: string;
  readonly opAmps: Readonly<Record<string, { readonly known: string; readonly limits?: string }>>;
  readonly expected?: {
    readonly nodes: Readonly<Record<string, number>>;
    readonly gains?: Readonly<Record<string, number>>;
    readonly idealOutput?: number;
    readonly error?: number;
    readonly inputReferred?: Readonly<Record<string, number | null>>;
    readonly budget?: { readonly worstCase: number; readonly rss: number };
    readonly opAmps: Readonly<Record<string, ReferenceOpAmp>>;
  };
}

export interface ReferenceOpAmp {
  readonly R_NEQ: number;
  readonly R_IEQ: number;
  readonly R_PP: number;
  readonly R_MM: number;
  readonly betaPlus: number;
  readonly betaMinus: number;
  readonly noiseGain?: number;
  readonly noiseGainToOutput?: number;
  readonly Z_N?: number;
  readonly Z_I?: number;
  /** Non-inverting, inverting. */
  readonly active?: readonly [number | null, number | null];
  readonly effective?: readonly [number | null, number | null];
  readonly terms?: Readonly<Record<string, number>>;
}

export const referenceCircuits: readonly ReferenceCircuit[] = JSON.parse(
  readFileSync(new URL('../reference/circuits.json', import.meta.url), 'utf8'),
);
