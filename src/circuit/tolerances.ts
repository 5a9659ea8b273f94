/**
 * Which elements have tolerances: what the netlist says beside their values, under the `*@ tol` lines, of
 * which an exact name beats a pattern and a later line an earlier one, key by key; and which of them
 * `*@ match` ties together.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Directive, Quantity } from '../../grammar/directive/tree.ts';
import type { Word } from '../../grammar/expression.ts';
import type { Span } from '../../grammar/source.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import type { Element, Temperature } from './circuit.ts';
import type { PlacedDirective } from './flatten.ts';
import { NO_MATCH, rank } from './pattern.ts';
import { known, type Spread, ZERO } from './specification.ts';
import {
  type Deviation,
  type Match,
  NO_DEVIATION,
  symmetric,
  type Tolerance,
} from './tolerance.ts';
import { ageingOf, coefficientOf, toleranceOf } from './tolerance-directives.ts';

interface Stated {
  span: Span;
  deviation: Deviation;
  inner?: number;
  coefficient: Spread;
  ageing: Deviation;
  /** What the lines so far have been worth. */
  ranks: { deviation: number; coefficient: number; ageing: number };
  match?: Match;
}

/** Kinds with a value that a tolerance can be of. */
const WITH_VALUE: ReadonlySet<Element['kind']> = new Set([
  'resistor',
  'voltageSource',
  'currentSource',
  'controlledVoltage',
  'controlledCurrent',
]);
/** Kinds that have no effect at DC, so that their tolerance has none. */
const WITHOUT_EFFECT: ReadonlySet<Element['kind']> = new Set(['capacitor', 'inductor']);

export function tolerancesOf(
  elements: readonly Element[],
  {
    directives,
    temperature,
    diagnostics,
  }: {
    readonly directives: readonly PlacedDirective[];
    readonly temperature: Temperature | null;
    readonly diagnostics: Diagnostics;
  },
): readonly Tolerance[] {
  const table = new ToleranceTable(elements, diagnostics);
  for (const { line, prefix } of directives) {
    if (line.directive.kind === 'tol') table.tol(line.directive, { prefix, span: line.span });
  }
  for (const { line, prefix } of directives) {
    if (line.directive.kind === 'match') table.match(line.directive, { prefix, span: line.span });
  }
  table.checkCoefficients(temperature);
  return table.tolerances();
}

function percent(part: number): string {
  return `${Number((100 * part).toPrecision(4))} %`;
}

interface At {
  readonly prefix: string;
  readonly span: Span;
}

class ToleranceTable {
  readonly #elements: readonly Element[];
  readonly #names: ReadonlySet<string>;
  readonly #diagnostics: Diagnostics;
  readonly #stated = new Map<Element, Stated>();

  constructor(elements: readonly Element[], diagnostics: Diagnostics) {
    this.#elements = elements;
    this.#names = new Set(elements.map(({ name }) => name.toLowerCase()));
    this.#diagnostics = diagnostics;
    const lots = new Map<string, Match>();
    for (const element of elements) {
      if (element.stated === undefined) continue;
      const { lot, span, deviation, coefficient } = element.stated;
      const entry = this.#entry(element, span);
      Object.assign(entry, { deviation, coefficient: known(coefficient) });
      if (lot === undefined) continue;
      const match = lots.get(lot.label) ?? lot;
      lots.set(lot.label, match);
      entry.match = match;
    }
  }

