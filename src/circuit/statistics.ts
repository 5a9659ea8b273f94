/** `*@ sigma` and `*@ montecarlo`: what the limits mean to statistics, and the samples to draw. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Directive, Distribution } from '../../grammar/directive/tree.ts';
import { COMMAND_LINE, type Span } from '../../grammar/source.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import type { Element } from './circuit.ts';
import type { PlacedDirective } from './flatten.ts';
import { NO_MATCH, type Rank, rank } from './pattern.ts';

export interface MonteCarloRequest {
  readonly samples: number;
  /** Of 32 bits. */
  readonly seed: number;
  readonly distribution: Distribution;
  readonly span: Span;
}

export interface Statistics {
  /** How many standard deviations a limit is from the middle, unless said otherwise. */
  readonly sigma: number;
  /** By name of an element or an op amp. */
  readonly sigmas: ReadonlyMap<string, number>;
  readonly monteCarlo: MonteCarloRequest | null;
}

/** Limits that nothing is said about: a normal distribution leaves 0.27 % outside. */
const SIGMA = 3;
const SEED = 1;

/** How many standard deviations the limits of `name` are from the middle. */
export function sigmaOf({ sigma, sigmas }: Statistics, name: string): number {
  return sigmas.get(name) ?? sigma;
}

/** Of several lines an exact name beats a pattern and a later line an earlier one. */
export function statisticsOf(
  directives: readonly PlacedDirective[],
  {
    elements,
    diagnostics,
  }: { readonly elements: readonly Element[]; readonly diagnostics: Diagnostics },
): Statistics {
  let sigma = SIGMA;
  let monteCarlo: MonteCarloRequest | null = null;
  const sigmas = new Map<string, { readonly count: number; readonly worth: Rank }>();
  const last = new Map<'sigma' | 'montecarlo', Span>();
  const replace = (kind: 'sigma' | 'montecarlo', span: Span): void => {
    const before = last.get(kind);
    last.set(kind, span);
    // A line in a subcircuit is met once for each instance.
    if (before === undefined || before === span || overrides(span, before)) return;
    diagnostics.warning(
      'repeated_directive',
      span,
      `This *@ ${kind} replaces the one before it: the last one counts.`,
      'Leave out the one that is not meant.',
    );
  };
  for (const { line, prefix } of directives) {
    const { directive, span } = line;
    if (directive.kind === 'montecarlo') {
      replace('montecarlo', span);
      monteCarlo = requestOf(directive, span);
    }
    if (directive.kind !== 'sigma') continue;
    const { target, count } = directive;
    if (target === undefined) {
      replace('sigma', span);
      sigma = count.value;
      continue;
    }
    const matched = elements
      .map((element) => ({ element, worth: worthOf(prefix + target.text, element) }))
      .filter(({ worth }) => worth !== NO_MATCH);
    if (matched.length === 0) {
      const names = elements.map(({ name }) => name);
      diagnostics.error(
        'unknown_element',
        target.span,
        `There is no element "${target.text}" in the circuit${didYouMean(target.text, names)}.`,
      );
    }
    for (const { element, worth } of matched) {
      if (worth < (sigmas.get(element.name)?.worth ?? NO_MATCH)) continue;
      sigmas.set(element.name, { count: count.value, worth });
    }
  }
  return {
    sigma,
    sigmas: new Map([...sigmas].map(([name, { count }]) => [name, count])),
    monteCarlo,
  };
}

/** The command line over the netlist, which it is there for. */
function overrides(span: Span, before: Span): boolean {
  return span.source.name === COMMAND_LINE && before.source.name !== COMMAND_LINE;
}

function worthOf(target: string, element: Element): Rank {
  return rank(target, element.name, element.kind === 'opAmp' ? element.part : undefined);
}

function requestOf(
  { samples, seed, distribution }: Extract<Directive, { kind: 'montecarlo' }>,
  span: Span,
): MonteCarloRequest {
  return { samples: samples.value, seed: seed?.value ?? SEED, distribution, span };
}
