/**
 * The finite network of a sample as equations whose entries are code: M0 + sum d u v' of everything that varies, M0 being
 * the network without it (theory D2). In a large circuit the ports of what varies take their place, (I + H D) y = q,
 * f = f(0) - r' D y (`numeric/port-form.ts`), in which all that is constant has been solved before.
 */

import { GROUND, type LinearCircuit, type OpAmp, type Output } from '../../circuit/circuit.ts';
import { addErrors, type BiasPoint, sourceExcitation } from '../../mna/excitation.ts';
import { termsWith, type Unknowns } from '../../mna/system.ts';
import { reciprocal } from '../../numeric/double-double.ts';
import type { Value } from '../../numeric/kernel/code.ts';
import type { Equations, Row } from '../../numeric/kernel/elimination.ts';
import type { PortForm } from '../../numeric/port-form.ts';
import { compress } from '../../numeric/terms.ts';
import { scaled } from '../corner.ts';
import { outputColumn } from '../output.ts';
import type { Variation } from '../variation.ts';
import { NodalFactors } from './nodal-factors.ts';
import type { RandomValues } from './random-values.ts';

export interface Varying extends RandomValues {
  readonly variations: readonly Variation[];
}

export function networkEquations(
  { builder, values, variations }: Varying,
  {
    circuit,
    output,
    unknowns,
    biasPoints,
  }: {
    readonly circuit: LinearCircuit;
    readonly output: Output;
    readonly unknowns: Unknowns;
    readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
  },
): Equations {
  const addTo = (row: Row, j: number, value: Value): void => {
    const sum = builder.add(row.get(j) ?? builder.constant(0), value);
    if (builder.constantOf(sum) === 0) row.delete(j);
    else row.set(j, sum);
  };
  const varied = new Set(variations.map((one) => (one.kind === 'element' ? one.element : one)));
  // A resistor of the network without it is no resistance of 0, but a conductance of 0.
  const elements = circuit.elements.map((element) =>
    varied.has(element) && element.kind !== 'resistor' ? scaled(element, 0) : element,
  );
  const constant = { ...circuit, elements };
  const terms = termsWith(
    { circuit: constant, network: 'finite', unknowns },
    {
      conductance: (resistor) => (varied.has(resistor) ? [0, 0] : reciprocal(resistor.resistance)),
      resistance: (resistor) => (varied.has(resistor) ? 0 : resistor.resistance),
    },
  );
  const b = sourceExcitation(constant, unknowns);
  addErrors(b, unknowns, biasPoints);
  const { columnPointers, rowIndices, values: entries } = compress(terms);
  const rows: Row[] = Array.from({ length: unknowns.count }, () => new Map());
  for (let j = 0; j < unknowns.count; j++) {
    for (let p = columnPointers[j] ?? 0; p < (columnPointers[j + 1] ?? 0); p++) {
      const entry = entries[p] ?? 0;
      if (entry !== 0) rows[rowIndices[p] ?? 0]?.set(j, builder.constant(entry));
    }
  }
  const factors = nodalFactors({ builder, values, variations }, { rows, unknowns });
  for (const [i, row] of rows.entries()) {
    if (!factors.has(i)) continue;
    for (const [j, entry] of row) row.set(j, builder.multiply(entry, factors.product(i)));
  }
  const right = [...b.high].map((value, i) =>
    builder.multiply(builder.constant(value), factors.product(i)),
  );
  for (const [k, variation] of variations.entries()) {
    const { u, v, w } = variation;
    const d = addedTerm(variation, { builder, values, k, unknowns, biasPoints });
    const conductance = conductanceOf(variation, unknowns);
    for (const [i, left] of u) {
      const row = rows[i];
      if (i === GROUND || row === undefined) continue;
      const there =
        conductance !== undefined && factors.has(i)
          ? builder.multiply(builder.constant(conductance), factors.product(i, k))
          : builder.multiply(d, factors.product(i));
      const times = (coefficient: number) => builder.multiply(there, builder.constant(coefficient));
      for (const [j, across] of v) if (j !== GROUND) addTo(row, j, times(left * across));
      right[i] = builder.add(right[i] ?? builder.constant(0), times(left * w));
    }
  }
  const functional: Row = new Map();
  for (const [j, coefficient] of outputColumn(output, unknowns)) {
    if (j !== GROUND) functional.set(j, builder.constant(coefficient));
  }
  return { rows, right, functional, constant: builder.constant(0) };
}

