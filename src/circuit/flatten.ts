/**
 * Subcircuit expansion: the statements of a netlist -> flat elements with hierarchical names
 * (`XA.R1`, node `XA.n`). Every level has its own scope of parameters, models and definitions; what is
 * not found there is looked up outside. An instance that is an op amp is not expanded: the error model
 * replaces the macromodel (design section 5).
 */

import type { Diagnostics } from '../../grammar/diagnostic.ts';
import type { DirectiveLine } from '../../grammar/directive/tree.ts';
import type { Word } from '../../grammar/expression.ts';
import type { Span } from '../../grammar/source.ts';
import { type Dialect, isGround } from '../../grammar/spice/dialect.ts';
import type { InstanceCard, Statement, Subcircuit } from '../../grammar/spice/tree.ts';
import { didYouMean } from '../../grammar/suggest.ts';
import { type Element, GROUND, type NodeIndex } from './circuit.ts';
import { elementsOf } from './elements.ts';
import { vocabulary } from './functions.ts';
import { definitionNames, type Level, lookUp, modelAt, openLevel, ownerOf } from './level.ts';
import { opAmpElement } from './op-amp-element.ts';
import type { OpAmpRecogniser } from './op-amps.ts';
import { EvaluationFault, Scope } from './scope.ts';
import { evaluated } from './settings.ts';
import { absurdValue, LARGEST_VALUE, SMALLEST_VALUE } from './value-range.ts';

/** Bounds that no real netlist meets and an expansion bomb does. */
const MAXIMUM_ELEMENTS = 1_000_000;
const MAXIMUM_INSTANCES = 50_000;
const MAXIMUM_DEPTH = 60;

/** A directive together with the instance in whose definition it stands. */
export interface PlacedDirective {
  readonly line: DirectiveLine;
  /** `XA.` inside the instance XA, empty at top level. */
  readonly prefix: string;
}

export interface FlatCircuit {
  readonly nodes: readonly string[];
  readonly elements: readonly Element[];
  /** Node voltages from which the search for the operating point starts [V]. */
  readonly start: ReadonlyMap<NodeIndex, number>;
}

export interface FlattenOptions {
  /** Who knows which instances are op amps; without one every subcircuit is expanded as written. */
  readonly recogniser: OpAmpRecogniser | undefined;
  /** Called for every directive of a level before the cards of that level are read. */
  readonly onDirective: (directive: PlacedDirective) => void;
  readonly diagnostics: Diagnostics;
  readonly dialect: Dialect;
  /** T_A of the circuit [deg C]. */
  readonly temperature: number;
  /** Numbers of `.options` by lower-case name. */
  readonly settings: ReadonlyMap<string, number>;
  readonly globals: ReadonlySet<string>;
}

/** The elements and nodes of all levels; faults go to `options.diagnostics`. */
export function flatten(statements: readonly Statement[], options: FlattenOptions): FlatCircuit {
  return new Flattener(options).run(statements);
}

class Flattener {
  readonly #options: FlattenOptions;
  readonly #nodes: string[] = [];
  readonly #nodeIndex = new Map<string, number>();
  readonly #elements: Element[] = [];
  readonly #names = new Map<string, Element>();
  readonly #start: { readonly node: string; readonly value: number }[] = [];
  #instances = 0;
  #full = false;

  constructor(options: FlattenOptions) {
    this.#options = options;
  }

  run(statements: readonly Statement[]): FlatCircuit {
    const { diagnostics, dialect, temperature } = this.#options;
    const scope = new Scope(undefined, vocabulary(dialect, temperature));
    const top = {
      scope,
      prefix: '',
      ports: new Map(),
      multiplier: 1,
      supplied: new Set<string>(),
      open: [],
      diagnostics,
    };
    this.#expand(openLevel(statements, top));
    return { nodes: this.#nodes, elements: this.#elements, start: this.#startValues() };
  }

  /** Of the nodes that are there; a later value counts. */
  #startValues(): ReadonlyMap<NodeIndex, number> {
    const values = new Map<NodeIndex, number>();
    for (const { node, value } of this.#start) {
      const index = this.#nodeIndex.get(node);
      if (index !== undefined) values.set(index, value);
    }
    return values;
  }

