/** A definition on its own: an instance of it with a node per port, to which a test bench is attached. */

import type { Span } from '../../../grammar/source.ts';
import type {
  Conditional,
  InstanceCard,
  Netlist,
  SourceCard,
  Statement,
  Subcircuit,
} from '../../../grammar/spice/tree.ts';
import type { Circuit, Element, NodeIndex } from '../../circuit/circuit.ts';
import { elaborate } from '../../circuit/elaborate.ts';

/** The inside of an instance, and the nodes of its ports; nothing outside of it is connected. */
export interface Fixture {
  readonly circuit: Circuit;
  readonly inside: readonly Element[];
  readonly ports: readonly NodeIndex[];
  readonly span: Span;
}

/** Names with a blank, which no netlist can have. */
const portName = (index: number) => `port ${index}`;
const holdName = (index: number) => `hold ${index}`;

/** The fixture of a definition at the top level of a netlist, the first of its name; undefined when its body has a fault. */
export function fixtureOf(netlist: Netlist, definition: Subcircuit): Fixture | undefined {
  const { span, name, ports } = definition;
  const word = (text: string) => ({ text, span });
  const instance: InstanceCard = {
    kind: 'card',
    letter: 'X',
    name: word('X'),
    nodes: ports.map((_, index) => word(portName(index))),
    subcircuit: name,
    parameters: [],
    span,
  };
  // Held ports keep the inside whole when what floats is left out.
  const holds = ports.map(
    (_, index): SourceCard => ({
      kind: 'card',
      letter: 'V',
      name: word(holdName(index)),
      nodes: [word(portName(index)), word('0')],
      dc: { kind: 'number', value: 0, span },
      parameters: [],
      span,
    }),
  );
  const circuit = elaborate(
    {
      ...netlist,
      statements: [...surroundings(netlist.statements), instance, ...holds],
      diagnostics: [],
    },
    { macromodels: 'as written' },
  );
  if (circuit.diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  const held = new Set(ports.map((_, index) => holdName(index)));
  return {
    circuit,
    inside: circuit.elements.filter((element) => !held.has(element.name)),
    ports: ports.map((_, index) => circuit.nodes.indexOf(portName(index))),
    span,
  };
}

const NOT_AROUND: ReadonlySet<Statement['kind']> = new Set([
  'card',
  'directive',
  'connect',
  'start',
  'kept',
]);

/** What a body may refer to: models, parameters, other definitions; not the circuit around. */
function surroundings(statements: readonly Statement[]): Statement[] {
  return statements
    .filter(({ kind }) => !NOT_AROUND.has(kind))
    .map((statement) => (statement.kind === 'if' ? withoutCards(statement) : statement));
}

function withoutCards(conditional: Conditional): Conditional {
  return {
    ...conditional,
    branches: conditional.branches.map((branch) => ({
      ...branch,
      statements: surroundings(branch.statements),
    })),
  };
}
