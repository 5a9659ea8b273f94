// The binomial distribution from + - * / alone: intervals of quantiles by order statistics, and of fractions by Clopper
// and Pearson. Probabilities are summed from the mode on, so that nothing large cancels.

/** P(K = k) of n trials for k = from .. from + p.length - 1; what is left out is below 1e-20 of the mode. */
interface Window {
  readonly from: number;
  readonly p: readonly number[];
}

const NEGLIGIBLE = 1e-20;

function window(n: number, probability: number): Window {
  const odds = probability / (1 - probability);
  const mode = Math.min(n, Math.floor((n + 1) * probability));
  const above: number[] = [];
  for (let k = mode, p = 1; p > NEGLIGIBLE && k <= n; k++) {
    above.push(p);
    p *= ((n - k) / (k + 1)) * odds;
  }
  const below: number[] = [];
  for (let k = mode, p = 1; k > 0; k--) {
    p *= k / (n - k + 1) / odds;
    if (!(p > NEGLIGIBLE)) break;
    below.push(p);
  }
  const all = [...below.reverse(), ...above];
  const total = all.reduce((sum, p) => sum + p, 0);
  return { from: mode - below.length, p: all.map((p) => p / total) };
}

/** P(K <= k) for n trials. */
export function binomialBelow(k: number, { n, probability }: { n: number; probability: number }) {
  if (k < 0) return 0;
  if (k >= n) return 1;
  if (probability <= 0) return 1;
  if (probability >= 1) return 0;
  const { from, p } = window(n, probability);
  return p.slice(0, Math.max(0, k - from + 1)).reduce((sum, each) => sum + each, 0);
}

/** Ranks (from 1) of the order statistics around a quantile; null where n samples have no such bound. */
export interface Ranks {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The narrowest ranks l, h with P(x_(l) <= quantile) and P(quantile <= x_(h)) of at least 1 - risk/2 each, whatever the
 * distribution is: K samples below the quantile are binomial (David, Nagaraja, Order Statistics, 7.1).
 */
export function quantileRanks(
  n: number,
  { probability, risk }: { readonly probability: number; readonly risk: number },
): Ranks {
  const { from, p } = window(n, probability);
  let low: number | null = null;
  let high: number | null = null;
  let below = 0; // P(K < k)
  for (let i = 0; i < p.length; i++) {
    const k = from + i;
    // x_(k) <= quantile unless K < k
    if (below <= risk / 2 && k >= 1) low = k;
    // quantile <= x_(k) where K < k
    if (high === null && below >= 1 - risk / 2 && k >= 1) high = k;
    below += p[i]!;
  }
  const next = from + p.length;
  if (high === null && next <= n && below >= 1 - risk / 2) high = next;
  return { low, high };
}

/** Clopper and Pearson (1934): the probabilities with which k of n, or more, or fewer, are no rarer than risk/2. */
export function fractionInterval(
  k: number,
  { n, risk }: { readonly n: number; readonly risk: number },
): { readonly low: number; readonly high: number } {
  const more = (probability: number) => 1 - binomialBelow(k - 1, { n, probability });
  const fewer = (probability: number) => binomialBelow(k, { n, probability });
  return {
    low: k === 0 ? 0 : bisected((probability) => more(probability) < risk / 2),
    high: k === n ? 1 : bisected((probability) => fewer(probability) > risk / 2),
  };
}

/** Where a condition that holds from 0 on stops holding in [0, 1]. */
function bisected(holds: (probability: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
