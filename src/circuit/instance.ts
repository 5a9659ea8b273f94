/** An X card and the definition it names -> the level inside: parameters, ports, multiplier. */

import type { Word } from '../../grammar/expression.ts';
import type { Assignment, InstanceCard, Subcircuit } from '../../grammar/spice/tree.ts';
import { GROUND, type NodeIndex } from './circuit.ts';
import { vocabularyIn } from './functions.ts';
import { type Level, lookUp, type Opening, ownerOf } from './level.ts';
import type { NodeTable } from './node-table.ts';
import { EvaluationFault, Scope } from './scope.ts';

/** Bounds that no real netlist meets and an expansion bomb does. */
export const MAXIMUM_ELEMENTS = 1_000_000;
export const MAXIMUM_INSTANCES = 50_000;
const MAXIMUM_DEPTH = 60;

/** The definition that a name means at a level. */
export function definitionAt(level: Level, name: string): Subcircuit | undefined {
  return lookUp(level, (at) => at.definitions.get(name.toLowerCase()));
}

/** @throws {EvaluationFault} when the nodes do not fit the ports, or the definition is already open. */
export function checkInstance(
  card: InstanceCard,
  { definition, level }: { definition: Subcircuit; level: Level },
): void {
  const { name, nodes, subcircuit } = card;
  const { ports, optional = [] } = definition;
  if (nodes.length < ports.length || nodes.length > ports.length + optional.length) {
    throw new EvaluationFault(
      'wrong_node_count',
      card.span,
      `"${name.text}" connects ${nodes.length} nodes, but "${definition.name.text}" has ${ports.length} ports (${ports.map((port) => port.text).join(' ')}).`,
    );
  }
  if (level.open.includes(definition) || level.open.length >= MAXIMUM_DEPTH) {
    throw new EvaluationFault(
      'recursive_subcircuit',
      subcircuit.span,
      level.open.includes(definition)
        ? `Subcircuit "${definition.name.text}" contains itself.`
        : `Subcircuits are nested more than ${MAXIMUM_DEPTH} levels deep.`,
    );
  }
}

/**
 * What the level inside an instance is opened with. Names inside are looked up where the definition
 * stands; values that the instance hands over are meant where the instance stands.
 *
 * @throws {EvaluationFault}
 */
export function openingOf(
  card: InstanceCard,
  { definition, level, nodes }: { definition: Subcircuit; level: Level; nodes: NodeTable },
): Omit<Opening, 'diagnostics'> {
  const owner = ownerOf(level, definition);
  const scope = new Scope(owner.scope, vocabularyIn(definition.dialect, owner.scope.words));
  for (const { key, value } of definition.parameters) scope.define(key.text, value);
  for (const { key, value } of card.parameters) scope.fix(key.text, level.scope.evaluate(value));
  const ports = new Map<string, NodeIndex>();
  const supplied = new Set<string>();
  const connect = (port: Word, word: Word | undefined): void => {
    if (word === undefined) return;
    const key = port.text.toLowerCase();
    if (ports.has(key)) return; // the first of two ports of one name counts, as in ngspice
    const node = nodes.at(word, level);
    ports.set(key, node);
    if (node === GROUND || level.supplied.has(word.text.toLowerCase())) supplied.add(key);
  };
  for (const [i, port] of definition.ports.entries()) connect(port, card.nodes[i]);
  for (const [i, { port, node }] of (definition.optional ?? []).entries()) {
    // An optional port that the instance leaves off is the node its definition names.
    connect(port, card.nodes[definition.ports.length + i] ?? node);
  }
  return {
    scope,
    prefix: `${level.prefix}${card.name.text}.`,
    ports,
    supplied,
    open: [...level.open, definition],
    parent: owner,
    multiplier: level.multiplier * copiesOf(card, { level, definition }),
  };
}

/**
 * How many instances in parallel the `m=` of a card stands for. Where the subcircuit has a parameter `m`
 * of its own it is that parameter and nothing else, as in ngspice (measured) and PSpice.
 *
 * @throws {EvaluationFault} `unsupported_multiplier`
 */
export function copiesOf(
  card: InstanceCard,
  { level, definition }: { level: Level; definition?: Subcircuit },
): number {
  const stated = card.parameters.findLast(isMultiplier);
  if (stated === undefined || definition?.parameters.some(isMultiplier) === true) return 1;
  const copies = level.scope.evaluate(stated.value);
  if (copies > 0) return copies;
  throw new EvaluationFault(
    'unsupported_multiplier',
    stated.key.span,
    `"${card.name.text}" has the multiplier m=${copies}, which must be positive.`,
  );
}

function isMultiplier({ key }: Assignment): boolean {
  return key.text.toLowerCase() === 'm';
}
