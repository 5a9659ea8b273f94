/** Text in, closed forms out: every quantity of a circuit with ideal op amps as a formula in the element values. */

import { type Diagnostic, Diagnostics } from '../grammar/diagnostic.ts';
import { COMMAND_LINE, type Source } from '../grammar/source.ts';
import { type AnalyzeOptions, analyze, REFUSED } from './analyze.ts';
import { type Circuit, isLinear, isNonlinear } from './circuit/circuit.ts';
import {
  type ClosedForm,
  type ClosedFormOptions,
  type ClosedForms,
  closedForms,
  hasForm,
  type NoForm,
} from './symbolic/closed-form.ts';
import { declaredEqualities } from './symbolic/declared-equalities.ts';
import { MOST_TERMS } from './symbolic/determinant.ts';
import { MOST_RESISTORS } from './symbolic/network.ts';
import { MOST_ELEMENTS } from './symbolic/transfer.ts';
import { evaluate } from './symbolic/tree.ts';
import type { Check } from './symbolic/verification.ts';
import { wantedQuantities } from './symbolic/wanted.ts';
import type { WrittenForm } from './symbolic/written-form.ts';

export interface Formula extends WrittenForm {
  readonly quantity: string;
  /** At the values of the circuit [SI]; null where it has none. */
  readonly value: number | null;
  /** The comparison with the numeric solver at random element values. */
  readonly check: Check;
  /** Relative error at the values of the circuit, of an approximation. */
  readonly error?: number;
}

export interface Formulation {
  readonly file: string;
  readonly title: string;
  readonly circuit: Circuit;
  readonly diagnostics: readonly Diagnostic[];
  /** Empty when the circuit has none; the diagnostics say why. */
  readonly formulas: readonly Formula[];
}

export interface FormulateOptions extends Omit<AnalyzeOptions, 'engine' | 'thevenin'> {
  /** `GN(XU1)`, `gain(VIN)`, `VOE`, or `GN` for every op amp; default: all quantities. */
  readonly quantities?: readonly string[];
  /** Elements that are equal, beside those that the netlist declares: `R4=R2`, `R20=2*R10`. */
  readonly equal?: readonly string[];
  /** The part of a quantity that may be left out: 0.01. */
  readonly approximate?: number;
}

/**
 * The closed forms of a netlist. Never throws for a text: what is wrong with it stands in `diagnostics`.
 * @throws {UnverifiedError} for a formula that the numeric solver contradicts, which is a fault of nullor.
 */
export async function formulate(
  text: string,
  options: FormulateOptions = {},
): Promise<Formulation> {
  const { quantities: wanted = [], equal = [], approximate, ...reading } = options;
  const { file, title, circuit, status, diagnostics: found } = await analyze(text, reading);
  const diagnostics = new Diagnostics();
  diagnostics.all.push(...found);
  const formulation = { file, title, circuit, diagnostics: diagnostics.all };
  if (!isLinear(circuit)) {
    if (!diagnostics.hasErrors) refuseNonlinear(circuit, diagnostics);
    return { ...formulation, formulas: [] };
  }
  if (REFUSED.has(status)) return { ...formulation, formulas: [] };

  const declared = declaredEqualities(circuit);
  for (const { span } of declared.others) {
    diagnostics.warning(
      'declaration_not_used',
      span,
      'Closed forms take equalities such as R4 = R2 and R20 = 2*R10; this one is left out.',
      'Write it as a whole multiple of one element: *@ let R20 = 2*R10.',
    );
  }
  const forms = closedForms(
    circuit,
    asked({ equal: withDeclared(equal, declared.texts), approximate }),
  );
  for (const fault of forms.faults) {
    diagnostics.error('bad_equality', onCommandLine(fault.text), fault.message, EQUALITY_HINT);
  }
  for (const { text: equality, message } of forms.untrue) {
    diagnostics.warning('untrue_equality', onCommandLine(equality), message);
  }
  const { quantities, faults } = wantedQuantities(wanted, circuit);
  for (const { code, message, hint } of faults) {
    diagnostics.error(code, onCommandLine(wanted.join(' ')), message, hint);
  }
  if (diagnostics.hasErrors) return { ...formulation, formulas: [] };
  const formulas = quantities.flatMap((quantity) => {
    const form = forms.form(quantity);
    if (hasForm(form)) return [formulaOf(form, forms)];
    explain(form, { diagnostics, isAsked: wanted.length > 0, circuit });
    return [];
  });
  return { ...formulation, formulas };
}

const EQUALITY_HINT = 'Write --let R4=R2, the element that is to vanish first.';

/** Equalities of the netlist and then those that are asked for, without what the netlist says already. */
function withDeclared(equal: readonly string[], declared: readonly string[]): readonly string[] {
  const plain = (text: string) => text.replace(/\s/g, '').toLowerCase();
  const known = new Set(declared.map(plain));
  return [...declared, ...equal.filter((text) => !known.has(plain(text)))];
}

function asked({
  equal,
  approximate,
}: {
  equal: readonly string[];
  approximate: number | undefined;
}): ClosedFormOptions {
  return { equal, ...(approximate === undefined ? {} : { approximate }) };
}

function onCommandLine(text: string) {
  const source: Source = { name: COMMAND_LINE, text };
  return { source, start: 0, end: text.length };
}

function formulaOf({ tree, ...form }: ClosedForm, { valueAt }: ClosedForms): Formula {
  const value = evaluate(tree, valueAt);
  return { ...form, value: Number.isFinite(value) ? value + 0 : null };
}

function refuseNonlinear(circuit: Circuit, diagnostics: Diagnostics): void {
  for (const { name, span } of circuit.elements.filter(isNonlinear)) {
    diagnostics.error(
      'no_closed_form',
      span,
      `"${name}" is not linear: a circuit with it has no closed forms.`,
      'Replace it by what it is at its operating point (nullor op), such as a resistor and a source.',
    );
  }
}

/** Says what a quantity lacks: as an error where it was asked for, else as a remark. */
function explain(
  { quantity, reason }: NoForm,
  {
    diagnostics,
    isAsked,
    circuit,
  }: { diagnostics: Diagnostics; isAsked: boolean; circuit: Circuit },
): void {
  const name = /\((.*)\)$/.exec(quantity)?.[1];
  const element = circuit.elements.find((each) => each.name === name) ?? circuit.elements[0];
  const span = element?.span ?? onCommandLine(quantity);
  const [code, message, hint] =
    reason === 'absent'
      ? [
          'no_such_quantity',
          `${quantity} does not exist, whatever the values are: an op amp has no DC feedback that holds its inputs equal.`,
          'R_NEQ, R_IEQ and BETA exist without feedback; the others need it.',
        ]
      : [
          'formula_too_long',
          `${quantity} has no closed form of a sensible length: the circuit has more than ${MOST_RESISTORS} resistors, or the quantity depends on more than ${MOST_ELEMENTS} elements or has more than ${MOST_TERMS} terms.`,
          'Ask for single quantities, declare equal elements with --let, or draw less of the circuit.',
        ];
  if (isAsked) diagnostics.error(code, span, message, hint);
  else diagnostics.warning(code, span, message, hint);
}
