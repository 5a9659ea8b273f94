// Short ways to elaborate a netlist and to look at what came out.

import { position } from '../../grammar/source.ts';
import { parseNetlist } from '../../grammar/spice/parse.ts';
import { type Circuit, type Element, GROUND, type OpAmp } from '../../src/circuit/circuit.ts';
import { elaborate } from '../../src/circuit/elaborate.ts';

/** The circuit of `body` below a title line, so that its first line is line 2. */
export function circuitOf(body: string): Circuit {
  return elaborate(parseNetlist({ name: 'test.cir', text: `title\n${body}` }));
}

/** `severity code line`. */
export function faultsOf(body: string): string[] {
  return circuitOf(body).diagnostics.map(
    ({ severity, code, span }) => `${severity} ${code} ${position(span.source, span.start).line}`,
  );
}

/** The errors alone: a test circuit must not have any unless it is about them. */
export function errorsOf({ diagnostics }: Circuit): string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

export function element(circuit: Circuit, name: string): Element {
  const errors = errorsOf(circuit);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const found = circuit.elements.find((candidate) => candidate.name === name);
  if (found === undefined)
    throw new Error(`no ${name} among ${circuit.elements.map((at) => at.name)}`);
  return found;
}

export function ohms(circuit: Circuit, name: string): number {
  const found = element(circuit, name);
  if (found.kind !== 'resistor') throw new Error(`${name} is a ${found.kind}`);
  return found.resistance;
}

export function opAmp(circuit: Circuit, name: string): OpAmp {
  const found = element(circuit, name);
  if (found.kind !== 'opAmp') throw new Error(`${name} is a ${found.kind}`);
  return found;
}

/** Names of the nodes of a two-terminal element. */
export function nodesOf(circuit: Circuit, name: string): string[] {
  const found = element(circuit, name);
  if (!('port' in found)) throw new Error(`${name} is a ${found.kind}`);
  return [found.port.plus, found.port.minus].map((node) =>
    node === GROUND ? '0' : circuit.nodes[node]!,
  );
}
