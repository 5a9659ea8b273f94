// The independent oracle: the equations of theory D2 and D3 in exact rationals, from a plain description of a circuit.
// Shares no code with src/. Signs: KCL sums currents leaving a node; a source's current flows from its first node
// through it to its second.

import {
  absolute,
  add,
  compare,
  determinant,
  divide,
  fromNumber,
  multiply,
  negate,
  type Rational,
  type RationalVector,
  rank,
  rational,
  solveAll,
  subtract,
  toNumber,
  ZERO,
} from './rational.ts';

/** Nodes are names; `0` is ground. */
export type ExactElement = { readonly name: string } & (
  | {
      readonly kind: 'R' | 'V' | 'I';
      readonly nodes: readonly [string, string];
      readonly value: number;
    }
  | {
      readonly kind: 'E' | 'G';
      readonly nodes: readonly [string, string];
      readonly controls: readonly [string, string];
      readonly gain: number;
    }
  | {
      readonly kind: 'F' | 'H';
      readonly nodes: readonly [string, string];
      /** Name of a V element. */
      readonly control: string;
      readonly gain: number;
    }
  | ExactOpAmp
);

/** What the op amp is stated to be: ratios, not their inverses; absent is ideal. */
export interface ExactOpAmp {
  readonly name: string;
  readonly kind: 'opAmp';
  readonly plus: string;
  readonly minus: string;
  readonly output: string;
  readonly positiveSupply: string;
  readonly negativeSupply: string;
  readonly specification: {
    readonly [key in
      | 'vos'
      | 'tcvos'
      | 'dt'
      | 'ibn'
      | 'ibi'
      | 'aol'
      | 'cmrr'
      | 'psrrp'
      | 'psrrn'
      | 'vcm0'
      | 'vout0'
      | 'vdd0'
      | 'vss0']?: number;
  };
}

export type ExactNetwork = 'ideal' | 'finite' | 'dead';

const ONE = rational(1n);
const HALF = rational(1n, 2n);

/** The matrix of one network and the right-hand sides that belong to it. */
export class ExactSystem {
  readonly nodes: readonly string[];
  readonly opAmps: readonly ExactOpAmp[];
  readonly #elements: readonly ExactElement[];
  readonly #branches: readonly string[];
  readonly #matrix: readonly (readonly Rational[])[];

  constructor(elements: readonly ExactElement[], network: ExactNetwork) {
    this.#elements = elements;
    this.opAmps = elements.filter((element) => element.kind === 'opAmp');
    this.nodes = [...new Set(elements.flatMap(nodesOf))].filter((node) => node !== '0');
    this.#branches = elements
      .filter(({ kind }) => /^(?:V|E|H|opAmp)$/.test(kind))
      .map(({ name }) => name);
    const count = this.nodes.length + this.#branches.length;
    const matrix = Array.from({ length: count }, () => new Array<Rational>(count).fill(ZERO));
    const put = (row: number, column: number, value: Rational) => {
      if (row >= 0 && column >= 0) matrix[row]![column] = add(matrix[row]![column]!, value);
    };
    /** M[row] += factor (V(a) - V(b)) */
    const voltage = (row: number, [a, b]: readonly [string, string], factor: Rational) => {
      put(row, this.node(a), factor);
      put(row, this.node(b), negate(factor));
    };
    /** `factor` times the unknown `column` flows from a through the element to b. */
    const current = ([a, b]: readonly [string, string], column: number, factor: Rational) => {
      put(this.node(a), column, factor);
      put(this.node(b), column, negate(factor));
    };
    for (const element of elements) {
      switch (element.kind) {
        case 'R': {
          const g = divide(ONE, fromNumber(element.value));
          voltage(this.node(element.nodes[0]), element.nodes, g);
          voltage(this.node(element.nodes[1]), element.nodes, negate(g));
          break;
        }
        case 'I':
          break;
        case 'V':
        case 'E':
        case 'H': {
          const row = this.branch(element.name);
          current(element.nodes, row, ONE);
          voltage(row, element.nodes, ONE);
          if (element.kind === 'E')
            voltage(row, element.controls, negate(fromNumber(element.gain)));
          if (element.kind === 'H')
            put(row, this.branch(element.control), negate(fromNumber(element.gain)));
          break;
        }
        case 'G':
          voltage(this.node(element.nodes[0]), element.controls, fromNumber(element.gain));
          voltage(this.node(element.nodes[1]), element.controls, negate(fromNumber(element.gain)));
          break;
        case 'F':
          current(element.nodes, this.branch(element.control), fromNumber(element.gain));
          break;
        case 'opAmp': {
          const row = this.branch(element.name);
          put(this.node(element.output), row, ONE);
          if (network === 'dead') {
            put(row, this.node(element.output), negate(ONE));
            break;
          }
          const { a, c, pp, pm } = inverses(element, network);
          put(row, this.node(element.plus), add(ONE, multiply(c, HALF)));
          put(row, this.node(element.minus), negate(subtract(ONE, multiply(c, HALF))));
          put(row, this.node(element.output), negate(a));
          put(row, this.node(element.positiveSupply), pp);
          put(row, this.node(element.negativeSupply), pm);
        }
      }
    }
    this.#matrix = matrix;
  }

