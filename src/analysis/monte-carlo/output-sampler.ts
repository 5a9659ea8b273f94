/** Samples of the output of a circuit for callers who want them all, not the figures that an analysis makes of them. */

import type { Distribution } from '../../../grammar/directive/tree.ts';
import type { LinearCircuit } from '../../circuit/circuit.ts';
import { Solver } from '../../mna/solver.ts';
import { assemble } from '../../mna/system.ts';
import { compiled, engineOf } from '../../numeric/fastest-engine.ts';
import { biasPoints, nominalSolution, totalSolution } from '../operating-point.ts';
import { portForm } from '../port-form.ts';
import { type Variation, variations } from '../variation.ts';
import { type Drawn, type DrawRequest, draw } from './draw.ts';
import { solverOf } from './monte-carlo.ts';
import { type SampledCircuit, sampledCircuit } from './sampled-circuit.ts';

export interface OutputSampler {
  readonly variations: readonly Variation[];
  readonly circuit: SampledCircuit;
  /** `samples` outputs [V or A] from a seed of 32 bits. */
  draw(request: Pick<DrawRequest, 'samples' | 'seed' | 'threads'>): Drawn;
}

/**
 * Undefined for circuits without an output, without anything that varies, or too large.
 * @throws {UnsolvableError} {SingularMatrixError} when the nominal circuit has no solution.
 */
export function outputSampler(
  circuit: LinearCircuit,
  {
    distribution = 'uniform',
    temperature = circuit.temperature?.nominal,
  }: { readonly distribution?: Distribution; readonly temperature?: number | undefined } = {},
): OutputSampler | undefined {
  const { output } = circuit;
  if (output === null) return undefined;
  const solver = new Solver(assemble(circuit, 'finite'));
  const { unknowns } = solver.system;
  const points = biasPoints(circuit, {
    opAmps: unknowns.opAmps,
    nominal: nominalSolution(solver),
  });
  const varying = variations(circuit, { unknowns, biasPoints: points });
  if (varying.length === 0) return undefined;
  const input = {
    circuit,
    output,
    unknowns,
    biasPoints: points,
    variations: varying,
    form: portForm(varying, { solver, total: totalSolution(solver, points), output }),
  };
  const sampled = sampledCircuit({
    ...input,
    scenario: { ...(temperature === undefined ? {} : { temperature }), common: new Map() },
    distribution,
  });
  if (sampled === undefined) return undefined;
  const program = compiled(sampled.code, sampled.shapes);
  const engine = engineOf(program);
  return {
    variations: varying,
    circuit: sampled,
    draw: (request) => draw(sampled, { ...request, program, engine, solve: solverOf(input) }),
  };
}
