// Which row each step of an elimination would like as its pivot, when other steps may have taken theirs.
//
// The matching of the analysis pairs steps with rows. A step that cannot use its row takes another one; the step that
// loses it is paired with the row left over, so that the pairing stays a permutation.

/** The preferred rows of the steps to come; a step that loses its row to another takes over that one's row. */
export class Preference {
  readonly of: Int32Array; // (n) by step
  readonly #stepPreferring: Int32Array; // (n) by row

  constructor(rowPreference: Int32Array) {
    this.of = rowPreference.slice();
    this.#stepPreferring = new Int32Array(rowPreference.length);
    for (let k = 0; k < rowPreference.length; k++) this.#stepPreferring[rowPreference[k]!] = k;
  }

  /** Step k takes `row`. */
  take(k: number, row: number): void {
    const loser = this.#stepPreferring[row]!;
    const own = this.of[k]!;
    this.of[loser] = own;
    this.#stepPreferring[own] = loser;
    this.of[k] = row;
    this.#stepPreferring[row] = k;
  }
}
