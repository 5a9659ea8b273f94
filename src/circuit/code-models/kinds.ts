/** What a code model is at the operating point: its ports, its parameters, and what it drives. */

import type { Formula } from '../../devices/formula.ts';
import type { PortSpecification } from './connections.ts';
import type { CodeModelParameters, ParameterSpecification } from './parameters.ts';

/** The voltages and currents at a port, in its order: one, or those of a vector. */
export type Reader = (port: string) => readonly Formula[];

/** What a port drives, or the element `index` of a vector; a port that is read and driven reads its own. */
export type PortLaw = (parameters: CodeModelParameters, read: Reader, index: number) => Formula;

export interface CodeModelKind {
  readonly ports: readonly PortSpecification[];
  readonly parameters: ParameterSpecification;
  /** By port; a port without a law is only read. */
  readonly laws: Readonly<Record<string, PortLaw>>;
}
