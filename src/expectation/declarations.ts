/** `*@ let R4 = R2`: elements that follow others when formulas are tested at other values. */

import { type Diagnostic, Diagnostics } from '../../grammar/diagnostic.ts';
import { formatEngineering } from '../../grammar/number.ts';
import { textOf } from '../../grammar/walk.ts';
import type { Circuit, Declaration, Element } from '../circuit/circuit.ts';
import { declarationOrder } from './declaration-order.ts';
import { unitOf } from './dimensions.ts';
import { FormulaFault } from './fault.ts';
import { type Formula, type FormulaCompiler, formulaCompiler } from './formula.ts';
import { elementOf, valueOfElement } from './quantities.ts';
import { Units, unitName } from './unit.ts';

type Obey = (elements: readonly Element[]) => readonly Element[];

/** Values that differ by rounding are the same. */
const SAME = 1e-9;

/**
 * What is wrong with the declarations of a circuit: an element that is declared twice or follows itself, a formula
 * that cannot be read or whose unit or value is not that of the element.
 */
export async function declarationFaults(circuit: Circuit): Promise<readonly Diagnostic[]> {
  const compile = await formulaCompiler();
  const diagnostics = new Diagnostics();
  const known = new Map<string, Declaration>();
  for (const declaration of circuit.declarations) {
    const { element, span } = declaration;
    const before = known.get(element);
    if (before === undefined) known.set(element, declaration);
    else if (!isRepeated(declaration, before)) {
      diagnostics.error(
        'declared_twice',
        span,
        `"${element}" is declared already: to be ${textOf(before.value)}.`,
        'Leave one of the declarations out.',
      );
    }
  }
  const { ordered, circular } = declarationOrder([...known.values()]);
  if (circular !== undefined) {
    diagnostics.error(
      'circular_declaration',
      circular.span,
      `"${circular.element}" is declared by its own value.`,
      'Write the element that follows on the left, others that are free on the right: *@ let R4 = R2.',
    );
  }
  for (const declaration of ordered) {
    try {
      judge(declaration, { circuit, compile, diagnostics });
    } catch (fault) {
      if (!(fault instanceof FormulaFault)) throw fault;
      diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
    }
  }
  return diagnostics.all;
}

/** What makes elements obey the declarations of a circuit without faults, each after those that it rests on. */
export function obedience(circuit: Circuit, compile: FormulaCompiler): Obey {
  const rules = declarationOrder(circuit.declarations).ordered.map((declaration) => ({
    ...declaration,
    formula: compile(declaration.value),
  }));
  return (elements) =>
    rules.reduce<readonly Element[]>((changed, rule) => {
      const value = valueBy(rule, changed);
      return changed.map((element) =>
        element.name === rule.element ? withValue(element, value) : element,
      );
    }, elements);
}

function isRepeated(one: Declaration, other: Declaration): boolean {
  const text = ({ prefix, value }: Declaration) => `${prefix} ${textOf(value)}`.toLowerCase();
  return text(one) === text(other);
}

/** @throws {FormulaFault} for a formula that cannot be read or is of another unit or without a value. */
function judge(
  declaration: Declaration,
  {
    circuit,
    compile,
    diagnostics,
  }: {
    readonly circuit: Circuit;
    readonly compile: FormulaCompiler;
    readonly diagnostics: Diagnostics;
  },
): void {
  const { element, value, span, prefix } = declaration;
  const wanted = valueBy({ formula: compile(value), prefix }, circuit.elements);
  const target = elementOf(circuit, element);
  const found = target === undefined ? undefined : valueOfElement(target);
  if (found === undefined || found.value === null) return;
  const units = new Units();
  const unit = unitOf(value, {
    units,
    symbol: (symbol) => {
      const at = symbol.kind === 'name' ? elementOf(circuit, prefix + symbol.name) : undefined;
      return (at === undefined ? undefined : valueOfElement(at)?.unit) ?? units.unknown();
    },
  });
  if (found.unit !== undefined && !units.unify(found.unit, unit)) {
    const [is, declared] = [found.unit, units.resolved(unit)].map(unitName);
    throw new FormulaFault(
      value.span,
      `"${element}" is in ${is}, and ${textOf(value)} is in ${declared}.`,
      FORM,
      'unit_mismatch',
    );
  }
  if (!Number.isFinite(wanted)) {
    throw new FormulaFault(
      value.span,
      `${textOf(value)} is no finite value for "${element}".`,
      FORM,
    );
  }
  if (Math.abs(found.value - wanted) > SAME * Math.abs(wanted)) {
    diagnostics.error(
      'broken_declaration',
      span,
      `"${element}" is ${formatEngineering(found.value)}, not the ${formatEngineering(wanted)} that is declared.`,
      'Correct the value, or leave out the declaration.',
    );
  }
}

const FORM = 'Write, for instance, *@ let R4 = R2.';

function valueBy(
  { formula, prefix }: { readonly formula: Formula; readonly prefix: string },
  elements: readonly Element[],
): number {
  return formula.evaluate((symbol) => {
    const element =
      symbol.kind === 'name'
        ? elements.find(({ name }) => name.toLowerCase() === (prefix + symbol.name).toLowerCase())
        : undefined;
    const value = element === undefined ? undefined : valueOfElement(element)?.value;
    if (typeof value === 'number') return value;
    throw new FormulaFault(
      symbol.span,
      'A declaration is a formula of the values of elements.',
      FORM,
    );
  });
}

function withValue(element: Element, value: number): Element {
  switch (element.kind) {
    case 'resistor':
      return { ...element, resistance: value };
    case 'voltageSource':
      return { ...element, voltage: value };
    case 'currentSource':
      return { ...element, current: value };
    default:
      return element;
  }
}
