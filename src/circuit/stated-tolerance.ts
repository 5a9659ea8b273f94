/**
 * What a card says of its own tolerance: `tol=1%`, `DEV=5%` and `LOT=1%` (there or behind R in the model) and random
 * functions in the value. PSpice: DEV is independent, LOT common to all elements of the model.
 */

import type { Expression } from '../../grammar/expression.ts';
import type { Span } from '../../grammar/source.ts';
import type { Assignment } from '../../grammar/spice/tree.ts';
import type { PlacedModel } from './level.ts';
import type { Place } from './place.ts';
import { randomCalls, randomDeviation, SIGMAS } from './random-functions.ts';
import type { Scope } from './scope.ts';
import { type Deviation, NO_DEVIATION, type StatedTolerance, symmetric } from './tolerance.ts';

export interface ToleranceSources {
  readonly span: Span;
  /** The value, where its names are looked up, and its number. */
  readonly expression?: Expression;
  readonly scope: Scope;
  readonly parameters: readonly Assignment[];
  readonly model?: PlacedModel | undefined;
  /** d ln R/dT at the temperature of the circuit [1/K]. */
  readonly coefficient?: number;
}

/** Undefined when nothing is said. */
export function statedTolerance(
  sources: ToleranceSources,
  place: Place,
): StatedTolerance | undefined {
  const { span, parameters, model, scope, expression, coefficient = 0 } = sources;
  // Most elements are a number alone.
  const isBare = parameters.length === 0 && model === undefined && coefficient === 0;
  if (isBare && expression?.kind === 'number') return undefined;
  const own = toleranceKeys(parameters, { key: TOLERANCE, place });
  const ofModel =
    model === undefined ? [] : toleranceKeys(behindValue(model), { key: TOLERANCE, place });
  const found = own.length > 0 ? own : ofModel;
  const random = expression === undefined ? undefined : deviationOf(expression, { scope, place });
  const part = (isLot: boolean): number =>
    found.reduce((sum, at) => (at.isLot === isLot ? sum + at.part : sum), 0);
  const deviation = together(symmetric(part(false)), random ?? NO_DEVIATION);
  const lot = part(true);
  const isSilent = deviation.low === 0 && deviation.high === 0 && lot === 0 && coefficient === 0;
  if (isSilent) return undefined;
  const label = model === undefined ? undefined : `model ${model.card.name.text}`;
  if (lot === 0) return { span, deviation, coefficient };
  // Without a model there is nothing to have a lot in common with.
  if (label === undefined) {
    return { span, deviation: together(deviation, symmetric(lot)), coefficient };
  }
  return { span, deviation, coefficient, lot: { label, common: symmetric(lot) } };
}

const TOLERANCE = /^(?:tol|dev|lot)(?:\/\w+)*$/i;

/** The DEV and LOT of R, which stand between it and the next parameter of the model. */
function behindValue({ parameters }: PlacedModel): readonly Assignment[] {
  const at = parameters.findIndex(({ key }) => /^r(?:esistance)?$/i.test(key.text));
  if (at < 0) return [];
  const behind = parameters.slice(at + 1);
  const end = behind.findIndex(({ key }) => !TOLERANCE.test(key.text));
  return end < 0 ? behind : behind.slice(0, end);
}

function toleranceKeys(
  parameters: readonly Assignment[],
  { key: pattern, place }: { key: RegExp; place: Place },
): { readonly isLot: boolean; readonly part: number }[] {
  return parameters.flatMap(({ key, value }) => {
    if (!pattern.test(key.text)) return [];
    const number = place.scope.evaluate(value);
    const isPercent = value.kind === 'number' && value.unit === '%';
    const isTol = /^tol/i.test(key.text);
    if (!isPercent && !isTol) {
      place.diagnostics.warning(
        'absolute_tolerance',
        key.span,
        `"${key.text}" without % is not evaluated; the results do not contain it.`,
        `Write it in percent: ${key.text}=1%.`,
      );
      return [];
    }
    const isGaussian = /\/gauss/i.test(key.text); // PSpice: the value is one sigma
    const part = Math.abs(number / 100) * (isGaussian ? SIGMAS : 1);
    if (part < 1) return [{ isLot: /^lot/i.test(key.text), part }];
    place.diagnostics.error(
      'bad_tolerance',
      key.span,
      `A tolerance is less than 100 %, not ${100 * part} %.`,
    );
    return [];
  });
}

function deviationOf(
  expression: Expression,
  { scope, place }: { scope: Scope; place: Place },
): Deviation | undefined {
  const [first] = randomCalls(expression, scope);
  if (first === undefined) return undefined;
  const deviation = randomDeviation(expression, scope);
  if (deviation !== undefined && deviation.low > -1) return deviation;
  place.diagnostics.warning(
    'tolerance_not_evaluated',
    first.span,
    'This tolerance is not evaluated; the results do not contain it.',
    'State it as part of a value that is not 0, below 100 %.',
  );
  return undefined;
}

/** (1 + a)(1 + b) - 1 */
function together(a: Deviation, b: Deviation): Deviation {
  return { low: (1 + a.low) * (1 + b.low) - 1, high: (1 + a.high) * (1 + b.high) - 1 };
}
