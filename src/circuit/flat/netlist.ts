/**
 * Netlist -> the same circuit without hierarchy: every instance is expanded, every constant is a number,
 * `.if` is decided, and what is left are the cards that a simulator solves. Op amps are not looked for:
 * a macromodel is expanded like any other subcircuit.
 */

import { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { DirectiveLine } from '../../../grammar/directive/tree.ts';
import type { Expression } from '../../../grammar/expression.ts';
import type {
  Assignment,
  DotCard,
  ElementCard,
  InstanceCard,
  Netlist,
  Statement,
} from '../../../grammar/spice/tree.ts';
import { globalNodes, temperatureOf } from '../elaborate.ts';
import { vocabulary } from '../functions.ts';
import {
  checkInstance,
  definitionAt,
  MAXIMUM_ELEMENTS,
  MAXIMUM_INSTANCES,
  openingOf,
} from '../instance.ts';
import { type Level, openLevel } from '../level.ts';
import { warnMultiplier } from '../multiplier.ts';
import { NodeTable } from '../node-table.ts';
import { EvaluationFault, Scope } from '../scope.ts';
import { settingsOf } from '../settings.ts';
import { flatCard } from './cards.ts';
import { ConnectedNodes } from './connections.ts';
import { survives } from './directives.ts';
import { keptParameters, steppedParameters } from './kept-cards.ts';
import { ModelTable } from './models.ts';
import { ElementNames } from './names.ts';
import type { FlatPlace } from './place.ts';
import { over, type Probe, Reduction } from './reduction.ts';

/** The flat netlist, in the dialect of the given one. With an error among its diagnostics it is not to be used. */
export function flatNetlist(netlist: Netlist): Netlist {
  return new FlatNetlist(netlist).run();
}

/** What stands somewhere, until the names of all levels are known. */
interface Placed {
  readonly statement: Exclude<Statement, { kind: 'subcircuit' | 'if' }>;
  readonly level: Level;
}

class FlatNetlist {
  readonly #netlist: Netlist;
  readonly #diagnostics = new Diagnostics();
  readonly #nodes: NodeTable;
  readonly #connected = new ConnectedNodes();
  readonly #names = new ElementNames(this.#diagnostics);
  readonly #models: ModelTable;
  readonly #reductions = new WeakMap<Level, Reduction>();
  readonly #placed: Placed[] = [];
  #instances = 0;
  #full = false;

  constructor(netlist: Netlist) {
    this.#netlist = netlist;
    this.#diagnostics.all.push(...netlist.diagnostics);
    const globals = globalNodes(netlist.statements);
    this.#nodes = new NodeTable({ grounds: netlist.dialect.facts.grounds, globals });
    this.#models = new ModelTable({
      diagnostics: this.#diagnostics,
      values: (parameters, level) => this.#values(parameters, level),
    });
  }

  run(): Netlist {
    const { statements, dialect } = this.#netlist;
    const { facts } = dialect;
    const nominal = temperatureOf(statements, {
      settings: settingsOf(this.#netlist, this.#diagnostics),
      diagnostics: this.#diagnostics,
    })?.nominal;
    const words = vocabulary(facts, nominal ?? facts.nominalTemperature);
    const level = this.#open(statements, {
      scope: new Scope(undefined, words),
      prefix: '',
      multiplier: 1,
      ports: new Map(),
      supplied: new Set(),
      open: [],
    });
    const flat = this.#placed.flatMap((placed) => this.#guarded(() => this.#flat(placed)) ?? []);
    const parameters = keptParameters(flat, level.scope);
    return {
      ...this.#netlist,
      statements: parameters === undefined ? flat : [parameters, ...flat],
      diagnostics: this.#diagnostics.all,
    };
  }

  /** Collects the statements of a level and of all levels in it. */
  #open(
    statements: readonly Statement[],
    opening: Omit<Parameters<typeof openLevel>[1], 'diagnostics'>,
  ): Level {
    const opened = openLevel(statements, { ...opening, diagnostics: this.#diagnostics });
    const { level } = opened;
    this.#models.open(level, opened.statements);
    for (const statement of opened.statements) {
      if (this.#full) break;
      if (statement.kind === 'subcircuit' || statement.kind === 'if') continue;
      if (statement.kind === 'connect') {
        const [a, b] = statement.nodes;
        this.#connected.join(this.#nodes.at(a, level), this.#nodes.at(b, level));
      } else if (statement.kind === 'card') this.#card(statement, level);
      else this.#placed.push({ statement, level });
    }
    return level;
  }

  #card(card: ElementCard, level: Level): void {
    warnMultiplier(card, { level, diagnostics: this.#diagnostics });
    if (card.letter === 'X') {
      const instance = card as InstanceCard;
      const definition = definitionAt(level, instance.subcircuit.text);
      if (definition !== undefined) {
        this.#guarded(() => {
          checkInstance(instance, { definition, level });
          if (++this.#instances > MAXIMUM_INSTANCES) {
            throw tooLarge(card, `${MAXIMUM_INSTANCES} instances`);
          }
          const opening = openingOf(instance, { definition, level, nodes: this.#nodes });
          this.#open(definition.statements, opening);
        });
        return;
      }
      const message = `Subcircuit "${instance.subcircuit.text}" of "${card.name.text}" is not defined; the instance stays as it is.`;
      this.#diagnostics.warning('undefined_subcircuit', instance.subcircuit.span, message);
    }
    if (this.#placed.length >= MAXIMUM_ELEMENTS) {
      this.#guarded(() => {
        throw tooLarge(card, `${MAXIMUM_ELEMENTS} elements`);
      });
      return;
    }
    this.#names.add(card.name, level);
    this.#placed.push({ statement: card, level });
  }

  #flat({ statement, level }: Placed): readonly Statement[] {
    if (statement.kind === 'card') {
      const { facts } = this.#netlist.dialect;
      const languages = { from: facts, to: facts };
      const card = flatCard(statement, { place: this.#place(statement, level), languages });
      return [...this.#models.take(), card];
    }
    if (statement.kind === 'directive') return this.#directive(statement, level);
    return this.#dotCard(statement, level);
  }

  #directive(line: DirectiveLine, level: Level): readonly Statement[] {
    if (level.prefix === '' && survives(line, (name) => this.#names.has(name))) return [line];
    const message = `"*@ ${line.directive.kind}" is left out: it speaks of what the flat netlist does not have.`;
    this.#diagnostics.warning('left_out', line.span, message);
    return [];
  }

  #dotCard(card: DotCard, level: Level): readonly Statement[] {
    switch (card.kind) {
      case 'parameters':
      case 'function':
      case 'global':
      case 'connect':
        return [];
      case 'model': {
        if (level.prefix !== '') return [];
        const model = this.#models.valued(card, level);
        return [...this.#models.take(), model];
      }
      case 'start':
        return this.#start(card, level);
      default:
        break;
    }
    if (level.prefix !== '') {
      const what = card.kind === 'kept' ? card.keyword.text : `.${card.kind}`;
      const message = `"${what}" inside a subcircuit is left out.`;
      this.#diagnostics.warning('left_out', card.span, message);
      return [];
    }
    switch (card.kind) {
      case 'temperature':
        return [
          { ...card, values: card.values.map((each) => this.#reduction(level).reduce(each)) },
        ];
      case 'options':
        return [{ ...card, assignments: this.#values(card.assignments, level) }];
      case 'kept': {
        for (const name of steppedParameters(card)) {
          if (!level.scope.has(name)) continue;
          const message = `${card.keyword.text} steps "${name}", which is a number in the flat netlist: its cards do not follow.`;
          this.#diagnostics.warning('stepped_parameter', card.span, message);
        }
        return [card];
      }
    }
  }

  /** The start values of the nodes that are there. */
  #start(card: Extract<DotCard, { kind: 'start' }>, level: Level): readonly Statement[] {
    const values = card.values.flatMap(({ node, value }) => {
      const name = (level.prefix + node.text).replaceAll(':', '.');
      const index = this.#nodes.find(name);
      if (index === undefined) return [];
      const word = { ...node, text: this.#nodeName(index) };
      return [{ node: word, value: this.#reduction(level).reduce(value) }];
    });
    return values.length === 0 ? [] : [{ ...card, values }];
  }

  #place({ name }: ElementCard, level: Level): FlatPlace {
    const { multiplier, prefix } = level;
    const sensed = (text: string, span: typeof name.span) =>
      this.#names.sensed({ text, span }, level);
    return {
      isTop: prefix === '',
      multiplier,
      name: (word) => ({ ...word, text: sensed(word.text, word.span).name }),
      node: (word) => ({ ...word, text: this.#nodeName(this.#nodes.at(word, level)) }),
      source: ({ text, span }) => {
        const found = sensed(text, span);
        return { word: { text: found.name, span }, multiplier: found.multiplier };
      },
      model: (word) => this.#models.nameOf(word, level),
      isModel: (text) => this.#models.has(text, level),
      value: (expression, unknown) => this.#reduction(level).reduce(expression, unknown),
      values: (parameters) => this.#values(parameters, level),
    };
  }

  #nodeName(node: number): string {
    return this.#nodes.names[this.#connected.first(node)] ?? '0';
  }

  #reduction(level: Level): Reduction {
    const known = this.#reductions.get(level);
    if (known !== undefined) return known;
    const made = new Reduction({
      scope: level.scope,
      probe: (probe) => this.#probe(probe, level),
    });
    this.#reductions.set(level, made);
    return made;
  }

  /** A current is that of one of the parallel elements. */
  #probe(probe: Probe, level: Level): Expression {
    if (probe.quantity.toUpperCase() === 'V') {
      const names = probe.names.map((word) => ({
        ...word,
        text: this.#nodeName(this.#nodes.at(word, level)),
      }));
      return { ...probe, names };
    }
    const elements = probe.names.map((word) => ({ word, ...this.#names.sensed(word, level) }));
    const names = elements.map(({ word, name }) => ({ ...word, text: name }));
    return over({ ...probe, names }, elements[0]?.multiplier ?? 1);
  }

  #values(parameters: readonly Assignment[], level: Level): readonly Assignment[] {
    return parameters.map((each) => {
      const { value } = each;
      if (value.kind === 'name' && !level.scope.has(value.name)) return each;
      return { ...each, value: this.#reduction(level).reduce(value) };
    });
  }

  /** The value of `make`; undefined, and a diagnostic, where it is refused. */
  #guarded<T>(make: () => T): T | undefined {
    try {
      return make();
    } catch (fault) {
      if (!(fault instanceof EvaluationFault)) throw fault;
      this.#diagnostics.error(fault.code, fault.span, fault.message, fault.hint);
      this.#full ||= fault.code === 'recursive_subcircuit' || fault.code === 'too_large';
      return undefined;
    }
  }
}

function tooLarge({ span }: ElementCard, what: string): EvaluationFault {
  return new EvaluationFault('too_large', span, `The netlist expands to more than ${what}.`);
}
