// Straight-line code: what one sample of a circuit costs, as a list of operations each of which names earlier ones.
//
// The builder folds constants, leaves out what changes nothing (x + 0, 1 x, 1/(1/x)), and makes equal operations once.
// Addition and multiplication take their operands in the order of their names, so that equal ones are found; doubles do
// not see the difference.

/** The place of an operation in its list. */
export type Value = number;

export type Operation =
  | { readonly kind: 'constant'; readonly value: number }
  /** Which of the inputs of a sample. */
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: BinaryKind; readonly left: Value; readonly right: Value };

/** `minimum` is left unless right is less, also where right is no number. */
export type BinaryKind = 'add' | 'subtract' | 'multiply' | 'divide' | 'minimum';

export interface Code {
  readonly operations: readonly Operation[];
  /** Which values are wanted. */
  readonly outputs: readonly Value[];
}

/** What an operation makes of doubles; the one meaning that every emitter shares. */
export function applied(kind: BinaryKind, a: number, b: number): number {
  switch (kind) {
    case 'add':
      return a + b;
    case 'subtract':
      return a - b;
    case 'multiply':
      return a * b;
    case 'divide':
      return a / b;
    case 'minimum':
      return b < a ? b : a;
  }
}

export class CodeBuilder {
  readonly #operations: Operation[] = [];
  readonly #known = new Map<string, Value>();

  constant(value: number): Value {
    return this.#once(`c ${value}`, { kind: 'constant', value: value + 0 });
  }

  input(index: number): Value {
    return this.#once(`i ${index}`, { kind: 'input', index });
  }

  /** The number that a value always is. */
  constantOf(value: Value): number | undefined {
    const operation = this.#operations[value]!;
    return operation.kind === 'constant' ? operation.value : undefined;
  }

  add(a: Value, b: Value): Value {
    const [x, y] = [this.constantOf(a), this.constantOf(b)];
    if (x === 0) return b;
    if (y === 0) return a;
    const negative = this.#negated(b);
    if (negative !== undefined) return this.subtract(a, negative);
    return a <= b ? this.#binary('add', a, b) : this.#binary('add', b, a);
  }

  subtract(a: Value, b: Value): Value {
    if (a === b) return this.constant(0);
    if (this.constantOf(b) === 0) return a;
    const negative = this.#negated(b);
    if (negative !== undefined) return this.add(a, negative);
    return this.#binary('subtract', a, b);
  }

  multiply(a: Value, b: Value): Value {
    const [x, y] = [this.constantOf(a), this.constantOf(b)];
    if (x === 0 || y === 0) return this.constant(0);
    if (x === 1) return b;
    if (y === 1) return a;
    if (x === -1 && y === undefined) return this.negative(b);
    if (y === -1 && x === undefined) return this.negative(a);
    const [minusA, minusB] = [this.#sign(a), this.#sign(b)];
    if (minusA !== undefined) return this.negative(this.multiply(minusA, b));
    if (minusB !== undefined) return this.negative(this.multiply(a, minusB));
    return a <= b ? this.#binary('multiply', a, b) : this.#binary('multiply', b, a);
  }

  divide(a: Value, b: Value): Value {
    const [x, y] = [this.constantOf(a), this.constantOf(b)];
    if (x === 0 && y !== 0) return a;
    if (y === 1) return a;
    if (a === b && y === undefined) return this.constant(1);
    const [minusA, minusB] = [this.#sign(a), this.#sign(b)];
    if (minusA !== undefined) return this.negative(this.divide(minusA, b));
    if (minusB !== undefined) return this.negative(this.divide(a, minusB));
    const divisor = x === 1 ? this.#divisor(b) : undefined;
    return divisor ?? this.#binary('divide', a, b);
  }

  minimum(a: Value, b: Value): Value {
    return a === b ? a : this.#binary('minimum', a, b);
  }

  negative(a: Value): Value {
    return this.#negated(a) ?? this.#binary('subtract', this.constant(0), a);
  }

  /** All operations so far. */
  get operations(): readonly Operation[] {
    return this.#operations;
  }

  /** The operations that `outputs` need, in order. */
  finished(outputs: readonly Value[]): Code {
    const isNeeded = new Uint8Array(this.#operations.length);
    for (const output of outputs) isNeeded[output] = 1;
    for (let i = this.#operations.length - 1; i >= 0; i--) {
      const operation = this.#operations[i]!;
      if (isNeeded[i] === 0 || !('left' in operation)) continue;
      isNeeded[operation.left] = 1;
      isNeeded[operation.right] = 1;
    }
    const place = new Int32Array(this.#operations.length);
    const operations: Operation[] = [];
    this.#operations.forEach((operation, i) => {
      if (isNeeded[i] === 0) return;
      place[i] = operations.length;
      operations.push(
        'left' in operation
          ? { ...operation, left: place[operation.left]!, right: place[operation.right]! }
          : operation,
      );
    });
    return { operations, outputs: outputs.map((output) => place[output]!) };
  }

  #binary(kind: BinaryKind, left: Value, right: Value): Value {
    const [x, y] = [this.constantOf(left), this.constantOf(right)];
    if (x !== undefined && y !== undefined) return this.constant(applied(kind, x, y));
    return this.#once(`${kind} ${left} ${right}`, { kind, left, right });
  }

  /** x of 0 - x, or of a negative constant. */
  #negated(value: Value): Value | undefined {
    const number = this.constantOf(value);
    if (number !== undefined) return number < 0 ? this.constant(-number) : undefined;
    return this.#sign(value);
  }

  /** x of 0 - x. */
  #sign(value: Value): Value | undefined {
    const operation = this.#operations[value]!;
    return operation.kind === 'subtract' && this.constantOf(operation.left) === 0
      ? operation.right
      : undefined;
  }

  /** x of 1/x. */
  #divisor(value: Value): Value | undefined {
    const operation = this.#operations[value]!;
    return operation.kind === 'divide' && this.constantOf(operation.left) === 1
      ? operation.right
      : undefined;
  }

  #once(key: string, operation: Operation): Value {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const value = this.#operations.length;
    this.#operations.push(operation);
    this.#known.set(key, value);
    return value;
  }
}
