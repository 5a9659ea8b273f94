/**
 * E, F, G, H and B sources: every form comes down to a formula of voltages and currents. One that is
 * linear becomes a controlled source with constant gains; the others stay behavioural.
 */

import type { Word } from '../../grammar/expression.ts';
import type {
  Assignment,
  BehaviouralCard,
  CurrentControlledCard,
  VoltageControlledCard,
} from '../../grammar/spice/tree.ts';
import { binary, constant, type Formula } from '../devices/formula.ts';
import { affine } from './affine.ts';
import type { Element, Port } from './circuit.ts';
import { Inputs, type SolutionFormula } from './formula.ts';
import { base, type Place, parameter, parameterValue, portOf } from './place.ts';
import { polynomial } from './polynomial.ts';
import { EvaluationFault } from './scope.ts';
import { adjusted } from './source-parameters.ts';
import { specialFormula, transferAtDc } from './special-controls.ts';
import { idealSpecification } from './specification.ts';
import { variableResistor } from './variable-resistor.ts';

export function voltageControlled(card: VoltageControlledCard, place: Place): readonly Element[] {
  const { control } = card;
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  if (control.form === 'opamp') {
    const [plus, minus] = control.pair;
    return [
      {
        ...shape,
        kind: 'opAmp',
        plus: place.node(plus),
        minus: place.node(minus),
        output: shape.port,
        specification: idealSpecification(),
        part: card.name.text,
        evidence: 'the keyword OPAMP',
      },
    ];
  }
  const inputs = new Inputs(place);
  const law = (): Formula => {
    switch (control.form) {
      case 'linear': {
        const gain = constant(place.scope.evaluate(control.gain));
        return binary('multiply', [inputs.voltage(portOf(control.pair, place)), gain]);
      }
      case 'polynomial': {
        const variables = control.pairs.map((pair) => inputs.voltage(portOf(pair, place)));
        return polynomial(control.coefficients, { name: card.name, variables, place });
      }
      case 'value':
        return inputs.formulaOf(control.expression);
      default:
        return specialFormula(control, { name: card.name, inputs, place });
    }
  };
  const formula = adjusted(law(), { card, place });
  const quantity = card.letter === 'E' ? 'V' : 'I';
  return [sourceOf(shape, quantity, { formula, inputs: inputs.controls })];
}

export function currentControlled(card: CurrentControlledCard, place: Place): readonly Element[] {
  const { control } = card;
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const inputs = new Inputs(place);
  const law = (): Formula => {
    switch (control.form) {
      case 'linear': {
        const gain = constant(place.scope.evaluate(control.gain));
        return binary('multiply', [inputs.current(control.source.text), gain]);
      }
      case 'polynomial': {
        const variables = control.sources.map(({ text }) => inputs.current(text));
        return polynomial(control.coefficients, { name: card.name, variables, place });
      }
      case 'value':
        return inputs.formulaOf(control.expression);
      default:
        return specialFormula(control, { name: card.name, inputs, place });
    }
  };
  const formula = adjusted(law(), { card, place });
  const quantity = card.letter === 'H' ? 'V' : 'I';
  return [sourceOf(shape, quantity, { formula, inputs: inputs.controls })];
}

/** `B1 a b V=`, `I=`, `R=`; LTspice's `laplace=` and `Rpar=` beside them. */
export function behavioural(card: BehaviouralCard, place: Place): readonly Element[] {
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const quantity = card.quantity.text.toUpperCase();
  if (quantity !== 'V' && quantity !== 'I' && quantity !== 'R') {
    throw unsupportedQuantity(card.name, quantity);
  }
  const inputs = new Inputs(place);
  const formula = adjusted(filtered(inputs.formulaOf(card.expression), { card, place }), {
    card,
    place,
  });
  const parallel = parallelResistor(card.parameters, { shape, place });
  if (quantity !== 'R') {
    return [sourceOf(shape, quantity, { formula, inputs: inputs.controls }), ...parallel];
  }
  if (formula.kind !== 'constant') {
    return [variableResistor(shape, { resistance: formula, inputs }), ...parallel];
  }
  return [{ kind: 'resistor', ...shape, resistance: formula.value }, ...parallel];
}

interface Shape {
  readonly name: string;
  readonly span: Element['span'];
  readonly port: Port;
}

/** A controlled source where the formula is linear, else a behavioural one. */
export function sourceOf(
  shape: Shape,
  quantity: 'V' | 'I',
  { formula, inputs }: SolutionFormula,
): Element {
  const linear = affine(formula);
  if (linear === null) return { kind: 'behavioural', ...shape, quantity, inputs, formula };
  const controls = linear.terms.flatMap(({ index, gain }) => {
    const control = inputs[index];
    return control === undefined ? [] : [{ ...control, gain }];
  });
  const kind = quantity === 'V' ? 'controlledVoltage' : 'controlledCurrent';
  return { kind, ...shape, offset: linear.constant, controls };
}

/** LTspice `laplace=`: times H(0). */
function filtered(
  formula: Formula,
  { card, place }: { card: BehaviouralCard; place: Place },
): Formula {
  const transfer = parameter(card.parameters, 'laplace');
  if (transfer === undefined) return formula;
  return binary('multiply', [formula, constant(transferAtDc(transfer, place))]);
}

/** LTspice `Rpar=`. */
function parallelResistor(
  parameters: readonly Assignment[],
  { shape, place }: { shape: Shape; place: Place },
): readonly Element[] {
  const resistance = parameterValue(parameters, { key: 'rpar', place, otherwise: Infinity });
  if (!Number.isFinite(resistance)) return [];
  return [{ kind: 'resistor', ...shape, name: `${shape.name}.Rpar`, resistance }];
}

function unsupportedQuantity(name: Word, quantity: string): EvaluationFault {
  return new EvaluationFault(
    'unsupported_form',
    name.span,
    `"${name.text}" states ${quantity}=, which this version cannot solve.`,
    'V=, I= and R= can be.',
  );
}
