/**
 * R, C and L at DC: a resistor has its value at the temperature of the circuit, a capacitor is open and
 * an inductor a short but for the parasitic resistances that the card states (`Rpar=`, `Rser=`).
 */

import type { Expression } from '../../grammar/expression.ts';
import type { PassiveCard } from '../../grammar/spice/tree.ts';
import { binary, constant } from '../devices/formula.ts';
import type { Element } from './circuit.ts';
import { Inputs } from './formula.ts';
import type { PlacedModel } from './level.ts';
import { base, type Place, parameter, parameterValue, portOf } from './place.ts';
import { atNominalCorner } from './random-functions.ts';
import { EvaluationFault, type Scope } from './scope.ts';
import { statedTolerance } from './stated-tolerance.ts';
import { variableResistor } from './variable-resistor.ts';

export function resistor(card: PassiveCard, place: Place): readonly Element[] {
  const { expression, scope, model, multiplier, drift, parallel, slope } = resistance(card, place);
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const atNominal = atNominalCorner(expression, scope);
  if (expression.kind !== 'number') {
    const inputs = new Inputs({ ...place, scope });
    const formula = inputs.formulaOf(atNominal);
    if (formula.kind !== 'constant') {
      const scaled = binary('multiply', [formula, constant((multiplier * drift) / parallel)]);
      return [variableResistor(shape, { resistance: scaled, inputs })];
    }
  }
  const value = (scope.evaluate(atNominal) * multiplier * drift) / parallel;
  if (value < 0) {
    place.diagnostics.warning(
      'negative_resistance',
      card.span,
      `Resistor "${card.name.text}" is negative (${value} ohm).`,
    );
  }
  const { span, parameters } = card;
  const coefficient = slope / drift;
  const stated = statedTolerance(
    { span, expression, scope, parameters, model, coefficient },
    place,
  );
  const tolerance = stated === undefined ? {} : { stated };
  return [{ kind: 'resistor', ...shape, resistance: value, ...tolerance }];
}

/** R (1 + tc1 dT + tc2 dT^2) / m [Ω]: ngspice's resistor at T_A. */
interface Stated {
  readonly expression: Expression;
  /** Where the names of the expression are looked up: that of the line, or of the model. */
  readonly scope: Scope;
  /** Of a PSpice model. */
  readonly multiplier: number;
  readonly drift: number;
  /** d drift/dT [1/K] */
  readonly slope: number;
  readonly model: PlacedModel | undefined;
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
      otherwise: modelValue(model, key, otherwise),
    });
  const inModel =
    parameter(model?.parameters ?? [], 'r') ?? parameter(model?.parameters ?? [], 'resistance');
  const expression = value ?? inModel;
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
    value !== undefined && place.resistorModel === 'multiplier' ? modelValue(model, 'r', 1) : 1;
  const rise = temperatureRise(card, model, place);
  const [tc1, tc2] = [stated('tc1', 0), stated('tc2', 0)];
  const drift = 1 + tc1 * rise + tc2 * rise ** 2;
  const slope = tc1 + 2 * tc2 * rise;
  const scope = (expression === inModel ? model?.scope : undefined) ?? place.scope;
  return { expression, scope, model, multiplier, drift, slope, parallel: stated('m', 1) };
}

function modelValue(model: PlacedModel | undefined, key: string, otherwise: number): number {
  return model === undefined
    ? otherwise
    : parameterValue(model.parameters, { key, place: model, otherwise });
}

/** T_A - T_NOM [K]; `temp` or `dtemp` of the card and `tnom` of its model beat those of the circuit. */
function temperatureRise(card: PassiveCard, model: PlacedModel | undefined, place: Place): number {
  const own = parameterValue(card.parameters, { key: 'temp', place, otherwise: Number.NaN });
  const rise = parameterValue(card.parameters, { key: 'dtemp', place, otherwise: 0 });
  const temperature = Number.isNaN(own) ? place.temperature + rise : own;
  return temperature - modelValue(model, 'tnom', place.nominalTemperature);
}

/** `R1 a b NAME` may name a parameter or a model: a model of that name wins, as in ngspice. */
function valueAndModel(
  card: PassiveCard,
  place: Place,
): { value: Expression | undefined; model: PlacedModel | undefined } {
  if (card.model === undefined && card.value?.kind === 'name') {
    const model = place.model(card.value.name);
    if (model !== undefined) return { value: undefined, model };
  }
  if (card.model === undefined) return { value: card.value, model: undefined };
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

/** A series resistance, stated or that of the dialect, makes the inductor a resistor at DC. */
export function inductor(card: PassiveCard, place: Place): readonly Element[] {
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const series = parameterValue(card.parameters, {
    key: 'rser',
    place,
    otherwise: place.coupled(card.name) ? 0 : place.dialect.inductorResistance,
  });
  if (series === 0) return [{ kind: 'inductor', ...shape }];
  return [{ kind: 'resistor', ...shape, resistance: series }];
}
