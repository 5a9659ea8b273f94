/** The parameters of a code model's `.model` card: numbers, TRUE and FALSE, and lists in brackets. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Expression } from '../../../grammar/expression.ts';
import type { Span } from '../../../grammar/source.ts';
import { didYouMean } from '../../../grammar/suggest.ts';
import type { PlacedModel } from '../level.ts';
import { EvaluationFault } from '../scope.ts';

/** What a model may state: numbers with their defaults (null where it must), flags, lists. */
export interface ParameterSpecification {
  readonly numbers?: Readonly<Record<string, number | null>>;
  readonly flags?: Readonly<Record<string, boolean>>;
  readonly lists?: readonly string[];
  /** Without effect at the operating point. */
  readonly inert?: readonly string[];
}

export class CodeModelParameters {
  readonly #model: PlacedModel;
  readonly #specification: ParameterSpecification;

  /** Unknown parameters are a warning. */
  constructor(
    model: PlacedModel,
    {
      specification,
      diagnostics,
    }: { specification: ParameterSpecification; diagnostics: Diagnostics },
  ) {
    this.#model = model;
    this.#specification = specification;
    const { numbers = {}, flags = {}, lists = [], inert = [] } = specification;
    const known = new Set([...Object.keys(numbers), ...Object.keys(flags), ...lists, ...inert]);
    for (const { key } of model.parameters) {
      if (known.has(key.text.toLowerCase())) continue;
      diagnostics.warning(
        'unknown_parameter',
        key.span,
        `Model "${model.card.name.text}" states "${key.text}", which the code model ${model.card.type.text} does not have${didYouMean(key.text, known)}; it is left out.`,
      );
    }
  }

  /** Where the model stands. */
  get span(): Span {
    return this.#model.card.name.span;
  }

  /** @throws {EvaluationFault} when it must be stated and is not. */
  number(name: string): number {
    const stated = this.#stated(name);
    if (stated !== undefined) return this.#model.scope.evaluate(stated);
    const otherwise = this.#specification.numbers?.[name];
    if (typeof otherwise === 'number') return otherwise;
    const { card } = this.#model;
    throw new EvaluationFault(
      'missing_parameter',
      card.name.span,
      `Model "${card.name.text}" does not state "${name}", which the code model ${card.type.text} needs.`,
    );
  }

  flag(name: string): boolean {
    const stated = this.#stated(name);
    if (stated === undefined) return this.#specification.flags?.[name] ?? false;
    if (stated.kind === 'name' && /^(?:true|false|t|f)$/i.test(stated.name)) {
      return /^t/i.test(stated.name);
    }
    return this.#model.scope.evaluate(stated) !== 0;
  }

  /** Empty when the model does not state it; one value may stand without brackets. */
  list(name: string): readonly number[] {
    const { card, scope } = this.#model;
    const found = card.lists?.find(({ key }) => key.text.toLowerCase() === name);
    const single = this.#stated(name);
    const values = found?.values ?? (single === undefined ? [] : [single]);
    return values.map((value) => scope.evaluate(value));
  }

  #stated(name: string): Expression | undefined {
    return this.#model.parameters.find(({ key }) => key.text.toLowerCase() === name)?.value;
  }
}
