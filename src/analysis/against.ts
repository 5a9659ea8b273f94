/** Our operating point against that of another simulator, read from its raw file. */

import { quantityOf } from '../../grammar/raw/quantity.ts';
import type { RawPlot } from '../../grammar/raw/read.ts';

export interface AgainstRow {
  /** `V(out)`, `I(R1)` */
  readonly quantity: string;
  readonly unit: 'V' | 'A';
  /** null where only the other has the quantity, or we have no value of it. */
  readonly ours: number | null;
  readonly theirs: number | null;
  /** |ours - theirs|, and what it may be; null where there is nothing to compare. */
  readonly difference: number | null;
  readonly bound: number | null;
}

export interface Against {
  readonly file: string;
  readonly agrees: boolean;
  /** Largest difference over (the value + 1e-3 of the largest of its kind); at most 1e-3 when they agree. */
  readonly worst: number;
  /** What both have, the largest difference first; then what one has. */
  readonly rows: readonly AgainstRow[];
  /** What a reader of the file must know, in sentences. */
  readonly warnings: readonly string[];
}

/**
 * RELTOL of SPICE: a simulator that is content with this part of a value promises no more. Of the current of a
 * resistor between two large voltages it does not even promise that.
 */
const RELATIVE = 1e-3;
/** A value beside one a thousand times as large is known to the same part of the large one. */
const OF_LARGEST = 1e-3;

/**
 * The figures of an operating point. Currents of diodes and transistors are none of them: ngspice writes those
 * of the iteration before its last, which RELTOL leaves off by more than the bound.
 */
export interface Figures {
  readonly nodes: Readonly<Record<string, number | null>>;
  readonly branches: Readonly<Record<string, number>>;
}

/** The comparison; undefined when the two have no quantity in common. */
export function compareAgainst(
  figures: Figures,
  { file, plot }: { readonly file: string; readonly plot: RawPlot },
): Against | undefined {
  const own = ownQuantities(figures);
  const other = otherQuantities(plot);
  const largest = { V: 0, I: 0 };
  for (const { kind, value } of [...own.values(), ...other.values()]) {
    largest[kind] = Math.max(largest[kind], Math.abs(value ?? 0));
  }
  const common: { row: AgainstRow; relative: number }[] = [];
  const single: AgainstRow[] = [];
  for (const [key, { kind, label, value: ours }] of own) {
    const theirs = other.get(key)?.value ?? null;
    const unit = kind === 'V' ? 'V' : 'A';
    if (ours === null || theirs === null) {
      single.push({ quantity: label, unit, ours, theirs, difference: null, bound: null });
      continue;
    }
    const difference = Math.abs(ours - theirs);
    const scale = Math.max(Math.abs(ours), Math.abs(theirs)) + OF_LARGEST * largest[kind];
    const relative = difference === 0 ? 0 : difference / scale;
    const bound = RELATIVE * scale;
    common.push({ row: { quantity: label, unit, ours, theirs, difference, bound }, relative });
  }
  if (common.length === 0) return undefined;
  for (const [key, { kind, label, value: theirs }] of other) {
    if (own.has(key)) continue;
    const unit = kind === 'V' ? 'V' : 'A';
    single.push({ quantity: label, unit, ours: null, theirs, difference: null, bound: null });
  }
  common.sort((a, b) => b.relative - a.relative);
  return {
    file,
    agrees: common.every(({ relative }) => relative <= RELATIVE),
    worst: common[0]?.relative ?? 0,
    rows: [...common.map(({ row }) => row), ...single],
    warnings: plot.warnings,
  };
}

interface Quantity {
  readonly kind: 'V' | 'I';
  readonly label: string;
  readonly value: number | null;
}

/** By kind and lower-case name, as raw files name them. */
function ownQuantities({ nodes, branches }: Figures): Map<string, Quantity> {
  const own = new Map<string, Quantity>();
  const add = (kind: 'V' | 'I', name: string, value: number | null) => {
    own.set(`${kind} ${name.toLowerCase()}`, { kind, label: `${kind}(${name})`, value });
  };
  for (const [name, voltage] of Object.entries(nodes)) add('V', name, voltage);
  for (const [name, current] of Object.entries(branches)) add('I', name, current);
  return own;
}

function otherQuantities({ variables }: RawPlot): Map<string, Quantity> {
  const other = new Map<string, Quantity>();
  for (const variable of variables) {
    const found = quantityOf(variable);
    if (found === null || !Number.isFinite(variable.value)) continue;
    const { quantity: kind, name } = found;
    other.set(`${kind} ${name}`, { kind, label: `${kind}(${name})`, value: variable.value });
  }
  return other;
}
