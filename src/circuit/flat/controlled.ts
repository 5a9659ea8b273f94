/** E, F, G, H and B in the flat netlist: nodes and sources by their flat names, constants as numbers. */

import type { Expression, Word } from '../../../grammar/expression.ts';
import type {
  BehaviouralCard,
  CurrentControlledCard,
  NodePair,
  SpecialControl,
  VoltageControlledCard,
} from '../../../grammar/spice/tree.ts';
import { EvaluationFault } from '../scope.ts';
import { type FlatPlace, refuseMultiplier } from './place.ts';
import { over, times } from './reduction.ts';

type VoltageControl = VoltageControlledCard['control'];
type CurrentControl = CurrentControlledCard['control'];

/** G is a current, which m multiplies; E is a voltage, which it does not. */
export function flatVoltageControlled(
  card: VoltageControlledCard,
  place: FlatPlace,
): VoltageControlledCard {
  const factor = card.letter === 'G' ? place.multiplier : 1;
  const pair = (nodes: NodePair): NodePair => pairAt(nodes, place);
  const control = ((): VoltageControl => {
    const { control } = card;
    switch (control.form) {
      case 'linear':
        return {
          ...control,
          pair: pair(control.pair),
          gain: times(place.value(control.gain), factor),
        };
      case 'polynomial':
        return {
          ...control,
          pairs: control.pairs.map(pair),
          coefficients: control.coefficients.map((each) => times(place.value(each), factor)),
        };
      case 'value':
        return { ...control, expression: times(place.value(control.expression), factor) };
      default:
        return special(control, { name: card.name, place, factor });
    }
  })();
  return { ...card, nodes: pair(card.nodes), control, parameters: place.values(card.parameters) };
}

/** F and H: the controlling current is that of one of the parallel sources. */
export function flatCurrentControlled(
  card: CurrentControlledCard,
  place: FlatPlace,
): CurrentControlledCard {
  const factor = card.letter === 'F' ? place.multiplier : 1;
  const control = ((): CurrentControl => {
    const { control } = card;
    switch (control.form) {
      case 'linear': {
        const { word, multiplier } = place.source(control.source);
        const gain = over(times(place.value(control.gain), factor), multiplier);
        return { ...control, source: word, gain };
      }
      case 'polynomial': {
        const sources = control.sources.map((each) => place.source(each));
        for (const { multiplier } of [{ multiplier: factor }, ...sources]) {
          refuseMultiplier(card.name, { multiplier, what: 'a polynomial of currents' });
        }
        return {
          ...control,
          sources: sources.map(({ word }) => word),
          coefficients: control.coefficients.map((each) => place.value(each)),
        };
      }
      case 'value':
        return { ...control, expression: times(place.value(control.expression), factor) };
      default:
        return special(control, { name: card.name, place, factor });
    }
  })();
  const nodes = pairAt(card.nodes, place);
  return { ...card, nodes, control, parameters: place.values(card.parameters) };
}

export function flatBehavioural(card: BehaviouralCard, place: FlatPlace): BehaviouralCard {
  const { multiplier } = place;
  const scaled = (expression: Expression): Expression => {
    switch (card.quantity.text.toUpperCase()) {
      case 'V':
        return expression;
      case 'I':
        return times(expression, multiplier);
      case 'R':
        return over(expression, multiplier);
      default:
        refuseMultiplier(card.name, { multiplier, what: `${card.quantity.text}=` });
        return expression;
    }
  };
  return {
    ...card,
    nodes: pairAt(card.nodes, place),
    expression: scaled(place.value(card.expression)),
    parameters: place.values(card.parameters),
  };
}

function special(
  control: SpecialControl,
  { name, place, factor }: { name: Word; place: FlatPlace; factor: number },
): SpecialControl {
  switch (control.form) {
    case 'opamp':
      return { ...control, pair: pairAt(control.pair, place) };
    case 'table':
      return {
        ...control,
        input: place.value(control.input),
        points: control.points.map(([x, y]) => [place.value(x), times(place.value(y), factor)]),
      };
    case 'laplace':
      return {
        ...control,
        input: place.value(control.input),
        transfer: times(place.value(control.transfer, ['s']), factor),
      };
    case 'frequency':
      refuseMultiplier(name, { multiplier: factor, what: control.keyword.text });
      return {
        ...control,
        input: place.value(control.input),
        points: control.points.map(([f, a, b]) => [place.value(f), place.value(a), place.value(b)]),
      };
    case 'other':
      if (place.isTop) return control;
      throw new EvaluationFault(
        'cannot_flatten',
        control.keyword.span,
        `"${name.text}" uses ${control.keyword.text.toUpperCase()} in a form whose nodes cannot be told from its other words, so that it cannot be taken out of its subcircuit.`,
      );
  }
}

export function pairAt(nodes: NodePair, place: FlatPlace): NodePair {
  return [place.node(nodes[0]), place.node(nodes[1])];
}