  /** Index of a node, -1 for ground. */
  node(name: string): number {
    return this.nodes.indexOf(name);
  }

  /** Index of a branch current. */
  branch(name: string): number {
    return this.nodes.length + this.#branches.indexOf(name);
  }

  get count(): number {
    return this.#matrix.length;
  }

  /** M (count x count) rounded to doubles. */
  get rounded(): number[][] {
    return this.#matrix.map((row) => row.map(toNumber));
  }

  get determinant(): Rational {
    return determinant(this.#matrix);
  }

  get isSingular(): boolean {
    return rank(this.#matrix) < this.count;
  }

  /** The number of independent null vectors, and of those without any node voltage. */
  get nullity(): { readonly all: number; readonly onlyCurrents: number } {
    const currents = this.#matrix.map((row) => row.slice(this.nodes.length));
    return {
      all: this.count - rank(this.#matrix),
      onlyCurrents: this.#branches.length - (currents[0]?.length === 0 ? 0 : rank(currents)),
    };
  }

  /** M\b for every b. */
  solve(columns: readonly (readonly Rational[])[]): ExactSolution[] | undefined {
    return solveAll(this.#matrix, columns)?.map((x) => new ExactSolution(x));
  }

  /** M^T\c for every c. */
  solveTransposed(columns: readonly (readonly Rational[])[]): ExactSolution[] | undefined {
    const transposed = this.#matrix.map((_, i) => this.#matrix.map((row) => row[i]!));
    return solveAll(transposed, columns)?.map((x) => new ExactSolution(x));
  }

  /** A column with the given entries; rows of ground are left out. */
  column(entries: readonly (readonly [row: number, value: Rational])[]): Rational[] {
    const b = new Array<Rational>(this.count).fill(ZERO);
    for (const [row, value] of entries) if (row >= 0) b[row] = add(b[row]!, value);
    return b;
  }

  /** b of the independent sources. */
  sources(): Rational[] {
    return this.column(
      this.#elements.flatMap((element): [number, Rational][] => {
        if (element.kind !== 'V' && element.kind !== 'I') return [];
        const value = fromNumber(element.value);
        if (element.kind === 'V') return [[this.branch(element.name), value]];
        return [
          [this.node(element.nodes[0]), negate(value)],
          [this.node(element.nodes[1]), value],
        ];
      }),
    );
  }

  /** b of the known errors of the op amps: the right side of theory D2, and the bias currents. */
  errors(): Rational[] {
    return this.column(
      this.opAmps.flatMap((opAmp): [number, Rational][] => {
        const { specification: s } = opAmp;
        const value = (key: keyof typeof s) => fromNumber(s[key] ?? 0);
        const { a, c, pp, pm } = inverses(opAmp, 'finite');
        const drive = [
          value('vos'),
          multiply(value('tcvos'), value('dt')),
          negate(multiply(c, value('vcm0'))),
          multiply(a, value('vout0')),
          negate(multiply(pp, value('vdd0'))),
          negate(multiply(pm, value('vss0'))),
        ].reduce(add);
        return [
          [this.branch(opAmp.name), negate(drive)],
          [this.node(opAmp.plus), negate(value('ibn'))],
          [this.node(opAmp.minus), negate(value('ibi'))],
        ];
      }),
    );
  }
}

/** A solution vector; ground (-1) is 0. */
export class ExactSolution {
  readonly #x: RationalVector;

  constructor(x: RationalVector) {
    this.#x = x;
  }

  /** x_i - x_j */
  at(i: number, j = -1): Rational {
    const { numerators, denominator } = this.#x;
    const n = (index: number) => (index < 0 ? 0n : numerators[index]!);
    return { numerator: n(i) - n(j), denominator };
  }

  /** max |x_i| over the first `count` components. */
  largest(count = this.#x.numerators.length): Rational {
    const sizes = this.#x.numerators.slice(0, count).map((n) => (n < 0n ? -n : n));
    return {
      numerator: sizes.reduce((a, b) => (a > b ? a : b), 0n),
      denominator: this.#x.denominator,
    };
  }
}

/** |actual - expected| <= rel |expected| + abs, decided without rounding. */
export function isWithin(
  actual: number,
  expected: Rational,
  { rel = 0, abs = 0 }: { rel?: number; abs?: number },
): boolean {
  if (!Number.isFinite(actual)) return false;
  const bound = add(multiply(fromNumber(rel), absolute(expected)), fromNumber(abs));
  return compare(absolute(subtract(fromNumber(actual), expected)), bound) <= 0;
}

/** The distance of neighbouring doubles at the size of x. */
export function ulp(x: Rational): number {
  const size = Math.abs(toNumber(x));
  if (size === 0) return Number.MIN_VALUE;
  return 2 ** Math.max(Math.floor(Math.log2(size)) - 52, -1074);
}

/** The inputs of the op amp row are the inverses, as doubles; everything made of them is exact. */
function inverses({ specification }: ExactOpAmp, network: ExactNetwork) {
  const inverse = (ratio: number | undefined): Rational =>
    ratio === undefined || network === 'ideal' ? ZERO : fromNumber(1 / ratio);
  return {
    a: inverse(specification.aol),
    c: inverse(specification.cmrr),
    pp: inverse(specification.psrrp),
    pm: inverse(specification.psrrn),
  };
}

function nodesOf(element: ExactElement): readonly string[] {
  switch (element.kind) {
    case 'opAmp':
      return [
        element.plus,
        element.minus,
        element.positiveSupply,
        element.negativeSupply,
        element.output,
      ];
    case 'E':
    case 'G':
      return [...element.nodes, ...element.controls];
    default:
      return element.nodes;
  }
}

/** The circuit as text, with doubles written so that they are read back unchanged. */
export function netlistOf(
  elements: readonly ExactElement[],
  { title = 'random circuit', output }: { title?: string; output?: string } = {},
): string {
  const cards = elements.map((element) => {
    switch (element.kind) {
      case 'opAmp': {
        const { plus, minus, positiveSupply, negativeSupply, output: out } = element;
        return `${element.name} ${plus} ${minus} ${positiveSupply} ${negativeSupply} ${out} OPAMP`;
      }
      case 'E':
      case 'G':
        return `${element.name} ${element.nodes.join(' ')} ${element.controls.join(' ')} ${element.gain}`;
      case 'F':
      case 'H':
        return `${element.name} ${element.nodes.join(' ')} ${element.control} ${element.gain}`;
      default:
        return `${element.name} ${element.nodes.join(' ')} ${element.value}`;
    }
  });
  const directives = elements.flatMap((element) => {
    if (element.kind !== 'opAmp') return [];
    const keys = Object.entries(element.specification).map(([key, value]) => `${key}=${value}`);
    return [`*@ opamp ${element.name} pins=+,-,V+,V-,out ${keys.join(' ')}`];
  });
  return [
    title,
    ...cards,
    ...directives,
    ...(output === undefined ? [] : [`*@ output ${output}`]),
    '.end',
    '',
  ].join('\n');
}