/** Where which resistors meet, at nodes without a branch current. */
function nodalFactors(
  { builder, values, variations }: Omit<Varying, 'shapes'>,
  { rows, unknowns }: { rows: readonly Row[]; unknowns: Unknowns },
): NodalFactors {
  const factors = new NodalFactors(builder);
  for (const [k, variation] of variations.entries()) {
    const value = values[k];
    if (value === undefined || conductanceOf(variation, unknowns) === undefined) continue;
    for (const [i] of variation.u) if (i !== GROUND) factors.add(i, k, value);
  }
  for (const [i, row] of rows.entries()) {
    if ([...row.keys()].some((j) => j >= unknowns.nodes)) factors.exclude(i);
  }
  return factors;
}

/** 1/R of a resistor that is in the matrix as a conductance. */
function conductanceOf(variation: Variation, unknowns: Unknowns): number | undefined {
  if (variation.kind !== 'element' || variation.element.kind !== 'resistor') return undefined;
  const { name, resistance } = variation.element;
  return unknowns.branches.has(name.toLowerCase()) ? undefined : 1 / resistance;
}

/** d in the network without the element; of an op amp d beside its nominal specification. */
function addedTerm(
  variation: Variation,
  {
    builder,
    values,
    k,
    unknowns,
    biasPoints,
  }: Pick<RandomValues, 'builder' | 'values'> & {
    k: number;
    unknowns: Unknowns;
    biasPoints: ReadonlyMap<OpAmp, BiasPoint>;
  },
): Value {
  const value = values[k] ?? builder.constant(0);
  if (variation.kind === 'opAmp') {
    return builder.subtract(value, builder.constant(nominalOf(variation, biasPoints)));
  }
  const { element } = variation;
  switch (element.kind) {
    case 'resistor': {
      const isBranch = unknowns.branches.has(element.name.toLowerCase());
      return isBranch
        ? builder.multiply(builder.constant(element.resistance), value)
        : builder.divide(builder.constant(1 / element.resistance), value);
    }
    case 'voltageSource':
      return builder.multiply(builder.constant(element.voltage), value);
    case 'currentSource':
      return builder.multiply(builder.constant(element.current), value);
    default:
      return value; // all gains of a controlled source at once
  }
}

/** The specification that the network has already; of a drift its voltage. */
export function nominalOf(
  { spread, cause, opAmp }: Extract<Variation, { kind: 'opAmp' }>,
  biasPoints: ReadonlyMap<OpAmp, BiasPoint>,
): number {
  const step = cause === 'drift' ? (biasPoints.get(opAmp)?.temperatureStep ?? 0) : 1;
  return spread.nominal * step;
}

export function portEquations(
  { builder, values, variations }: Varying,
  {
    form,
    biasPoints,
  }: { readonly form: PortForm; readonly biasPoints: ReadonlyMap<OpAmp, BiasPoint> },
): Equations {
  const { size: m, r, q, H, value: nominal } = form;
  const one = builder.constant(1);
  const steps = variations.map((variation, k) => {
    const value = values[k] ?? one;
    if (variation.kind === 'opAmp') {
      return builder.subtract(value, builder.constant(nominalOf(variation, biasPoints)));
    }
    // Both are proportional to the inverse of the value, or to the value.
    const { step, slope, element } = variation;
    const isInverse = element.kind === 'resistor' && slope < 0;
    const change = builder.subtract(isInverse ? builder.divide(one, value) : value, one);
    return builder.multiply(builder.constant(isInverse ? step(0.5) : step(2)), change);
  });
  const rows = steps.map((_, j): Row => {
    const row: Row = new Map([[j, one]]);
    for (const [k, step] of steps.entries()) {
      const entry = builder.multiply(builder.constant(H[j * m + k] ?? 0), step);
      if (builder.constantOf(entry) !== 0) {
        row.set(k, k === j ? builder.add(one, entry) : entry);
      }
    }
    return row;
  });
  const functional: Row = new Map();
  for (const [k, step] of steps.entries()) {
    const coefficient = builder.multiply(builder.constant(-(r[k] ?? 0)), step);
    if (builder.constantOf(coefficient) !== 0) functional.set(k, coefficient);
  }
  const right = [...q].map((each) => builder.constant(each));
  return { rows, right, functional, constant: builder.constant(nominal) };
}
