/** What a file holds by way of op amps: its definitions one by one, and the op amps of its circuit. */

import type { Diagnostic } from '../../../grammar/diagnostic.ts';
import type { Netlist, Statement, Subcircuit } from '../../../grammar/spice/tree.ts';
import type { Circuit, OpAmp } from '../circuit.ts';
import { GROUND } from '../circuit.ts';
import { elaborate } from '../elaborate.ts';
import { isReplaceable, type Recognition, recognise, type SolvedPins } from './recognise.ts';

export interface SurveyedSubcircuit {
  readonly definition: Subcircuit;
  readonly recognition: Recognition | undefined;
  /** True if `analyze` puts the error model in the place of its instances. */
  readonly replaced: boolean;
}

/** Node names of one op amp; a supply that is not connected or not known is absent. */
export interface SurveyedInstance {
  readonly name: string;
  readonly part: string;
  readonly evidence: string;
  readonly nodes: {
    readonly plus: string;
    readonly minus: string;
    readonly output: string;
    readonly positiveSupply?: string;
    readonly negativeSupply?: string;
  };
}

export interface OpAmpSurvey {
  readonly file: string;
  readonly title: string;
  /** Every definition of the file and of those it includes, inner ones behind the outer one. */
  readonly subcircuits: readonly SurveyedSubcircuit[];
  readonly instances: readonly SurveyedInstance[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What elaboration says about op amps; its other faults do not matter here. */
const ABOUT_OP_AMPS: ReadonlySet<string> = new Set([
  'unknown_pins',
  'wrong_pins',
  'unconfirmed_pins',
  'unknown_op_amp',
  'not_an_op_amp',
  'undefined_subcircuit',
]);

/** The op amps of a netlist or a library, some of their pins found by solving; faults elsewhere hide none. */
export function surveyed(netlist: Netlist, solvedPins: SolvedPins): OpAmpSurvey {
  const circuit = elaborate(netlist, { solvedPins });
  const own = new Set(netlist.diagnostics);
  return {
    file: netlist.source.name,
    title: netlist.title,
    subcircuits: [
      ...subcircuitsOf(netlist.statements, { outside: () => undefined, solved: solvedPins }),
    ],
    instances: circuit.elements
      .filter((element) => element.kind === 'opAmp')
      .map((opAmp) => surveyedInstance(opAmp, circuit)),
    diagnostics: circuit.diagnostics.filter(
      (diagnostic) => own.has(diagnostic) || ABOUT_OP_AMPS.has(diagnostic.code),
    ),
  };
}

type Find = (name: string) => Subcircuit | undefined;

function* subcircuitsOf(
  statements: readonly Statement[],
  { outside, solved }: { readonly outside: Find; readonly solved: SolvedPins },
): Generator<SurveyedSubcircuit> {
  const definitions = statements.flatMap(subcircuitsIn);
  const here = new Map(
    definitions.toReversed().map((found) => [found.name.text.toLowerCase(), found]),
  );
  const find: Find = (name) => here.get(name.toLowerCase()) ?? outside(name);
  for (const definition of definitions) {
    const recognition = recognise(definition, { solved });
    yield {
      definition,
      recognition,
      replaced:
        recognition !== undefined && isReplaceable(definition, recognition, { find, solved }),
    };
    yield* subcircuitsOf(definition.statements, { outside: find, solved });
  }
}

function subcircuitsIn(statement: Statement): Subcircuit[] {
  if (statement.kind === 'subcircuit') return [statement];
  if (statement.kind !== 'if') return [];
  return statement.branches.flatMap(({ statements }) => statements.flatMap(subcircuitsIn));
}

function surveyedInstance(opAmp: OpAmp, { nodes }: Circuit): SurveyedInstance {
  const name = (node: number) => (node === GROUND ? '0' : (nodes[node] ?? ''));
  const { positiveSupply, negativeSupply } = opAmp;
  return {
    name: opAmp.name,
    part: opAmp.part,
    evidence: opAmp.evidence,
    nodes: {
      plus: name(opAmp.plus),
      minus: name(opAmp.minus),
      output: name(opAmp.output.plus),
      ...(positiveSupply === undefined ? {} : { positiveSupply: name(positiveSupply) }),
      ...(negativeSupply === undefined ? {} : { negativeSupply: name(negativeSupply) }),
    },
  };
}
