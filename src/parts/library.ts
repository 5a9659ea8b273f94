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

export class PartLibrary {
  readonly parts: readonly Part[];
  readonly #byKey = new Map<string, Part[]>();

  /** Earlier lists win over later ones, name by name. */
  constructor(...lists: readonly (readonly Part[])[]) {
    const kept: Part[] = [];
    for (const list of lists) {
      const names = new Map<string, Part[]>();
      for (const part of list) {
        for (const name of [part.name, ...part.alsoFor]) {
          const key = partKey(name);
          names.set(key, [...(names.get(key) ?? []), part]);
        }
        if (!this.#byKey.has(partKey(part.name))) kept.push(part);
      }
      for (const [key, parts] of names) if (!this.#byKey.has(key)) this.#byKey.set(key, parts);
    }
    this.parts = kept;
  }

  find(name: string): Lookup | undefined {
    const key = partKey(name).slice(0, LONGEST_NAME);
    for (let length = key.length; length > 0; length--) {
      const candidates = this.#byKey.get(key.slice(0, length));
      if (candidates === undefined) continue;
      const suffix = key.slice(length);
      return /^\d/.test(suffix) ? undefined : ofGrade(candidates, suffix);
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
