/** TABLE, LAPLACE and FREQ at the operating point. */

import type { Word } from '../../grammar/expression.ts';
import type { SpecialControl } from '../../grammar/spice/tree.ts';
import { binary, constant, type Formula, table } from '../devices/formula.ts';
import type { Inputs } from './formula.ts';
import { ascending, TABLE_HINT, TableFault } from './functions.ts';
import type { Place } from './place.ts';
import { EvaluationFault, Scope } from './scope.ts';

type Form<F extends SpecialControl['form']> = Extract<SpecialControl, { form: F }>;

/** The formula of a special form. @throws {EvaluationFault} for one that has no known law. */
export function specialFormula(
  control: SpecialControl,
  { name, inputs, place }: { name: Word; inputs: Inputs; place: Place },
): Formula {
  switch (control.form) {
    case 'table':
      return tableFormula(control, { inputs, place });
    case 'laplace': {
      const gain = constant(transferAtDc(control.transfer, place));
      return binary('multiply', [inputs.formulaOf(control.input), gain]);
    }
    case 'frequency': {
      const gain = constant(gainAtDc(control, { name, place }));
      return binary('multiply', [inputs.formulaOf(control.input), gain]);
    }
    default:
      throw new EvaluationFault(
        'unsupported_form',
        name.span,
        `"${name.text}" uses ${control.keyword.text.toUpperCase()}, which this version cannot solve.`,
        'Linear, POLY, VALUE, TABLE, LAPLACE and FREQ sources can be.',
      );
  }
}

/** Straight lines between the points, level outside. */
function tableFormula(
  { input, points }: Form<'table'>,
  { inputs, place }: { inputs: Inputs; place: Place },
): Formula {
  const list = points.map(([x, y]) => [place.scope.evaluate(x), place.scope.evaluate(y)] as const);
  try {
    return table(inputs.formulaOf(input), { points: ascending(list), outside: 'level' });
  } catch (fault) {
    if (!(fault instanceof TableFault)) throw fault;
    const span = points[0]?.[0].span ?? input.span;
    throw new EvaluationFault('bad_table', span, fault.message, TABLE_HINT);
  }
}

/** H(0). */
export function transferAtDc(transfer: Form<'laplace'>['transfer'], place: Place): number {
  const scope = new Scope(place.scope);
  scope.fix('s', 0);
  return scope.evaluate(transfer);
}

const FREQUENCY_OPTIONS = new Set(['R_I', 'MAG', 'DB', 'RAD', 'DEG']);

/**
 * The gain of a FREQ table at 0 Hz. PSpice: magnitude [dB] and phase [degrees] unless MAG, RAD or R_I say
 * otherwise, "for frequencies outside the table's range, 0 (zero) magnitude is used" (user's guide, FTABLE).
 */
function gainAtDc(
  { options, points }: Form<'frequency'>,
  { name, place }: { name: Word; place: Place },
): number {
  const said = new Set(options.map(({ text }) => text.toUpperCase()));
  const unknown = options.find(({ text }) => !FREQUENCY_OPTIONS.has(text.toUpperCase()));
  if (unknown !== undefined) {
    throw new EvaluationFault(
      'unknown_option',
      unknown.span,
      `FREQ of "${name.text}" has the option "${unknown.text}".`,
      `It may be one of ${[...FREQUENCY_OPTIONS].join(' ')}.`,
    );
  }
  const entries = points.map((point) => point.map((value) => place.scope.evaluate(value)));
  const [lowest = 0, first = 0, second = 0] = entries.reduce((a, b) =>
    (b[0] ?? 0) < (a[0] ?? 0) ? b : a,
  );
  if (lowest > 0) {
    place.diagnostics.warning(
      'no_gain_at_dc',
      name.span,
      `The table of "${name.text}" begins at ${lowest} Hz, so its gain at DC is 0 (PSpice).`,
      'Give it an entry at 0 Hz.',
    );
    return 0;
  }
  if (said.has('R_I')) return first;
  const magnitude = said.has('MAG') ? first : 10 ** (first / 20);
  return magnitude * Math.cos(said.has('RAD') ? second : (second * Math.PI) / 180);
}
