/** The syntax tree of one `*@` line: what nullor is told about the circuit, beside what SPICE is told. */

import type { Expression, Word } from '../expression.ts';
import type { Span } from '../source.ts';

export interface DirectiveLine {
  readonly kind: 'directive';
  readonly directive: Directive;
  readonly span: Span;
}

/** A number with the unit that was written behind it, suffix applied: `75dB` -> 75 `dB`, `12uV/V` -> 12e-6 `V/V`. */
export interface Quantity {
  readonly value: number;
  /** `dB`, `V`, `A`, `ohm`, `V/V`, `V/K`, `A/K`, `K`, `%`, `ppm`, `ppm/K`; `1/K` for `/C`; absent when none was written. */
  readonly unit?: string;
  readonly span: Span;
}

/** `V(out)`, `V(a,b)`, `I(VX)`. */
export type Probe =
  | { readonly quantity: 'V'; readonly plus: Word; readonly minus?: Word; readonly span: Span }
  | { readonly quantity: 'I'; readonly element: Word; readonly span: Span };

/** A voltage, from ground or from a supply: `3.8`, `vdd-1.2`. */
export interface PinVoltage {
  readonly rail?: 'vdd' | 'vss';
  readonly offset: Quantity;
}

/** What stands behind `key=`, `key<=` or `key>=`. */
export type SpecificationValue =
  /** `vos=3.8m` */
  | { readonly form: 'known'; readonly value: Quantity }
  /** `vos=+-2m`, also with the sign U+00B1, and `vos<=2m` */
  | { readonly form: 'limit'; readonly limit: Quantity }
  /** `vos=1m+-0.1m` */
  | { readonly form: 'centred'; readonly nominal: Quantity; readonly halfWidth: Quantity }
  /** `ib=1n..5n` */
  | { readonly form: 'range'; readonly low: Quantity; readonly high: Quantity }
  /** `aol>=100k` */
  | { readonly form: 'minimum'; readonly minimum: Quantity }
  /** `vcmhigh=vdd-1.2` */
  | { readonly form: 'voltage'; readonly voltage: PinVoltage }
  /** `vcm=vss-0.3..vdd-1.2`; without a supply it is a range */
  | { readonly form: 'voltages'; readonly low: PinVoltage; readonly high: PinVoltage }
  /** `aol=inf` */
  | { readonly form: 'infinite'; readonly span: Span };

export interface Specification {
  /** Lower case: `vos`, `aol`, ... */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: SpecificationValue;
  readonly span: Span;
}

export type PinRole = 'plus' | 'minus' | 'positiveSupply' | 'negativeSupply' | 'output' | 'other';

/** What values between limits are taken from. */
export const DISTRIBUTIONS = ['uniform', 'normal', 'truncated'] as const;
export type Distribution = (typeof DISTRIBUTIONS)[number];

export type Directive =
  | { readonly kind: 'output'; readonly probe: Probe }
  /** One source, or two whose difference is the input. */
  | { readonly kind: 'input'; readonly sources: readonly Word[] }
  | {
      readonly kind: 'opamp';
      readonly target: Word;
      /** A part of the library: `MCP601`. */
      readonly part?: Word;
      /** `pins=+,-,V+,V-,out`, one role per port. */
      readonly pins?: readonly PinRole[];
      readonly specifications: readonly Specification[];
    }
  | {
      readonly kind: 'range';
      /** A source, or an op amp when `quantity` is there: `XU1.vout`. */
      readonly target: Word;
      readonly quantity?: 'vout' | 'vcm' | 'vdd' | 'vss';
      readonly low: Quantity;
      readonly high: Quantity;
    }
  | {
      readonly kind: 'deltas';
      readonly convention: 'bias-point' | 'half-range';
      readonly word: Word;
    }
  | {
      readonly kind: 'temp';
      readonly nominal: Quantity;
      readonly low?: Quantity;
      readonly high?: Quantity;
    }
  | {
      readonly kind: 'tol';
      readonly target: Word;
      readonly tolerance?: Quantity;
      readonly temperatureCoefficient?: SpecificationValue;
      /** What the years add to the initial tolerance. */
      readonly ageing?: SpecificationValue;
      /** `bin=1%`: the better ones have been sorted out. */
      readonly inner?: Quantity;
    }
  | {
      readonly kind: 'sigma';
      /** An element or an op amp; absent for all limits. */
      readonly target?: Word;
      readonly count: Quantity;
    }
  | {
      readonly kind: 'montecarlo';
      readonly samples: Quantity;
      readonly seed?: Quantity;
      readonly distribution: Distribution;
    }
  | { readonly kind: 'match'; readonly elements: readonly Word[]; readonly mismatch: Quantity }
  /** `let R4 = R2`: an element that follows others when formulas are tested at other values. */
  | { readonly kind: 'let'; readonly target: Word; readonly value: Expression }
  | {
      readonly kind: 'expect';
      readonly left: Expression;
      /** `within` has two numbers behind it, `right` to `high`. */
      readonly relation: '=' | '<=' | '>=' | 'within';
      readonly right: Expression;
      readonly high?: Expression;
      readonly relative?: number;
      readonly absolute?: Quantity;
      /** Everything behind the word `expect`, as written. */
      readonly text: string;
    };
