/** SPICE2's order of the terms of POLY(n). */

/** The first `count` products of `n` variables as lists of indices: degree by degree, lexicographic. */
export function products(n: number, count: number): readonly (readonly number[])[] {
  const all: number[][] = [[]];
  let degree: number[][] = [[]];
  while (all.length < count && n > 0) {
    const next: number[][] = [];
    for (const product of degree) {
      for (let index = product.at(-1) ?? 0; index < n; index++) {
        if (all.length + next.length >= count) break;
        next.push([...product, index]);
      }
    }
    all.push(...next);
    degree = next;
  }
  return all;
}
