/**
 * A formula made ready for Newton: f(u) and its exact gradient by reverse-mode differentiation, on a tape
 * that is laid out once. Values and slopes are finite for every finite u: where f has no value a
 * stand-in goes on (`elementary.ts`), and `fault` says at a solution that it stands on one.
 */

import { binaryLaw, continued, unaryLaw } from './elementary.ts';
import { type Formula, operandsOf, partsOf, segmentAt } from './formula.ts';

export interface FormulaLaw {
  /** f(u); df/du (k) is written into `gradient`. */
  evaluate(u: Float64Array, gradient: Float64Array): number;
  /** Why f has no value at u, in words that name the operation; null where it has one. */
  fault(u: Float64Array): string | null;
}

/** Values and slopes stay within; the product of two is finite. */
const LARGEST = 1e150;

/** One part of the formula, and where its operands stand before it on the tape (0 where it has fewer). */
interface Step {
  readonly part: Formula;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

interface Tape {
  readonly steps: readonly Step[];
  /** Value of each step. */
  readonly values: Float64Array;
  /** Derivatives of each step by its first and its second operand. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** df / d(value of the step) */
  readonly adjoints: Float64Array;
}

export function formulaLaw(formula: Formula): FormulaLaw {
  const tape = tapeOf(formula);
  return {
    evaluate: (u, gradient) => {
      forward(tape, u);
      backward(tape, gradient);
      return tape.values[tape.values.length - 1] ?? 0;
    },
    fault: (u) => {
      forward(tape, u);
      return firstFault(tape);
    },
  };
}

function tapeOf(formula: Formula): Tape {
  const parts = partsOf(formula);
  const place = new Map(parts.map((part, index) => [part, index]));
  const steps = parts.map((part): Step => {
    const [a = 0, b = 0, c = 0] = operandsOf(part).map((operand) => place.get(operand) ?? 0);
    return { part, a, b, c };
  });
  const array = () => new Float64Array(steps.length);
  return { steps, values: array(), first: array(), second: array(), adjoints: array() };
}

function bounded(x: number): number {
  return Math.min(Math.max(x, -LARGEST), LARGEST);
}

/** Values and slopes of every step at u. */
function forward({ steps, values, first, second }: Tape, u: Float64Array): void {
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i];
    if (step === undefined) continue;
    const { part, a, b, c } = step;
    const x = values[a] ?? 0;
    switch (part.kind) {
      case 'constant':
        values[i] = bounded(part.value);
        break;
      case 'input':
        values[i] = bounded(u[part.index] ?? 0);
        break;
      case 'unary': {
        const [value, slope] = continued(unaryLaw(part.operation), x);
        values[i] = bounded(value);
        first[i] = bounded(slope);
        break;
      }
      case 'binary': {
        const law = binaryLaw(part.operation);
        const y = values[b] ?? 0;
        const [byX, byY] = law.slopes(x, y);
        values[i] = bounded(law.continued === undefined ? law.value(x, y) : law.continued(x, y));
        first[i] = bounded(byX);
        second[i] = bounded(byY);
        break;
      }
      case 'conditional':
        values[i] = values[x !== 0 ? b : c] ?? 0;
        break;
      case 'table': {
        const { value, slope, from } = segmentAt(part, x);
        values[i] = bounded(value + slope * (x - from));
        first[i] = bounded(slope);
        break;
      }
    }
  }
}

/** The chain rule from the formula down to its inputs. */
function backward({ steps, values, first, second, adjoints }: Tape, gradient: Float64Array): void {
  adjoints.fill(0);
  gradient.fill(0);
  adjoints[steps.length - 1] = 1;
  for (let i = steps.length - 1; i >= 0; i--) {
    const adjoint = adjoints[i] ?? 0;
    const step = steps[i];
    // A branch that is not taken has no part in f, and its slopes none in the gradient.
    if (adjoint === 0 || step === undefined) continue;
    const { part, a, b, c } = step;
    const pass = (to: number, slope: number): void => {
      adjoints[to] = bounded((adjoints[to] ?? 0) + adjoint * slope);
    };
    switch (part.kind) {
      case 'constant':
        break;
      case 'input':
        gradient[part.index] = bounded((gradient[part.index] ?? 0) + adjoint);
        break;
      case 'conditional':
        pass((values[a] ?? 0) !== 0 ? b : c, 1);
        break;
      case 'binary':
        pass(a, first[i] ?? 0);
        pass(b, second[i] ?? 0);
        break;
      default:
        pass(a, first[i] ?? 0);
    }
  }
}

/** The fault of the first operation without a value among those that f is made of at this point. */
function firstFault({ steps, values }: Tape): string | null {
  const taken = new Uint8Array(steps.length);
  taken[steps.length - 1] = 1;
  let found: string | null = null;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (taken[i] === 0 || step === undefined) continue;
    const { part, a, b, c } = step;
    const x = values[a] ?? 0;
    if (part.kind === 'conditional') {
      taken[a] = 1;
      taken[x !== 0 ? b : c] = 1;
      continue;
    }
    if (part.kind === 'binary') taken[b] = 1;
    if (part.kind !== 'constant' && part.kind !== 'input') taken[a] = 1;
    found = faultOf(part, [x, values[b] ?? 0]) ?? tooLarge(values[i] ?? 0) ?? found;
  }
  return found;
}

function faultOf(part: Formula, [x, y]: readonly [number, number]): string | null {
  if (part.kind === 'binary') return binaryLaw(part.operation).fault?.(x, y) ?? null;
  if (part.kind !== 'unary') return null;
  const {
    low = Number.NEGATIVE_INFINITY,
    high = Number.POSITIVE_INFINITY,
    fault,
  } = unaryLaw(part.operation);
  return fault !== undefined && (x < low || x > high) ? fault : null;
}

function tooLarge(value: number): string | null {
  return Math.abs(value) < LARGEST ? null : `a number beyond ${LARGEST}`;
}
