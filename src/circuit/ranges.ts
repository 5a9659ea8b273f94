/** `*@ range` and `*@ deltas`: over which voltages and currents a circuit is used, and what changes are counted from. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Directive } from '../../grammar/directive/tree.ts';
import type { OpAmp } from './circuit.ts';
import type { PlacedDirective } from './flatten.ts';
import { NO_MATCH, rank } from './pattern.ts';
import type { NameTable } from './probes.ts';

/** low <= high [V] or [A] */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export type PinQuantity = 'output' | 'commonMode' | 'positiveSupply' | 'negativeSupply';

/**
 * What a change of a pin voltage is counted from: the bias point at which V_OS is specified, or half of the
 * whole range to either side (AN1177 Example 1; theory E23).
 */
export type DeltaConvention = 'bias-point' | 'half-range';

export interface Ranges {
  /** By name of an independent source. */
  readonly sources: ReadonlyMap<string, Range>;
  /** What a directive states for an op amp instead of what the circuit gives, by its name. */
  readonly opAmps: ReadonlyMap<string, ReadonlyMap<PinQuantity, Range>>;
  readonly deltas: DeltaConvention;
}

type RangeDirective = Extract<Directive, { kind: 'range' }>;

const QUANTITIES = {
  vout: 'output',
  vcm: 'commonMode',
  vdd: 'positiveSupply',
  vss: 'negativeSupply',
} as const satisfies Readonly<Record<NonNullable<RangeDirective['quantity']>, PinQuantity>>;

/** Later lines override earlier ones; a name that matches nothing is an error. */
export function rangesOf(
  directives: readonly PlacedDirective[],
  {
    names,
    opAmps,
    diagnostics,
  }: {
    readonly names: NameTable;
    readonly opAmps: readonly OpAmp[];
    readonly diagnostics: Diagnostics;
  },
): Ranges {
  const sources = new Map<string, Range>();
  const stated = new Map<string, Map<PinQuantity, Range>>();
  let deltas: DeltaConvention = 'bias-point';
  for (const { line, prefix } of directives) {
    const { directive, span } = line;
    if (directive.kind === 'deltas') deltas = directive.convention;
    if (directive.kind !== 'range') continue;
    const { target, quantity } = directive;
    const range = rangeOf(directive);
    const word = { ...target, text: prefix + target.text };
    if (quantity === undefined) {
      const source = names.element(word, ['voltageSource', 'currentSource']);
      if (source !== undefined) sources.set(source.name, range);
      continue;
    }
    const matched = opAmps.filter(({ name, part }) => rank(word.text, name, part) !== NO_MATCH);
    if (matched.length === 0) {
      diagnostics.error(
        'unknown_op_amp',
        span,
        `There is no op amp "${target.text}" in the netlist.`,
      );
    }
    for (const { name } of matched) {
      const own = stated.get(name) ?? new Map<PinQuantity, Range>();
      own.set(QUANTITIES[quantity], range);
      stated.set(name, own);
    }
  }
  return { sources, opAmps: stated, deltas };
}

function rangeOf({ low, high }: RangeDirective): Range {
  return { low: Math.min(low.value, high.value), high: Math.max(low.value, high.value) };
}
