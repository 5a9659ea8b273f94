/** The syntax tree of Eagle's XML schematics (`.sch` of version 6 and later): its nets are lists of pins, so that geometry says nothing. */

import type { Word } from '../expression.ts';
import type { Source, Span } from '../source.ts';

export interface Schematic extends Section {
  readonly source: Source;
  /** By name and, where it has one, URN: `rcl`, `rcl urn:adsk.eagle:library:334`. */
  readonly libraries: ReadonlyMap<string, Library>;
  /** Parts of the circuit that are drawn once and placed several times, by name. */
  readonly modules: ReadonlyMap<string, Module>;
}

/** What a schematic and a module hold, of all their sheets. */
export interface Section {
  readonly parts: readonly Part[];
  readonly nets: readonly NetList[];
  /** Gates that are placed: `U1 A`. */
  readonly placed: ReadonlySet<string>;
  readonly texts: readonly Word[];
  readonly instances: readonly ModuleInstance[];
}

export interface Module extends Section {
  /** Names of nets that are known outside. */
  readonly ports: ReadonlySet<string>;
}

export interface ModuleInstance {
  readonly name: Word;
  readonly module: string;
}

export interface Part {
  readonly name: Word;
  /** Empty where none is written. */
  readonly value: Word;
  /** Key of `Schematic.libraries`. */
  readonly library: string;
  readonly deviceSet: string;
  readonly device: string;
  readonly technology: string;
  /** Its attributes. */
  readonly fields: ReadonlyMap<string, Word>;
  readonly span: Span;
}

export interface NetList {
  readonly name: Word;
  readonly pins: readonly PinReference[];
  /** Ports of modules on it. */
  readonly ports: readonly { readonly instance: string; readonly port: string }[];
}

export interface PinReference {
  readonly part: string;
  readonly gate: string;
  readonly pin: string;
  readonly span: Span;
}

export interface Library {
  readonly deviceSets: ReadonlyMap<string, DeviceSet>;
  /** Pins of a symbol by its name. */
  readonly symbols: ReadonlyMap<string, readonly SymbolPin[]>;
}

export interface DeviceSet {
  /** `R` of R1; empty where it has none. */
  readonly prefix: string;
  /** Whether a value is of the part, not of its type. */
  readonly hasOwnValue: boolean;
  readonly gates: readonly { readonly name: string; readonly symbol: string }[];
  /** By name of the device: the pad of each `gate pin`. */
  readonly pads: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface SymbolPin {
  readonly name: string;
  /** `in`, `out`, `io`, `oc`, `pwr`, `pas`, `hiz`, `sup`, `nc` */
  readonly direction: string;
}
