/**
 * How large the error of a circuit is when some of its op amps are another part: the whole budget anew, with the
 * limits of that part's data sheet for the temperatures and supplies of the circuit. A part whose data lack a limit
 * that counts in this circuit is not ranked; what is known of it makes a total that its error may exceed.
 */

import { Diagnostics } from '../../grammar/diagnostic.ts';
import type { Circuit, OpAmp } from '../circuit/circuit.ts';
import { fixedVoltages } from '../circuit/fixed-voltages.ts';
import { partModel } from '../circuit/part-binding.ts';
import {
  idealSpecification,
  type OpAmpSpecification,
  type Spread,
} from '../circuit/specification.ts';
import type { Remark } from '../parts/choice.ts';
import type { DataSheetLimits } from '../parts/data-sheet-limits.ts';
import { fullName, type Part, type QuantityName } from '../parts/part.ts';
import { WORTHWHILE } from './bias-compensation.ts';
import { type Budget, type BudgetRow, type BudgetTotal, totalOf } from './budget.ts';
import { analyzeCircuit } from './circuit-analysis.ts';

/** Why a part is not ranked, or what should be known of its figures. */
export interface PartRemark {
  readonly code: string;
  readonly message: string;
  /** Whose limit it is about; absent when about the part as a whole. */
  readonly quantity?: QuantityName;
}

export interface PartOnCircuit {
  readonly part: Part;
  /** All rows, elements included; without those of limits that are missing. */
  readonly total: BudgetTotal;
  /** The rows of all op amps. */
  readonly opAmps: BudgetTotal;
  /** The largest row of the op amps that are exchanged; undefined when there is none. */
  readonly dominant: BudgetRow | undefined;
  /** Why it is not ranked; empty when it is. */
  readonly reasons: readonly PartRemark[];
  readonly remarks: readonly PartRemark[];
}

/** The rows that the limits of a part make. */
const CAUSES: ReadonlyMap<QuantityName, string> = new Map([
  ['vos', 'Vos'],
  ['tcvos', 'drift'],
  ['aol', 'Aol'],
  ['cmrr', 'Cmrr'],
  ['psrr', 'Psrr'],
  ['ib', 'Ib'],
  ['ios', 'Ios'],
]);

/** Remarks that mean: this part is not made for this circuit. */
const EXCLUDING: ReadonlySet<string> = new Set(['temperature_out_of_range', 'supply_out_of_range']);

/** Warnings of the analysis that the part leaves a range outside of which its limits mean nothing. */
const BEYOND: ReadonlySet<string> = new Set(['outside_common_mode_range', 'outside_output_swing']);

/** Undefined when the circuit has no budget: no output, no feedback, no solution. */
export function partOnCircuit(
  circuit: Circuit,
  { part, opAmps }: { readonly part: Part; readonly opAmps: ReadonlySet<OpAmp> },
): PartOnCircuit | undefined {
  const voltages = fixedVoltages(circuit.elements);
  const limits: DataSheetLimits[] = [];
  const elements = circuit.elements.map((element) => {
    if (element.kind !== 'opAmp' || !opAmps.has(element)) return element;
    const plain = { ...element, specification: withoutLimits(element.specification) };
    const model = partModel(plain, { part, voltages, temperature: circuit.temperature });
    limits.push(model.limits);
    const specification = probed(model.specification, missingOf(model.limits));
    return { ...element, part: fullName(part), specification };
  });
  const diagnostics = new Diagnostics();
  // Samples would be drawn for every part and seen by nobody.
  const statistics = { ...circuit.statistics, monteCarlo: null };
  const { budget } = analyzeCircuit({ ...circuit, elements, statistics }, diagnostics);
  const spans = new Set([...opAmps].map(({ span }) => span));
  const violations = diagnostics.all.filter(
    ({ code, span }) => BEYOND.has(code) && spans.has(span),
  );
  return budget === null ? undefined : judged(part, { budget, limits, violations, opAmps });
}