  tol(line: Extract<Directive, { kind: 'tol' }>, { prefix, span }: At): void {
    const part =
      line.tolerance === undefined ? undefined : toleranceOf(line.tolerance, this.#diagnostics);
    const inner = line.inner === undefined ? undefined : this.#innerOf(line.inner, part);
    const coefficient =
      line.temperatureCoefficient === undefined
        ? undefined
        : coefficientOf(line.temperatureCoefficient, this.#diagnostics);
    const ageing = line.ageing === undefined ? undefined : ageingOf(line.ageing, this.#diagnostics);
    for (const { element, worth } of this.#matching(line.target, prefix)) {
      const at = this.#entry(element, span);
      if (part !== undefined && worth >= at.ranks.deviation) {
        Object.assign(at, { deviation: symmetric(part), span });
        at.ranks.deviation = worth;
        delete at.match; // that of the netlist's own lot
        delete at.inner;
        if (inner !== undefined) at.inner = inner;
      }
      if (coefficient !== undefined && worth >= at.ranks.coefficient) {
        Object.assign(at, { coefficient, span });
        at.ranks.coefficient = worth;
      }
      if (ageing !== undefined && worth >= at.ranks.ageing) {
        Object.assign(at, { ageing, span });
        at.ranks.ageing = worth;
      }
    }
  }

  /** The tolerances of the members become the common part: they must be the same. */
  match(line: Extract<Directive, { kind: 'match' }>, { prefix, span }: At): void {
    const mismatch = toleranceOf(line.mismatch, this.#diagnostics);
    const members = [
      ...new Set(
        line.elements.flatMap((word) => this.#matching(word, prefix).map(({ element }) => element)),
      ),
    ];
    const entries = members.map((element) => this.#entry(element, span));
    const [first] = entries;
    if (first === undefined || mismatch === undefined) return;
    const taken = entries.findIndex((entry) => entry.match !== undefined);
    if (taken >= 0) {
      this.#diagnostics.error(
        'matched_twice',
        span,
        `"${members[taken]?.name}" is in the group "${entries[taken]?.match?.label}" already.`,
      );
      return;
    }
    const common = first.deviation;
    const other = entries.findIndex(
      ({ deviation: { low, high } }) => low !== common.low || high !== common.high,
    );
    const [one, another] = [members[0], members[other]];
    if (one !== undefined && another !== undefined) {
      this.#diagnostics.error(
        'unequal_tolerances',
        span,
        `"${one.name}" and "${another.name}" have different tolerances, so they cannot track.`,
        'Matched elements share one tolerance: *@ tol R1 1% and *@ tol R3 1%.',
      );
      return;
    }
    const width = common.high - common.low;
    // Without a tolerance only their differences are known.
    if (width > 0 && mismatch > width) {
      this.#diagnostics.warning(
        'loose_match',
        span,
        `These elements differ by ${percent(mismatch)}, more than their tolerances of ${percent(width / 2)} would let them.`,
        'Leave the match out, or state a smaller difference.',
      );
    }
    const half = mismatch / 2; // design: |u| <= match/2 each
    const { inner } = first;
    const label = members.map(({ name }) => name).join(' ');
    const match: Match = { label, common, ...(inner === undefined ? {} : { inner }) };
    for (const entry of entries) {
      delete entry.inner;
      Object.assign(entry, { match, deviation: symmetric(half) });
    }
  }

  /** The inner limit of a bin as a part of the outer one. */
  #innerOf(inner: Quantity, outer: number | undefined): number | undefined {
    const part = toleranceOf(inner, this.#diagnostics);
    if (part === undefined || outer === undefined || part < outer) {
      return part === undefined || outer === undefined ? undefined : part / outer;
    }
    this.#diagnostics.error(
      'bad_tolerance',
      inner.span,
      'A bin leaves nothing when its inner limit is not below the tolerance.',
      'Write *@ tol R1 5% bin=1% for 5 % parts without those better than 1 %.',
    );
    return undefined;
  }

  /** A coefficient needs a range of temperature, over which no value may change its sign. */
  checkCoefficients(temperature: Temperature | null): void {
    const { nominal, low, high } = temperature ?? { nominal: 0, low: 0, high: 0 };
    for (const [{ name }, { span, coefficient, ranks }] of this.#stated) {
      if (ranks.coefficient !== NO_MATCH && low === high) {
        this.#diagnostics.warning(
          'coefficient_without_range',
          span,
          `The temperature coefficient of "${name}" has no effect without a range of temperature.`,
          'State it: *@ temp 25 -40..125.',
        );
      }
      const factors = [coefficient.low, coefficient.high].flatMap((tc) => [
        1 + tc * (low - nominal),
        1 + tc * (high - nominal),
      ]);
      if (factors.every((factor) => factor > 0)) continue;
      this.#diagnostics.error(
        'bad_tolerance',
        span,
        `The temperature coefficient of "${name}" turns its value over between ${low} and ${high} deg C.`,
      );
    }
  }

  /** What can vary at all, in the order of the netlist. */
  tolerances(): readonly Tolerance[] {
    return this.#elements.flatMap((element): Tolerance[] => {
      const stated = this.#stated.get(element);
      if (stated === undefined) return [];
      const { ranks: _, ...tolerance } = stated;
      const { deviation, coefficient, ageing, match } = tolerance;
      const parts = [
        deviation,
        coefficient,
        ageing,
        ...(match === undefined ? [] : [match.common]),
      ];
      const varies = parts.some(({ low, high }) => low !== 0 || high !== 0);
      return varies ? [{ element: element.name, ...tolerance }] : [];
    });
  }

  #entry(element: Element, span: Span): Stated {
    const found = this.#stated.get(element) ?? {
      span,
      deviation: NO_DEVIATION,
      coefficient: ZERO,
      ageing: NO_DEVIATION,
      ranks: { deviation: 0, coefficient: 0, ageing: 0 },
    };
    this.#stated.set(element, found);
    return found;
  }

  /** The elements with a value that `target` names, and how well; a target that names none is reported. */
  #matching(target: Word, prefix: string): { element: Element; worth: number }[] {
    const named = this.#elements
      .map((element) => ({ element, worth: rank(prefix + target.text, element.name) }))
      .filter(({ element: { name }, worth }) =>
        target.text.includes('*') ? worth !== NO_MATCH && !this.#isPart(name) : worth !== NO_MATCH,
      );
    const found = named.filter(({ element }) => WITH_VALUE.has(element.kind));
    if (found.length > 0) return found;
    const [other] = named;
    if (other === undefined) {
      const names = this.#elements.map(({ name }) => name);
      this.#diagnostics.error(
        'unknown_element',
        target.span,
        `There is no element "${target.text}" in the circuit${didYouMean(target.text, names)}.`,
        /^[a-z]$/i.test(target.text)
          ? `Write ${target.text}* for every name that begins with ${target.text}.`
          : undefined,
      );
    } else if (WITHOUT_EFFECT.has(other.element.kind)) {
      const message = `The tolerance of "${other.element.name}" has no effect at DC.`;
      this.#diagnostics.info('no_effect_at_dc', target.span, message);
    } else {
      this.#diagnostics.error(
        'no_tolerance',
        target.span,
        `"${other.element.name}" has no value that could have a tolerance.`,
        'Resistors, sources and controlled sources have; op amps have limits: *@ opamp XU1 vos=+-1m.',
      );
    }
    return [];
  }

  /** The series resistance of a source or a diode is not what `R*` means. */
  #isPart(name: string): boolean {
    const dot = name.lastIndexOf('.');
    return dot > 0 && this.#names.has(name.slice(0, dot).toLowerCase());
  }
}
