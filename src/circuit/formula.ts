/** An expression of the netlist -> a formula, and what it reads from the solution. */

import type { Expression } from '../../grammar/expression.ts';
import { constant, type Formula, input } from '../devices/formula.ts';
import { type Control, GROUND, type Port } from './circuit.ts';
import type { Place } from './place.ts';
import { EvaluationFault } from './scope.ts';

/** f(u) and u. */
export interface SolutionFormula {
  readonly formula: Formula;
  readonly inputs: readonly Control[];
}

/** The voltages and currents that the formulas of one source read, each one once. */
export class Inputs {
  readonly #place: Place;
  readonly #controls: Control[] = [];
  readonly #inputs = new Map<string, Formula>();

  constructor(place: Place) {
    this.#place = place;
  }

  /** u, in the order in which it was asked for. */
  get controls(): readonly Control[] {
    return this.#controls;
  }

  voltage(port: Port): Formula {
    if (port.plus === GROUND && port.minus === GROUND) return constant(0);
    return this.#input(`V ${port.plus} ${port.minus}`, { quantity: 'V', port, gain: 1 });
  }

  /** Of the element that is called `name` here. */
  current(name: string): Formula {
    const element = this.#place.prefix + name;
    return this.#input(`I ${element.toLowerCase()}`, { quantity: 'I', element, gain: 1 });
  }

  /** The formula of an expression. @throws {EvaluationFault} */
  formulaOf(expression: Expression): Formula {
    return this.#place.scope.formula(expression, (probe) => this.#probe(probe));
  }

  #input(key: string, control: Control): Formula {
    const known = this.#inputs.get(key);
    if (known !== undefined) return known;
    const formula = input(this.#controls.length);
    this.#controls.push(control);
    this.#inputs.set(key, formula);
    return formula;
  }

  #probe({ quantity, names, span }: Extract<Expression, { kind: 'probe' }>): Formula {
    const [first, second, ...more] = names;
    const letter = quantity.toUpperCase();
    if (first !== undefined && more.length === 0) {
      if (letter === 'V') {
        const minus = second === undefined ? GROUND : this.#place.node(second);
        return this.voltage({ plus: this.#place.node(first), minus });
      }
      if (letter === 'I' && second === undefined) return this.current(first.text);
    }
    throw new EvaluationFault(
      'unknown_quantity',
      span,
      `"${quantity}(${names.map(({ text }) => text).join(',')})" is no voltage between nodes and no current of an element.`,
      'Write V(node), V(a,b) or I(source).',
    );
  }
}