function judged(
  part: Part,
  {
    budget,
    limits,
    violations,
    opAmps,
  }: {
    readonly budget: Budget;
    readonly limits: readonly DataSheetLimits[];
    /** Pins that leave the range in which the part works. */
    readonly violations: readonly PartRemark[];
    readonly opAmps: ReadonlySet<OpAmp>;
  },
): PartOnCircuit {
  const names = new Set([...opAmps].map(({ name }) => name));
  const isOurs = (row: BudgetRow) => row.opAmp !== undefined && names.has(row.opAmp);
  const missing = new Set(limits.flatMap((each) => missingOf(each).map((q) => CAUSES.get(q))));
  const known = budget.rows.filter((row) => !(isOurs(row) && missing.has(row.cause)));
  const total = totalOf(known, budget.sigma);
  const largest = (quantity: QuantityName | undefined) =>
    Math.max(
      0,
      ...budget.rows
        .filter(
          (row) => isOurs(row) && quantity !== undefined && row.cause === CAUSES.get(quantity),
        )
        .map(({ worst }) => worst),
    );
  const bars = ({ code, severity, missing: absent }: Remark, quantity?: QuantityName): boolean => {
    if (absent !== undefined) return largest(absent) > 0;
    if (EXCLUDING.has(code)) return true;
    const elsewhere = code === 'limit_beyond_temperature' && severity === 'warning';
    return elsewhere && largest(quantity) >= WORTHWHILE * total.worstCase;
  };
  const all = limits.flatMap(remarksOf).map(({ remark, quantity }) => ({
    told: {
      code: remark.code,
      message: remark.message,
      ...(quantity === undefined ? {} : { quantity }),
    },
    bars: bars(remark, quantity),
  }));
  return {
    part,
    total,
    opAmps: totalOf(
      known.filter((row) => row.opAmp !== undefined),
      budget.sigma,
    ),
    dominant: known.filter(isOurs).sort((a, b) => b.worst - a.worst)[0],
    reasons: once([
      ...all.filter((each) => each.bars).map((each) => each.told),
      ...violations.map(({ code, message }) => ({ code, message })),
    ]),
    remarks: once(all.filter((each) => !each.bars).map((each) => each.told)),
  };
}

/** Every remark with the quantity that it is about. */
function remarksOf({ choices, remarks }: DataSheetLimits) {
  const quantities = new Map(
    [...choices].flatMap(([quantity, choice]) =>
      choice.remarks.map((remark) => [remark, quantity] as const),
    ),
  );
  return remarks.map((remark) => ({
    remark,
    quantity: remark.missing ?? quantities.get(remark),
  }));
}

/** Each message once, although several op amps have it. */
function once(remarks: readonly PartRemark[]): PartRemark[] {
  return [...new Map(remarks.map((remark) => [remark.message, remark])).values()];
}

function missingOf({ remarks }: DataSheetLimits): QuantityName[] {
  return remarks.flatMap(({ missing }) => missing ?? []);
}

/** What the circuit says of the op amp's surroundings, without its figures. */
function withoutLimits({ temperatureStep }: OpAmpSpecification): OpAmpSpecification {
  return { ...idealSpecification(), ...(temperatureStep === undefined ? {} : { temperatureStep }) };
}

/** Any spread shows whether a quantity without limit reaches the output at all; this one moves no voltage. */
const PROBE: Spread = { nominal: 0, low: -1e-15, high: 1e-15 };

function probed(
  specification: OpAmpSpecification,
  missing: readonly QuantityName[],
): OpAmpSpecification {
  const has = (quantity: QuantityName) => missing.includes(quantity);
  const { bias } = specification;
  return {
    ...specification,
    ...(has('vos') ? { offsetVoltage: PROBE } : {}),
    ...(has('tcvos') ? { drift: PROBE } : {}),
    ...(has('aol') ? { inverseGain: { ...PROBE, low: 0 } } : {}),
    ...(has('cmrr') ? { inverseCmrr: PROBE } : {}),
    ...(has('psrr') ? { inversePsrr: { kind: 'lumped', both: PROBE } } : {}),
    bias:
      bias.kind === 'pins'
        ? bias
        : {
            kind: 'average',
            average: has('ib') ? PROBE : bias.average,
            offset: has('ios') ? PROBE : bias.offset,
          },
  };
}
