/** `*@ let R4 = R2`: elements that follow others when formulas are tested at other values. */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import { formatEngineering } from '../../grammar/number.ts';
import type { Circuit, Element } from '../circuit/circuit.ts';
import { FormulaFault } from './fault.ts';
import type { Formula, FormulaCompiler } from './formula.ts';
import { elementOf, valueOfElement } from './quantities.ts';

type Obey = (elements: readonly Element[]) => readonly Element[];

/**
 * What makes elements obey the declarations of the netlist, in their order. A formula that cannot be read, and a
 * declaration that the values of the netlist break, are reported.
 */
export function obedience(
  circuit: Circuit,
  {
    compile,
    diagnostics,
  }: { readonly compile: FormulaCompiler; readonly diagnostics: Diagnostics },
): Obey {
  const rules = circuit.declarations.flatMap((declaration) => {
    try {
      const formula = compile(declaration.value);
      const rule = { ...declaration, formula };
      const wanted = valueBy(rule, circuit.elements);
      const element = elementOf(circuit, declaration.element);
      const found = element === undefined ? undefined : valueOfElement(element)?.value;
      if (typeof found === 'number' && Math.abs(found - wanted) > 1e-9 * Math.abs(wanted)) {
        diagnostics.error(
          'broken_declaration',
          declaration.span,
          `"${declaration.element}" is ${formatEngineering(found)}, not the ${formatEngineering(wanted)} that is declared.`,
          'Correct the value, or leave out the declaration.',
        );
      }
      return [rule];
    } catch (fault) {
      if (!(fault instanceof FormulaFault)) throw fault;
      diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
      return [];
    }
  });
  return (elements) =>
    rules.reduce<readonly Element[]>((changed, rule) => {
      const value = valueBy(rule, changed);
      return changed.map((element) =>
        element.name === rule.element ? withValue(element, value) : element,
      );
    }, elements);
}

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
      'Write, for instance, *@ let R4 = R2.',
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
