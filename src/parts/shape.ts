/** The shape that JSON must have: each reader returns the value it wants, or undefined and a fault with its path. */

import { jsonPath } from '../../grammar/json.ts';
import { suggestionHint } from '../../grammar/suggest.ts';

/** What is wrong with a file of parts, and where: `parts[2].tables[0].vos.max`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/** More faults than these are not told. */
const MOST_FAULTS = 100;

/** A value of a JSON document at its path. */
export interface At {
  readonly value: unknown;
  readonly path: string;
}

type Fields = Readonly<Record<string, unknown>>;

export class Shape {
  readonly faults: Fault[] = [];

  fault({ path }: At, message: string, hint?: string): undefined {
    if (this.faults.length < MOST_FAULTS) {
      this.faults.push({ path, message, ...(hint === undefined ? {} : { hint }) });
    }
    return undefined;
  }

  /** An object with no other keys than the known ones. */
  object(at: At, known: ReadonlySet<string>): Fields | undefined {
    const { value, path } = at;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.#wanted(at, 'an object');
    }
    for (const key of Object.keys(value)) {
      if (known.has(key)) continue;
      const hint = suggestionHint(key, {
        known,
        otherwise: `Keys here are ${[...known].join(', ')}.`,
      });
      this.fault({ value, path: jsonPath(path, key) }, `there is no key "${key}" here`, hint);
    }
    return value as Fields;
  }

  list(at: At): At[] | undefined {
    const { value, path } = at;
    if (!Array.isArray(value)) return this.#wanted(at, 'a list');
    return value.map((item: unknown, index) => ({ value: item, path: jsonPath(path, index) }));
  }

  text(at: At): string | undefined {
    if (typeof at.value !== 'string' || at.value.trim() === '') {
      return this.#wanted(at, 'a text that is not empty');
    }
    return at.value;
  }

  texts(at: At): string[] {
    if (at.value === undefined) return [];
    return (this.list(at) ?? []).flatMap((item) => this.text(item) ?? []);
  }

  number(at: At): number | undefined {
    if (typeof at.value !== 'number' || !Number.isFinite(at.value)) {
      return this.#wanted(at, 'a number');
    }
    return at.value;
  }

  choice<T extends string>(at: At, among: readonly T[]): T | undefined {
    const found = among.find((word) => word === at.value);
    if (found !== undefined) return found;
    const hint = suggestionHint(String(at.value), {
      known: among,
      otherwise: `It is one of ${among.join(', ')}.`,
    });
    return this.fault(at, `${shown(at.value)} is not known here`, hint);
  }

  #wanted(at: At, wanted: string): undefined {
    const found = at.value === undefined ? 'is missing' : `is ${shown(at.value)}`;
    return this.fault(at, `this ${found}; it must be ${wanted}`);
  }
}

/** The value of a key with its path. */
export function field(fields: Fields, key: string, { path }: At): At {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return { value, path: jsonPath(path, key) };
}

/** A value as a message shows it. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
