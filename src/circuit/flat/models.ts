/**
 * Models of all levels under names of their own: what stands at the top keeps its name, a model inside a
 * subcircuit is called after the instance, `XA.DX`. Instances that make the same model share it.
 */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { Word } from '../../../grammar/expression.ts';
import type { Assignment, Statement } from '../../../grammar/spice/tree.ts';
import { type Level, lookUp } from '../level.ts';
import { EvaluationFault } from '../scope.ts';

export type ModelCard = Extract<Statement, { kind: 'model' }>;

export interface ModelOptions {
  readonly values: (parameters: readonly Assignment[], level: Level) => readonly Assignment[];
  readonly diagnostics: Diagnostics;
}

export class ModelTable {
  readonly #options: ModelOptions;
  readonly #levels = new WeakMap<Level, ReadonlyMap<string, ModelCard>>();
  /** By what a model says and where it is defined: the name it has got. */
  readonly #shared = new Map<ModelCard, Map<string, string>>();
  readonly #pending = new Set<ModelCard>();
  #made: ModelCard[] = [];

  constructor(options: ModelOptions) {
    this.#options = options;
  }

  /** The models that the statements of a level define; the last of one name counts. */
  open(level: Level, statements: readonly Statement[]): void {
    const models = new Map<string, ModelCard>();
    for (const statement of statements) {
      if (statement.kind === 'model') models.set(statement.name.text.toLowerCase(), statement);
    }
    this.#levels.set(level, models);
  }

  /** Whether `name` is a model where it is used. */
  has(name: string, level: Level): boolean {
    return this.#find(name, level) !== undefined;
  }

  /** The name of a model in the flat netlist; a name that is not defined stays, with a warning. */
  nameOf(word: Word, level: Level): Word {
    const found = this.#find(word.text, level);
    if (found === undefined) {
      const message = `Model "${word.text}" is not defined in the netlist; its name stays as it is.`;
      this.#options.diagnostics.warning('undefined_model', word.span, message);
      return word;
    }
    const { at, model } = found;
    if (at.prefix === '') return { ...word, text: model.name.text };
    if (this.#pending.has(model)) {
      const message = `Model "${model.name.text}" is based on itself.`;
      throw new EvaluationFault('recursive_model', model.span, message);
    }
    this.#pending.add(model);
    try {
      return { ...word, text: this.#named(this.valued(model, at), { model, at }) };
    } finally {
      this.#pending.delete(model);
    }
  }

  /** A model with its parameters as numbers and its base under its flat name. */
  valued(model: ModelCard, level: Level): ModelCard {
    const { base } = model;
    return {
      ...model,
      parameters: this.#options.values(model.parameters, level),
      ...(base === undefined ? {} : { base: this.nameOf(base, level) }),
    };
  }

  /** The inner models that have been named since the last time. */
  take(): readonly ModelCard[] {
    const made = this.#made;
    this.#made = [];
    return made;
  }

  #find(name: string, level: Level): { at: Level; model: ModelCard } | undefined {
    return lookUp(level, (at) => {
      const model = this.#levels.get(at)?.get(name.toLowerCase());
      return model === undefined ? undefined : { at, model };
    });
  }

  #named(valued: ModelCard, { model, at }: { model: ModelCard; at: Level }): string {
    const key = JSON.stringify([
      valued.base?.text,
      valued.parameters.map(({ value }) => ('value' in value ? value.value : value.kind)),
    ]);
    const names = this.#shared.get(model) ?? new Map<string, string>();
    this.#shared.set(model, names);
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = at.prefix + model.name.text;
    names.set(key, name);
    this.#made.push({ ...valued, name: { ...model.name, text: name } });
    return name;
  }
}
