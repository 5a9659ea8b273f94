/**
 * Name in a netlist -> part. The longest name that begins it counts; what follows is a grade or a package
 * (`OP07CP`, `OPA333AIDBV`), never a digit, which would make it another part.
 */

import { partKey } from './name.ts';
import { fullName, type Interval, type Part } from './part.ts';

export interface FoundPart {
  readonly part: Part;
  /** Set when the name does not say the grade: why this one. */
  readonly assumed?: string;
}

/** What a library says to a name. */
export type Lookup =
  | FoundPart
  /** It is a grade whose limits are not in the library. */
  | { readonly missingGrade: string; readonly of: string };

/** No longer name is looked up. */
const LONGEST_NAME = 60;

const ROOM: Interval = { low: 25, high: 25 };

/** A part that is read when it is asked for. */
export interface PartEntry {
  /** Its name, and those of parts with the same limits. */
  readonly names: readonly string[];
  readonly part: () => Part;
}

export function entryOf(part: Part): PartEntry {
  return { names: [part.name, ...part.alsoFor], part: () => part };
}

export class PartLibrary {
  readonly #entries: PartEntry[] = [];
  readonly #byKey = new Map<string, readonly PartEntry[]>();

  /** Earlier lists win over later ones, name by name. */
  constructor(...lists: readonly (readonly PartEntry[])[]) {
    for (const list of lists) {
      const names = new Map<string, PartEntry[]>();
      for (const entry of list) {
        const [name, ...others] = entry.names.map(partKey);
        if (name === undefined) continue;
        for (const key of [name, ...others]) names.set(key, [...(names.get(key) ?? []), entry]);
        if (!this.#byKey.has(name)) this.#entries.push(entry);
      }
      for (const [key, entries] of names) {
        if (!this.#byKey.has(key)) this.#byKey.set(key, entries);
      }
    }
  }

  /** Every name that finds a part without a suffix. */
  get names(): readonly string[] {
    return this.#entries.flatMap((entry) => entry.names);
  }

  get parts(): readonly Part[] {
    return this.#entries.map(({ part }) => part());
  }

  find(name: string): Lookup | undefined {
    const key = partKey(name).slice(0, LONGEST_NAME);
    for (let length = key.length; length > 0; length--) {
      const entries = this.#byKey.get(key.slice(0, length));
      if (entries === undefined) continue;
      const suffix = key.slice(length);
      return /^\d/.test(suffix)
        ? undefined
        : ofGrade(
            entries.map(({ part }) => part()),
            suffix,
          );
    }
    return undefined;
  }
}

/** The part of the grade that begins the suffix of an order number. */
function ofGrade(candidates: readonly Part[], suffix: string): Lookup | undefined {
  const [first] = candidates;
  if (first === undefined) return undefined;
  const codes = candidates.flatMap((part) => [
    ...part.grades.map((code) => ({ code, part })),
    ...part.otherGrades.map((code) => ({ code, part: undefined })),
  ]);
  codes.sort((a, b) => b.code.length - a.code.length);
  const found = codes.find(({ code }) => suffix.startsWith(partKey(code)));
  if (found !== undefined) {
    return found.part === undefined
      ? { missingGrade: found.code, of: first.name }
      : { part: found.part };
  }
  const widest = candidates.reduce((a, b) => (offsetLimit(b) > offsetLimit(a) ? b : a));
  if (widest.grades.length === 0) return { part: widest };
  const reason =
    suffix === '' ? 'its name says no grade' : `"${suffix}" behind its name is no grade known here`;
  const others = [...new Set(widest.otherGrades)].join(', ');
  const lacking = others === '' ? '' : `; grades ${others} are not in the library`;
  return {
    part: widest,
    assumed: `${reason}, and ${fullName(widest)} has the widest limits here${lacking}`,
  };
}

/** The maximum of |V_OS| at room temperature [V]. */
function offsetLimit({ rows }: Part): number {
  const limits = rows
    .filter(({ quantity, conditions: { temperature } }) => {
      return quantity === 'vos' && temperature.low <= ROOM.low && temperature.high >= ROOM.high;
    })
    .map(({ max }) => max?.value ?? 0);
  return Math.max(0, ...limits);
}
