/** A closed form as it is written: what the printers print and what is evaluated. */

export type Tree =
  /** A positive integer. */
  | { readonly kind: 'number'; readonly value: bigint }
  /** The value of an element, or a cause such as V_OS. */
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'sum'; readonly terms: readonly Tree[] }
  | { readonly kind: 'negative'; readonly operand: Tree }
  | { readonly kind: 'product'; readonly factors: readonly Tree[] }
  | { readonly kind: 'quotient'; readonly over: Tree; readonly under: Tree }
  | { readonly kind: 'power'; readonly base: Tree; readonly exponent: number }
  /** Resistances in parallel. */
  | { readonly kind: 'parallel'; readonly operands: readonly Tree[] };

export function number(value: bigint): Tree {
  return value < 0n
    ? { kind: 'negative', operand: { kind: 'number', value: -value } }
    : { kind: 'number', value };
}

export function symbol(name: string): Tree {
  return { kind: 'symbol', name };
}

export function isNumber(tree: Tree, value: bigint): boolean {
  return tree.kind === 'number' && tree.value === value;
}

export function negative(tree: Tree): Tree {
  if (tree.kind === 'negative') return tree.operand;
  return isNumber(tree, 0n) ? tree : { kind: 'negative', operand: tree };
}

/** Numbers, then symbols, then what is longer, then negative terms; sums within the sum are dissolved. */
export function sum(terms: readonly Tree[]): Tree {
  const flat = terms
    .flatMap((term) =>
      term.kind === 'sum'
        ? term.terms
        : term.kind === 'negative' && term.operand.kind === 'sum'
          ? term.operand.terms.map(negative)
          : [term],
    )
    .filter((term) => !isNumber(term, 0n));
  const [first, ...others] = flat;
  if (first === undefined) return number(0n);
  if (others.length === 0) return first;
  if (flat.every(({ kind }) => kind === 'negative')) return negative(sum(flat.map(negative)));
  const isJoined = flat.length > terms.length; // else the caller's order stands
  flat.sort((a, b) => order(a) - order(b) || (isJoined ? byName(a, b) : 0));
  return { kind: 'sum', terms: flat };
}

const collator = new Intl.Collator('en', { numeric: true });

/** R1, R2, R10, RF. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

function byName(a: Tree, b: Tree): number {
  return a.kind === 'symbol' && b.kind === 'symbol' ? compareNames(a.name, b.name) : 0;
}

function order(term: Tree): number {
  switch (term.kind) {
    case 'number':
      return 0;
    case 'symbol':
      return 1;
    case 'negative':
      return 3;
    default:
      return 2;
  }
}

/**
 * Without factors 1; the sign in front, or in a difference, which it turns round. Quotients are one, with the
 * symbols over its line: `(1 + a/b)*c*d/e`.
 */
export function product(factors: readonly Tree[]): Tree {
  let isNegative = false;
  const flat: Tree[] = [];
  const collect = (tree: Tree): void => {
    if (tree.kind === 'negative') {
      isNegative = !isNegative;
      collect(tree.operand);
    } else if (tree.kind === 'product') tree.factors.forEach(collect);
    else if (!isNumber(tree, 1n)) flat.push(tree);
  };
  factors.forEach(collect);
  const found = withOneQuotient(flat);
  if (!isNegative) return found;
  return turned(found) ?? negative(found);
}

function withOneQuotient(factors: readonly Tree[]): Tree {
  const over: Tree[] = [];
  const under: Tree[] = [];
  const sums: Tree[] = [];
  for (const factor of factors) {
    if (factor.kind === 'sum') sums.push(factor);
    else if (factor.kind === 'quotient') {
      over.push(factor.over);
      under.push(factor.under);
    } else over.push(factor);
  }
  if (under.length > 0 && factors.length > 1) {
    const [above, below] = [product(over), product(under)];
    if (isNumber(above, 1n)) return quotient(product(sums), below);
    return plainProduct([...sums, quotient(above, below)]);
  }
  return plainProduct(factors);
}

function plainProduct(flat: readonly Tree[]): Tree {
  const [first, ...others] = flat;
  if (first === undefined) return number(1n);
  return others.length === 0 ? first : { kind: 'product', factors: flat };
}

/** The same with the other sign, where a difference in it can be turned round. */
function turned(tree: Tree): Tree | undefined {
  switch (tree.kind) {
    case 'sum':
      return tree.terms.some(({ kind }) => kind === 'negative')
        ? sum(tree.terms.map(negative))
        : undefined;
    case 'product':
      for (const [i, factor] of tree.factors.entries()) {
        const other = turned(factor);
        if (other !== undefined) return { ...tree, factors: tree.factors.with(i, other) };
      }
      return undefined;
    case 'quotient': {
      const over = turned(tree.over);
      return over && { ...tree, over };
    }
    default:
      return undefined;
  }
}

export function quotient(over: Tree, under: Tree): Tree {
  if (isNumber(under, 1n)) return over;
  if (over.kind === 'negative') return product([number(-1n), quotient(over.operand, under)]);
  if (under.kind === 'negative') return negative(quotient(over, under.operand));
  return { kind: 'quotient', over, under };
}

export function power(base: Tree, exponent: number): Tree {
  return exponent === 1 ? base : { kind: 'power', base, exponent };
}

export function parallel(operands: readonly Tree[]): Tree {
  const flat = operands.flatMap((each) => (each.kind === 'parallel' ? each.operands : [each]));
  return { kind: 'parallel', operands: flat };
}

export function children(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'number':
    case 'symbol':
      return [];
    case 'sum':
      return tree.terms;
    case 'negative':
      return [tree.operand];
    case 'product':
      return tree.factors;
    case 'quotient':
      return [tree.over, tree.under];
    case 'power':
      return [tree.base];
    case 'parallel':
      return tree.operands;
  }
}

/** The names in a tree, each once. */
export function symbolsOf(tree: Tree): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (at: Tree): void => {
    if (at.kind === 'symbol') names.add(at.name);
    else children(at).forEach(visit);
  };
  visit(tree);
  return names;
}

/** The value of a tree. */
export function evaluate(tree: Tree, valueAt: (name: string) => number): number {
  const value = (at: Tree): number => {
    switch (at.kind) {
      case 'number':
        return Number(at.value);
      case 'symbol':
        return valueAt(at.name);
      case 'sum':
        return at.terms.reduce((total, term) => total + value(term), 0);
      case 'negative':
        return -value(at.operand);
      case 'product':
        return at.factors.reduce((total, factor) => total * value(factor), 1);
      case 'quotient':
        return value(at.over) / value(at.under);
      case 'power':
        return value(at.base) ** at.exponent;
      case 'parallel':
        return parallelValue(at.operands.map(value));
    }
  };
  return value(tree);
}

/** a b / (a + b), which is also right for a short. */
function parallelValue(values: readonly number[]): number {
  return values.reduce((a, b) => (a === 0 || b === 0 ? 0 : (a * b) / (a + b)));
}
