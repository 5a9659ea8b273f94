/**
 * E, F, G, H and linear B sources: every form comes down to an offset and a list of controlling voltages
 * and currents with constant gains. What is not linear is refused by name.
 */

import type { Expression, Word } from '../../grammar/expression.ts';
import type {
  BehaviouralCard,
  CurrentControlledCard,
  NodePair,
  SpecialControl,
  VoltageControlledCard,
} from '../../grammar/spice/tree.ts';
import { type Affine, affine, hasProbe, scaled } from './affine.ts';
import { type Control, type Element, GROUND } from './circuit.ts';
import { base, type Place, parameterValue, portOf } from './place.ts';
import { EvaluationFault, Scope } from './scope.ts';
import { idealSpecification } from './specification.ts';

/** offset + sum of the controls. */
interface Law {
  readonly offset: number;
  readonly controls: readonly Control[];
}

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
  const kind = card.letter === 'E' ? 'controlledVoltage' : 'controlledCurrent';
  const voltages = (pairs: readonly NodePair[], gains: readonly number[]): Control[] =>
    pairs.map((pair, i) => ({ quantity: 'V', port: portOf(pair, place), gain: gains[i] ?? 0 }));
  const law = (): Law => {
    switch (control.form) {
      case 'linear':
        return {
          offset: 0,
          controls: voltages([control.pair], [place.scope.evaluate(control.gain)]),
        };
      case 'polynomial': {
        const { offset, gains } = linearPolynomial(control, {
          name: card.name,
          order: control.pairs.length,
          place,
        });
        return { offset, controls: voltages(control.pairs, gains) };
      }
      default:
        return expressionLaw(control, { name: card.name, place });
    }
  };
  return [{ kind, ...shape, ...multiplied(law(), card.parameters, place) }];
}

export function currentControlled(card: CurrentControlledCard, place: Place): readonly Element[] {
  const { control } = card;
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  const kind = card.letter === 'H' ? 'controlledVoltage' : 'controlledCurrent';
  const currents = (sources: readonly Word[], gains: readonly number[]): Control[] =>
    sources.map(({ text }, i) => ({
      quantity: 'I',
      element: place.prefix + text,
      gain: gains[i] ?? 0,
    }));
  const law = (): Law => {
    switch (control.form) {
      case 'linear':
        return {
          offset: 0,
          controls: currents([control.source], [place.scope.evaluate(control.gain)]),
        };
      case 'polynomial': {
        const { offset, gains } = linearPolynomial(control, {
          name: card.name,
          order: control.sources.length,
          place,
        });
        return { offset, controls: currents(control.sources, gains) };
      }
      default:
        return expressionLaw(control, { name: card.name, place });
    }
  };
  return [{ kind, ...shape, ...multiplied(law(), card.parameters, place) }];
}

/** `B1 a b V=`, `I=`, and `R=` without a dependence on the solution. */
export function behavioural(card: BehaviouralCard, place: Place): readonly Element[] {
  const shape = { ...base(card, place), port: portOf(card.nodes, place) };
  switch (card.quantity.text.toUpperCase()) {
    case 'V':
      return [
        {
          kind: 'controlledVoltage',
          ...shape,
          ...lawOf(affine(card.expression, place.scope), place),
        },
      ];
    case 'I':
      return [
        {
          kind: 'controlledCurrent',
          ...shape,
          ...lawOf(affine(card.expression, place.scope), place),
        },
      ];
    case 'R':
      if (hasProbe(card.expression)) break;
      return [{ kind: 'resistor', ...shape, resistance: place.scope.evaluate(card.expression) }];
    default:
      break;
  }
  throw unsupportedForm(card.name, `${card.quantity.text}=`);
}

/** VALUE and LAPLACE: linear expressions of the solution. */
function expressionLaw(
  control:
    | { readonly form: 'value'; readonly expression: Expression; readonly keyword: Word }
    | SpecialControl,
  { name, place }: { name: Word; place: Place },
): Law {
  if (control.form === 'value') return lawOf(affine(control.expression, place.scope), place);
  if (control.form === 'laplace') {
    const gain = transferAtDc(control.transfer, place);
    return lawOf(scaled(affine(control.input, place.scope), gain), place);
  }
  throw unsupportedForm(name, control.keyword.text);
}

/** H(0). */
function transferAtDc(transfer: Expression, place: Place): number {
  const scope = new Scope(place.scope);
  scope.fix('s', 0);
  return scope.evaluate(transfer);
}

function lawOf({ constant, terms }: Affine, place: Place): Law {
  const controls = terms.map(({ probe, gain }): Control => {
    const [first, second] = probe.names;
    if (first !== undefined && probe.quantity.toUpperCase() === 'V') {
      const minus = second === undefined ? GROUND : place.node(second);
      return { quantity: 'V', port: { plus: place.node(first), minus }, gain };
    }
    if (first !== undefined && probe.quantity.toUpperCase() === 'I') {
      return { quantity: 'I', element: place.prefix + first.text, gain };
    }
    throw new EvaluationFault(
      'unknown_quantity',
      probe.span,
      `"${probe.quantity}(...)" is no voltage or current.`,
      'Write V(node), V(a,b) or I(source).',
    );
  });
  return { offset: constant, controls };
}

function multiplied(
  { offset, controls }: Law,
  parameters: VoltageControlledCard['parameters'],
  place: Place,
): Law {
  const m = parameterValue(parameters, { key: 'm', place, otherwise: 1 });
  if (m === 1) return { offset, controls };
  return {
    offset: offset * m,
    controls: controls.map((control) => ({ ...control, gain: control.gain * m })),
  };
}

/**
 * POLY(n) p0 p1 ... pn, and products behind them. Only the affine part is linear: a product with a
 * non-zero coefficient is refused. A single coefficient of POLY(1) is p1 by the rule of SPICE2.
 */
function linearPolynomial(
  { coefficients }: { readonly coefficients: readonly Expression[] },
  { name, order, place }: { name: Word; order: number; place: Place },
): { offset: number; gains: number[] } {
  const values = coefficients.map((coefficient) => place.scope.evaluate(coefficient));
  const [only] = values;
  if (order === 1 && values.length === 1 && only !== undefined) {
    place.diagnostics.warning(
      'single_coefficient',
      name.span,
      `POLY(1) of "${name.text}" has one coefficient, which is taken as the gain (SPICE2); ngspice takes it as a constant.`,
      'Write "0 gain" to be understood alike everywhere.',
    );
    return { offset: 0, gains: [only] };
  }
  if (values.slice(order + 1).some((value) => value !== 0)) {
    throw new EvaluationFault(
      'nonlinear_polynomial',
      name.span,
      `POLY of "${name.text}" has products of controlling quantities; this version solves linear ones.`,
    );
  }
  return { offset: values[0] ?? 0, gains: values.slice(1, order + 1) };
}

function unsupportedForm(name: Word, keyword: string): EvaluationFault {
  return new EvaluationFault(
    'unsupported_form',
    name.span,
    `"${name.text}" uses ${keyword.toUpperCase()}, which this version cannot solve.`,
    'Linear, POLY, VALUE and LAPLACE sources can be, as far as they are linear.',
  );
}
