// Forward-mode differentiation in three variables: a dual number carries a value and its gradient, and arithmetic
// follows the chain rule, so that a device equation is written once and its derivatives are exact.

/** x + x0 e0 + x1 e1 + x2 e2 with e_i e_j = 0. */
export class Dual {
  readonly value: number;
  readonly d0: number;
  readonly d1: number;
  readonly d2: number;

  constructor(value: number, d0: number, d1: number, d2: number) {
    this.value = value;
    this.d0 = d0;
    this.d1 = d1;
    this.d2 = d2;
  }

  static constant(value: number): Dual {
    return new Dual(value, 0, 0, 0);
  }

  plus(b: Dual | number): Dual {
    if (typeof b === 'number') return new Dual(this.value + b, this.d0, this.d1, this.d2);
    return new Dual(this.value + b.value, this.d0 + b.d0, this.d1 + b.d1, this.d2 + b.d2);
  }

  minus(b: Dual | number): Dual {
    if (typeof b === 'number') return new Dual(this.value - b, this.d0, this.d1, this.d2);
    return new Dual(this.value - b.value, this.d0 - b.d0, this.d1 - b.d1, this.d2 - b.d2);
  }

  times(b: Dual | number): Dual {
    if (typeof b === 'number') return this.mapped(this.value * b, b);
    const [x, y] = [this.value, b.value];
    return new Dual(x * y, this.d0 * y + x * b.d0, this.d1 * y + x * b.d1, this.d2 * y + x * b.d2);
  }

  over(b: Dual | number): Dual {
    if (typeof b === 'number') return this.mapped(this.value / b, 1 / b);
    const q = this.value / b.value;
    return new Dual(
      q,
      (this.d0 - q * b.d0) / b.value,
      (this.d1 - q * b.d1) / b.value,
      (this.d2 - q * b.d2) / b.value,
    );
  }

  negated(): Dual {
    return this.mapped(-this.value, -1);
  }

  squared(): Dual {
    return this.mapped(this.value * this.value, 2 * this.value);
  }

  /** x^p for x > 0. */
  power(p: number): Dual {
    const y = this.value ** p;
    return this.mapped(y, (p * y) / this.value);
  }

  /** For x > 0. */
  squareRoot(): Dual {
    const y = Math.sqrt(this.value);
    return this.mapped(y, 0.5 / y);
  }

  exponential(): Dual {
    const y = Math.exp(this.value);
    return this.mapped(y, y);
  }

  /** ln (1 + e^x) */
  softPlus(): Dual {
    const y = Math.exp(-Math.abs(this.value));
    const slope = (this.value > 0 ? 1 : y) / (1 + y);
    return this.mapped(Math.max(this.value, 0) + Math.log1p(y), slope);
  }

  /** ln x for x > 0. */
  logarithm(): Dual {
    return this.mapped(Math.log(this.value), 1 / this.value);
  }

  /** The larger one with its gradient; at a tie this one. */
  orAtLeast(b: Dual | number): Dual {
    const other = typeof b === 'number' ? Dual.constant(b) : b;
    return this.value >= other.value ? this : other;
  }

  /** The smaller one with its gradient; at a tie this one. */
  orAtMost(b: Dual | number): Dual {
    const other = typeof b === 'number' ? Dual.constant(b) : b;
    return this.value <= other.value ? this : other;
  }

  /** f(x) of a function with this value and this derivative at x. */
  mapped(value: number, derivative: number): Dual {
    return new Dual(value, derivative * this.d0, derivative * this.d1, derivative * this.d2);
  }
}
