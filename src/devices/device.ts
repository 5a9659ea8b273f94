/**
 * What a non-linear device is to a solver: currents that are functions of voltages (and of currents) of the
 * circuit, with exact derivatives. Each device is one file here; it knows its model parameters, its structure
 * and its equations, and nothing of netlists or matrices.
 */

/** Numbers by lower-case name, as the netlist states them; what is not stated has the device's default. */
export type Values = ReadonlyMap<string, number>;

/** A device of a circuit as plain data; the referee writes its model card from the same numbers. */
export interface DeviceData {
  readonly device: DeviceName;
  /** 1 for NPN, N-channel and everything else; -1 for PNP and P-channel. */
  readonly polarity: 1 | -1;
  /** `.model` parameters, `level` among them. */
  readonly model: Values;
  /** Parameters of the card: `area`, `m`, `l`, `w`, `temp`, `dtemp`, `on`, `off` (1 when stated) ... */
  readonly instance: Values;
  /** Of the circuit [deg C]; `temp` and `dtemp` of the instance beat it. */
  readonly temperature: number;
  /** At which model parameters hold unless `tnom` says otherwise [deg C]. */
  readonly nominalTemperature: number;
}

export type DeviceName =
  | 'diode'
  | 'bipolar'
  | 'vbic'
  | 'jfet'
  | 'mesfet'
  | 'mosfet'
  | 'bsim3'
  | 'bsim4'
  | 'vdmos'
  | 'switch';

/**
 * Nodes of a device by role: its terminals (`collector`), and nodes inside it (`collector'`), which exist
 * only where a series resistor parts them from a terminal, or further inside (`collCI`).
 */
export type Pair = readonly [plus: string, minus: string];

/** What a device depends on: the voltage of a pair, or the current of the element that controls it. */
export type InputRole =
  | { readonly quantity: 'V'; readonly pair: Pair }
  | { readonly quantity: 'I'; readonly of: 'control' };

export interface SeriesResistor {
  /** The model parameter that states it: `RC`. */
  readonly name: string;
  readonly pair: Pair;
  /** Of this instance, area, multiplier and temperature included; > 0 [Ω]. */
  readonly resistance: number;
}

/** How the equations of a device are joined to its terminals. */
export interface Structure {
  /** Constant series resistances; those of 0 Ω are left out and their inner node is the terminal. */
  readonly resistors: readonly SeriesResistor[];
  /** u (k): what the equations depend on. */
  readonly inputs: readonly InputRole[];
  /** f (m): currents from plus to minus through the device. */
  readonly outputs: readonly Pair[];
}

/** f(u) (m) [A] and J = df/du (m x k), row by row. */
export interface Evaluation {
  readonly values: Float64Array;
  readonly jacobian: Float64Array;
}

/** Under which aids a device is evaluated. */
export interface Conditions {
  /** Conductance across every junction, SPICE's GMIN [S]. */
  readonly gmin: number;
  /** What the device remembers: 1 for a switch that is on; 0 for devices without hysteresis. */
  readonly memory: number;
}

/** The equations of one device instance. */
export interface Law {
  /** f(u) and its exact derivatives. */
  evaluate(u: Float64Array, evaluation: Evaluation, conditions: Conditions): void;
  /** Pulls u (k) towards the values of the iteration before, in place; true when it changed anything. */
  limit?(u: Float64Array, before: Float64Array): boolean;
  /** u (k) of the first iteration: junctions at their critical voltage, as in SPICE; absent: zero. */
  readonly start?: Float64Array;
  /** The memory after a solution u; absent: no hysteresis. */
  readonly memory?: { readonly initial: number; next(u: Float64Array, memory: number): number };
  /** Where the device is at u, in the field's words: `forward`, `saturation`, `off`, `on` ... */
  region(u: Float64Array, memory: number): string;
}

/** A kind of device. */
export interface DeviceKind {
  /**
   * Model parameters that the equations use, and those that have no effect at DC (capacitances, noise ...),
   * in lower case. Others are unknown and reported.
   */
  readonly parameters: { readonly used: ReadonlySet<string>; readonly inert: ReadonlySet<string> };
  /** Parameters of a card, likewise. */
  readonly instanceParameters: {
    readonly used: ReadonlySet<string>;
    readonly inert: ReadonlySet<string>;
  };
  /** @throws {DeviceFault} for a level or a parameter that the equations do not have. */
  structure(data: DeviceData): Structure;
  /** @throws {DeviceFault} likewise. */
  law(data: DeviceData): Law;
}

/** A device that cannot be solved, with the reason in a sentence that quotes the parameter. */
export class DeviceFault extends Error {}
