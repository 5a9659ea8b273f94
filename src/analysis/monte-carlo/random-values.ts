/**
 * What every variation is in a sample: its value (the factor of an element, the specification of an op amp) as a
 * function of independent deviates, as code. Everything is independent but what is one thing: the common part
 * of a lot, which all its members share. Two op amps of one package are two op amps.
 */

import type { Distribution } from '../../../grammar/directive/tree.ts';
import type { LinearCircuit } from '../../circuit/circuit.ts';
import { sigmaOf } from '../../circuit/statistics.ts';
import type { Match } from '../../circuit/tolerance.ts';
import type { Shape } from '../../numeric/deviate.ts';
import { CodeBuilder, type Value } from '../../numeric/kernel/code.ts';
import type { ElementVariation, Variation } from '../variation.ts';
import { limits, type Scenario } from '../variation-limits.ts';

export interface RandomValues {
  readonly builder: CodeBuilder;
  /** Of each input of the code. */
  readonly shapes: readonly Shape[];
  /** Of each variation. */
  readonly values: readonly Value[];
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

export function randomValues(
  variations: readonly Variation[],
  {
    circuit,
    scenario,
    distribution,
  }: {
    readonly circuit: LinearCircuit;
    readonly scenario: Scenario;
    readonly distribution: Distribution;
  },
): RandomValues {
  const builder = new CodeBuilder();
  const shapes: Shape[] = [];
  const lots = new Map<Match, Value>();
  const { statistics } = circuit;

  /** A value between its ends: uniform, or normal with its ends so many sigma from the middle (theory 3.1). */
  const between = ({ low, high }: Ends, name: string, inner = 0): Value => {
    const [middle, half] = [(low + high) / 2, (high - low) / 2];
    if (half === 0) return builder.constant(middle);
    if (distribution === 'uniform' && inner === 0) {
      shapes.push({ kind: 'uniform', limit: 1, inner, middle, half });
      return builder.input(shapes.length - 1);
    }
    const sigma = sigmaOf(statistics, name);
    const isUniform = distribution === 'uniform';
    shapes.push({
      ...(isUniform
        ? { kind: 'uniform', limit: 1, inner }
        : {
            kind: 'normal',
            limit: distribution === 'truncated' ? sigma : Number.POSITIVE_INFINITY,
            inner: inner * sigma,
          }),
      middle: 0,
      half: 1,
    });
    const scale = builder.constant(isUniform ? half : half / sigma);
    const deviate = builder.input(shapes.length - 1);
    return builder.add(builder.constant(middle), builder.multiply(scale, deviate));
  };

  /** 1 + a value between its ends. */
  const onePlus = ({ low, high }: Ends, name: string, inner?: number): Value =>
    between({ low: 1 + low, high: 1 + high }, name, inner);

  /** (1 + t)(1 + u)(1 + tc dT)(1 + s) */
  const factor = ({ tolerance, element }: ElementVariation): Value => {
    const { deviation, inner, coefficient, ageing, match } = tolerance;
    const own = onePlus(deviation, element.name, inner);
    const rise = (scenario.temperature ?? 0) - (circuit.temperature?.nominal ?? 0);
    const warmth =
      scenario.temperature === undefined || rise === 0
        ? builder.constant(1)
        : onePlus({ low: coefficient.low * rise, high: coefficient.high * rise }, element.name);
    const common = match === undefined ? builder.constant(1) : commonOf(match);
    const now = builder.multiply(builder.multiply(common, own), warmth);
    return builder.multiply(now, onePlus(ageing, element.name));
  };

  const commonOf = (match: Match): Value => {
    const known = lots.get(match);
    if (known !== undefined) return known;
    const value = onePlus(match.common, match.label, match.inner);
    lots.set(match, value);
    return value;
  };

  const values = variations.map((variation) =>
    variation.kind === 'element'
      ? factor(variation)
      : between(limits(variation, { scenario, circuit }), variation.opAmp.name),
  );
  return { builder, shapes, values };
}
