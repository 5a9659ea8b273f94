/**
 * Op amps that are parts of the library get the limits of their data sheets: chosen by the temperatures of the
 * netlist and by the supplies, as far as voltage sources fix them. What the data lack is said, never filled in.
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Span } from '../../grammar/source.ts';
import type { Remark } from '../parts/choice.ts';
import { type DataSheetLimits, dataSheetLimits } from '../parts/data-sheet-limits.ts';
import type { FoundPart } from '../parts/library.ts';
import { limitText, QUANTITY_TITLES, temperatureText } from '../parts/limit.ts';
import { citation, fullName, type Interval, type Part } from '../parts/part.ts';
import type { Element, NodeIndex, OpAmp, Temperature } from './circuit.ts';
import { fixedVoltages } from './fixed-voltages.ts';
import { type Supplies, specificationOf, stateOver } from './part-specification.ts';
import type { OpAmpSpecification } from './specification.ts';

/** That an op amp is a part of the library, and why. */
export interface PartBinding extends FoundPart {
  /** What its data are called for: the instance, also of one op amp of a dual. */
  readonly label: string;
  /** Where its name stands. */
  readonly span: Span;
}

/** `bindings` by the lower-case name of the op amp. */
export function bindParts(
  elements: readonly Element[],
  found: {
    readonly bindings: ReadonlyMap<string, PartBinding>;
    readonly temperature: Temperature | null;
    readonly diagnostics: Diagnostics;
  },
): readonly Element[] {
  const { bindings, temperature, diagnostics } = found;
  if (bindings.size === 0) return elements;
  const voltages = fixedVoltages(elements);
  return elements.map((element) => {
    const binding = element.kind === 'opAmp' ? bindings.get(element.name.toLowerCase()) : undefined;
    if (element.kind !== 'opAmp' || binding === undefined) return element;
    const model = partModel(element, { part: binding.part, voltages, temperature });
    report(binding, { limits: model.limits, diagnostics });
    return { ...element, specification: model.specification };
  });
}

/** The op amp as a part of the library, with what the circuit states of it over the limits of the data sheet. */
export function partModel(
  opAmp: OpAmp,
  at: {
    readonly part: Part;
    /** Of the nodes that sources fix [V]. */
    readonly voltages: ReadonlyMap<NodeIndex, number>;
    readonly temperature: Temperature | null;
  },
): { readonly specification: OpAmpSpecification; readonly limits: DataSheetLimits } {
  const supplies = suppliesOf(opAmp, at.voltages);
  const own = opAmp.specification;
  const limits = dataSheetLimits(at.part, {
    stated: statedQuantities(own.stated),
    temperature: temperaturesOf(opAmp, at.temperature),
    ...(supplies === undefined ? {} : { supply: supplies.positive - supplies.negative }),
  });
  return { specification: stateOver(own, specificationOf(limits, supplies)), limits };
}

/** All temperatures at which the op amp works [deg C]: a stated step beats those of the netlist. */
function temperaturesOf({ specification }: OpAmp, temperature: Temperature | null): Interval {
  const { temperatureStep, biasPoint } = specification;
  const reference = biasPoint.temperature;
  if (temperatureStep === undefined) return temperature ?? { low: reference, high: reference };
  const end = reference + temperatureStep;
  return { low: Math.min(reference, end), high: Math.max(reference, end) };
}

/** The voltages of the supply pins, where sources fix both. */
export function suppliesOf(
  { positiveSupply, negativeSupply }: OpAmp,
  voltages: ReadonlyMap<NodeIndex, number>,
): Supplies | undefined {
  const at = (node: NodeIndex | undefined) => (node === undefined ? undefined : voltages.get(node));
  const [positive, negative] = [at(positiveSupply), at(negativeSupply)];
  return positive === undefined || negative === undefined || positive <= negative
    ? undefined
    : { positive, negative };
}

/** The quantities that a directive states, by whichever of their keys. */
function statedQuantities(keys: readonly string[]): ReadonlySet<string> {
  const stated = new Set(keys);
  if (stated.has('ibn') && stated.has('ibi')) stated.add('ib').add('ios');
  if (stated.has('psrrp') && stated.has('psrrn')) stated.add('psrr');
  return stated;
}

function report(
  { part, label, span, assumed }: PartBinding,
  { limits, diagnostics }: { limits: DataSheetLimits; diagnostics: Diagnostics },
): void {
  const used = [...limits.choices].map(([quantity, { rows }]) => {
    const figures = rows.map(
      (row) => `${limitText(row)} at ${temperatureText(row.conditions.temperature)}`,
    );
    return `${QUANTITY_TITLES[quantity]} ${figures.join(' and ')}`;
  });
  diagnostics.info(
    'part',
    span,
    `"${label}" is ${fullName(part)} with the limits of ${citation(part)}: ${used.join(', ')}.`,
  );
  if (assumed !== undefined) {
    diagnostics.warning(
      'assumed_grade',
      span,
      `"${label}" is taken as ${fullName(part)}: ${assumed}.`,
    );
  }
  for (const { severity, code, message } of oneForEachCode(limits.remarks)) {
    diagnostics[severity](code, span, `"${label}" (${fullName(part)}): ${message}`);
  }
}

/** Remarks of one kind about several quantities, told in one message. */
function oneForEachCode(remarks: readonly Remark[]): Iterable<Remark> {
  const told = new Map<string, Remark>();
  for (const remark of remarks) {
    const key = `${remark.severity} ${remark.code}`;
    const before = told.get(key);
    const message = before === undefined ? remark.message : `${before.message} ${remark.message}`;
    told.set(key, { ...remark, message });
  }
  return told.values();
}
