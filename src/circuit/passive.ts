/**
 * R, C and L at DC: a resistor has its value at the temperature of the circuit, a capacitor is open and
 * an inductor a short but for the parasitic resistances that the card states (`Rpar=`, `Rser=`).
 */

import type { Expression } from '../../grammar/expression.ts';
import type { Assignment, PassiveCard } from '../../grammar/spice/tree.ts';
import { binary, constant } from '../devices/formula.ts';
import type { Element } from './circuit.ts';
import { Inputs } from './formula.ts';
import { base, type Place, parameter, parameterValue, portOf } from './place.ts';
import { EvaluationFault } from './scope.ts';
import { variableResistor } from './variable-resistor.ts';

export function resistor(card: PassiveCard, place: Place): readonly Element[] {
  const { expression, multiplier, drift, parallel } = resistance(card, place);
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  if (expression.kind !== 'number') {
    const inputs = new Inputs(place);
    const formula = inputs.formulaOf(expression);
    if (formula.kind !== 'constant') {
      const scaled = binary('multiply', [formula, constant((multiplier * drift) / parallel)]);
      return [variableResistor(shape, { resistance: scaled, inputs })];
    }
  }
  const value = (place.scope.evaluate(expression) * multiplier * drift) / parallel;
  if (value < 0) {
    place.diagnostics.warning(
      'negative_resistance',
      card.span,
      `Resistor "${card.name.text}" is negative (${value} ohm).`,
    );
  }
  return [{ kind: 'resistor', ...shape, resistance: value }];
}

/** R (1 + tc1 dT + tc2 dT^2) / m [Ω]: ngspice's resistor at T_A. */
interface Stated {
  readonly expression: Expression;
  /** Of a PSpice model. */
  readonly multiplier: number;
  readonly drift: number;
  /** m */
  readonly parallel: number;
}

/** What the line says of a resistor, or else its model. */
function resistance(card: PassiveCard, place: Place): Stated {
  const { value, model } = valueAndModel(card, place);
  const stated = (key: string, otherwise: number): number =>
    parameterValue(card.parameters, {
      key,
      place,
      otherwise: parameterValue(model, { key, place, otherwise }),
    });
  const expression = value ?? parameter(model, 'r') ?? parameter(model, 'resistance');
  if (expression === undefined) {
    throw new EvaluationFault(
      'missing_value',
      card.span,
      `Resistor "${card.name.text}" has no value.`,
      `Write it behind the nodes: ${card.name.text} ${card.nodes[0].text} ${card.nodes[1].text} 10k`,
    );
  }
  // PSpice: R1 a b RMOD 7 with R=2 in the model is 14 ohm.
  const multiplier =
    value !== undefined && place.resistorModel === 'multiplier'
      ? parameterValue(model, { key: 'r', place, otherwise: 1 })
      : 1;
  const rise = place.temperatureRise;
  const drift = 1 + stated('tc1', 0) * rise + stated('tc2', 0) * rise ** 2;
  return { expression, multiplier, drift, parallel: stated('m', 1) };
}

/** `R1 a b NAME` may name a parameter or a model: a model of that name wins, as in ngspice. */
function valueAndModel(
  card: PassiveCard,
  place: Place,
): { value: Expression | undefined; model: readonly Assignment[] } {
  if (card.model === undefined && card.value?.kind === 'name') {
    const model = place.model(card.value.name);
    if (model !== undefined) return { value: undefined, model };
  }
  if (card.model === undefined) return { value: card.value, model: [] };
  const model = place.model(card.model.text);
  if (model === undefined) {
    throw new EvaluationFault(
      'undefined_model',
      card.model.span,
      `Model "${card.model.text}" of "${card.name.text}" is not defined.`,
    );
  }
  return { value: card.value, model };
}

export function capacitor(card: PassiveCard, place: Place): readonly Element[] {
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const parallel = parameterValue(card.parameters, { key: 'rpar', place, otherwise: Infinity });
  const leak: Element = {
    ...shape,
    kind: 'resistor',
    name: `${shape.name}.Rpar`,
    resistance: parallel,
  };
  return [{ kind: 'capacitor', ...shape }, ...(Number.isFinite(parallel) ? [leak] : [])];
}

/** A stated series resistance makes the inductor a resistor at DC. */
export function inductor(card: PassiveCard, place: Place): readonly Element[] {
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const series = parameterValue(card.parameters, { key: 'rser', place, otherwise: 0 });
  if (series === 0) return [{ kind: 'inductor', ...shape }];
  return [{ kind: 'resistor', ...shape, resistance: series }];
}