  #expand({ statements, level }: ReturnType<typeof openLevel>): void {
    const { diagnostics, dialect, onDirective } = this.#options;
    const place = {
      scope: level.scope,
      diagnostics,
      prefix: level.prefix,
      temperature: this.#options.temperature,
      settings: this.#options.settings,
      nominalTemperature: this.#options.settings.get('tnom') ?? dialect.nominalTemperature,
      multiplier: level.multiplier,
      resistorModel: dialect.resistorModel,
      node: (word: Word) => this.#node(word, level),
      innerNode: (name: string) => this.#indexOf(name),
      model: (name: string) => modelAt(level, name),
    };
    for (const statement of statements) {
      if (this.#full) return;
      if (statement.kind === 'directive') onDirective({ line: statement, prefix: level.prefix });
    }
    for (const statement of statements) {
      if (this.#full) return;
      if (statement.kind === 'connect') this.#connect(statement, level);
      if (statement.kind === 'start') this.#noteStart(statement, level);
      if (statement.kind !== 'card') continue;
      if (statement.letter === 'X') this.#instance(statement as InstanceCard, level);
      else {
        for (const element of elementsOf(statement, place)) this.#add(element);
      }
    }
  }

  /** LTspice and PSpice write the nodes of instances with a colon: `V(X1:n)`. */
  #noteStart({ values }: Extract<Statement, { kind: 'start' }>, level: Level): void {
    for (const { node, value } of values) {
      const name = (level.prefix + node.text).toLowerCase().replaceAll(':', '.');
      const number = evaluated(value, level.scope, this.#options.diagnostics);
      if (number !== undefined) this.#start.push({ node: name, value: number });
    }
  }

  /** HSPICE `.connect a b`: a short. */
  #connect({ nodes: [a, b], span }: Extract<Statement, { kind: 'connect' }>, level: Level): void {
    const port = { plus: this.#node(a, level), minus: this.#node(b, level) };
    const name = `${level.prefix}.connect ${a.text} ${b.text}`;
    this.#add({ kind: 'resistor', name, span, port, resistance: 0 });
  }

  #instance(card: InstanceCard, level: Level): void {
    const { diagnostics, recogniser } = this.#options;
    const find = (wanted: string) =>
      lookUp(level, (at) => at.definitions.get(wanted.toLowerCase()));
    const definition = find(card.subcircuit.text);
    const name = level.prefix + card.name.text;
    const opAmps = recogniser?.instance(name, {
      card,
      definition,
      scope: level.scope,
      find,
      isSupplied: (word) => this.#isSupplied(word, level),
    });
    if (opAmps === 'refused') return;
    if (opAmps !== undefined) {
      const node = (index: number) => {
        const word = card.nodes[index];
        return word === undefined ? GROUND : this.#node(word, level);
      };
      for (const pins of opAmps) this.#add(opAmpElement({ card, pins, node }));
      return;
    }
    if (definition === undefined) {
      const visible = definitionNames(level);
      diagnostics.error(
        'undefined_subcircuit',
        card.subcircuit.span,
        `Subcircuit "${card.subcircuit.text}" of "${card.name.text}" is not defined${didYouMean(card.subcircuit.text, visible)}.`,
        `If it is an op amp, say so: *@ opamp ${name} pins=+,-,V+,V-,out vos=+-1m`,
      );
      return;
    }
    const missing =
      definition.ports.length + (definition.optional ?? []).length - card.nodes.length;
    if (card.nodes.length < definition.ports.length || missing < 0) {
      diagnostics.error(
        'wrong_node_count',
        card.span,
        `"${card.name.text}" connects ${card.nodes.length} nodes, but "${definition.name.text}" has ${definition.ports.length} ports (${definition.ports.map((port) => port.text).join(' ')}).`,
      );
      return;
    }
    if (level.open.includes(definition) || level.open.length >= MAXIMUM_DEPTH) {
      diagnostics.error(
        'recursive_subcircuit',
        card.subcircuit.span,
        level.open.includes(definition)
          ? `Subcircuit "${definition.name.text}" contains itself.`
          : `Subcircuits are nested more than ${MAXIMUM_DEPTH} levels deep.`,
      );
      this.#full = true;
      return;
    }
    this.#expandInstance(card, definition, level);
  }

