// The random circuits of the property tests. The same in every run, so that a run tells about the change and not about
// luck; `SEED=... npm test` explores others.

export const SEED = Number(process.env['SEED'] ?? 20260);
