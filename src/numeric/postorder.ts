// Postorder of a forest: every node after its children, each subtree in one piece, so that columns which update each
// other lie near each other in memory.

const NONE = -1;

/** A postorder (n) of the forest in which parent[i] is -1 for a root; the children of a node follow the order of `nodes`. */
export function postorder(parent: Int32Array, nodes: Int32Array): Int32Array {
  const n = parent.length;
  const firstChild = new Int32Array(n).fill(NONE);
  const sibling = new Int32Array(n).fill(NONE);
  let firstRoot = NONE;
  for (let k = n - 1; k >= 0; k--) {
    const i = nodes[k]!;
    const above = parent[i]!;
    if (above === NONE) {
      sibling[i] = firstRoot;
      firstRoot = i;
    } else {
      sibling[i] = firstChild[above]!;
      firstChild[above] = i;
    }
  }
  const order = new Int32Array(n);
  let count = 0;
  for (let root = firstRoot; root !== NONE; root = sibling[root]!) {
    let i = deepestFirst(firstChild, root);
    while (i !== NONE) {
      order[count++] = i;
      if (i === root) break;
      i = sibling[i] === NONE ? parent[i]! : deepestFirst(firstChild, sibling[i]!);
    }
  }
  return order;
}

/** The leaf reached from i by first children. */
function deepestFirst(firstChild: Int32Array, from: number): number {
  let i = from;
  while (firstChild[i] !== NONE) i = firstChild[i]!;
  return i;
}