  #expandInstance(card: InstanceCard, definition: Subcircuit, level: Level): void {
    if (++this.#instances > MAXIMUM_INSTANCES) {
      this.#stop(card.span, `The netlist expands to more than ${MAXIMUM_INSTANCES} instances.`);
      return;
    }
    const owner = ownerOf(level, definition);
    const scope = new Scope(owner.scope);
    let { multiplier } = level;
    for (const { key, value } of definition.parameters) scope.define(key.text, value);
    for (const { key, value } of card.parameters) {
      try {
        const number = level.scope.evaluate(value);
        scope.fix(key.text, number);
        if (key.text.toLowerCase() !== 'm' || isFormal(definition, key)) continue;
        if (number <= 0) {
          throw new EvaluationFault(
            'bad_multiplier',
            key.span,
            `"${card.name.text}" has the multiplier m=${number}; it must be positive.`,
          );
        }
        multiplier *= number;
      } catch (fault) {
        if (!(fault instanceof EvaluationFault)) throw fault;
        this.#options.diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
        return;
      }
    }
    const ports = new Map<string, number>();
    definition.ports.forEach((port, index) => {
      const word = card.nodes[index];
      if (word !== undefined) ports.set(port.text.toLowerCase(), this.#node(word, level));
    });
    for (const [i, { port, node }] of (definition.optional ?? []).entries()) {
      // An optional port that the instance leaves off is the node its definition names.
      const word = card.nodes[definition.ports.length + i] ?? node;
      ports.set(port.text.toLowerCase(), this.#node(word, level));
    }
    this.#expand(
      openLevel(definition.statements, {
        scope,
        prefix: `${level.prefix}${card.name.text}.`,
        ports,
        multiplier,
        supplied: this.#suppliedPorts(definition, card, level),
        open: [...level.open, definition],
        parent: owner,
        diagnostics: this.#options.diagnostics,
      }),
    );
  }

  /** Ground, or held by a grounded voltage source here or outside. */
  #isSupplied(word: Word, level: Level): boolean {
    const key = word.text.toLowerCase();
    return isGround(key, this.#options.dialect) || level.supplied.has(key);
  }

  #suppliedPorts(definition: Subcircuit, card: InstanceCard, level: Level): ReadonlySet<string> {
    const supplied = definition.ports.filter((_, index) => {
      const word = card.nodes[index];
      return word !== undefined && this.#isSupplied(word, level);
    });
    return new Set(supplied.map(({ text }) => text.toLowerCase()));
  }

  #add(element: Element): void {
    const key = element.name.toLowerCase();
    const first = this.#names.get(key);
    if (first !== undefined) {
      this.#options.diagnostics.error(
        'duplicate_name',
        element.span,
        `There are two elements called "${element.name}".`,
        'Names are compared without regard to case.',
      );
      return;
    }
    if (this.#elements.length >= MAXIMUM_ELEMENTS) {
      this.#stop(element.span, `The netlist expands to more than ${MAXIMUM_ELEMENTS} elements.`);
      return;
    }
    const absurd = absurdValue(element);
    if (absurd !== undefined) {
      this.#options.diagnostics.error(
        'value_out_of_range',
        element.span,
        `"${element.name}" has the value ${absurd}; values are 0 or between ${SMALLEST_VALUE} and ${LARGEST_VALUE}.`,
      );
      return;
    }
    this.#names.set(key, element);
    this.#elements.push(element);
  }

  #stop(span: Span, message: string): void {
    this.#options.diagnostics.error('too_large', span, message);
    this.#full = true;
  }

  /** The node a word means here: ground, a port of the instance, a global node, or a local one. */
  #node(word: Word, level: Level): number {
    const key = word.text.toLowerCase();
    if (isGround(key, this.#options.dialect)) return GROUND;
    const port = level.ports.get(key);
    if (port !== undefined) return port;
    return this.#indexOf(this.#options.globals.has(key) ? word.text : level.prefix + word.text);
  }

  /** The index of a node by its full name; a new name is a new node. */
  #indexOf(name: string): number {
    const full = name.toLowerCase();
    let index = this.#nodeIndex.get(full);
    if (index === undefined) {
      index = this.#nodes.length;
      this.#nodes.push(name);
      this.#nodeIndex.set(full, index);
    }
    return index;
  }
}

/** Whether a subcircuit has a parameter of this name of its own, which is then no multiplier. */
function isFormal({ parameters }: Subcircuit, key: Word): boolean {
  return parameters.some((formal) => formal.key.text.toLowerCase() === key.text.toLowerCase());
}
