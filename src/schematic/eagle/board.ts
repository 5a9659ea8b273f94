/** An Eagle schematic -> its parts and nets; modules are expanded, their parts named `M1:R1` as Eagle's board names them. */

import type { Diagnostics } from '../../../grammar/diagnostic.ts';
import type { DeviceSet, Part, Schematic, Section } from '../../../grammar/eagle/tree.ts';
import { shorten } from '../../../grammar/expression-faults.ts';
import type { Board, Component, Net, Pin, Program } from '../board/board.ts';
import { statedVoltage } from '../board/supplies.ts';

const PROGRAM: Program = {
  drawing: 'an Eagle schematic',
  toDrawSource: 'place a part of two pins, called V1, with the value 5V',
  toNamePins: 'Call its pins + and -, or 1 and 2.',
};

/** The types that KiCad has for Eagle's directions of pins. */
const TYPES: Readonly<Record<string, string>> = {
  in: 'input',
  out: 'output',
  pwr: 'power_in',
  pas: 'passive',
  io: 'bidirectional',
  nc: 'no_connect',
};

/** Instances in instances; Eagle allows ten. */
const DEEPEST = 10;
/** Parts of all instances together. */
const MOST_PARTS = 100_000;

/** Without a schematic, which diagnostics explain, without parts. */
export function boardOf(schematic: Schematic | undefined, diagnostics: Diagnostics): Board {
  if (schematic === undefined) return { program: PROGRAM, components: [], nets: [], texts: [] };
  const builder = new BoardBuilder(schematic, diagnostics);
  builder.add(schematic, { prefix: '', outer: new Map(), depth: 0 });
  const { components, nets, texts } = builder;
  return { program: PROGRAM, components, nets, texts };
}

/** A section where it is placed. */
interface Place {
  readonly prefix: string;
  /** The nets outside by the name of the port. */
  readonly outer: ReadonlyMap<string, Net>;
  readonly depth: number;
}

class BoardBuilder {
  readonly components: Component[] = [];
  readonly nets: Net[] = [];
  readonly texts: Section['texts'];
  readonly #schematic: Schematic;
  readonly #diagnostics: Diagnostics;

  constructor(schematic: Schematic, diagnostics: Diagnostics) {
    this.#schematic = schematic;
    this.#diagnostics = diagnostics;
    this.texts = schematic.texts;
  }

  add(section: Section, { prefix, outer, depth }: Place): void {
    const parts = new Map(section.parts.map((part) => [part.name.text, part]));
    const named = new Map<string, Net>();
    const netOf = new Map<string, Net>();
    for (const { name, pins } of section.nets) {
      const isPower = pins.some(
        ({ part, gate, pin }) => this.#direction(parts.get(part), gate, pin) === 'sup',
      );
      const net = named.get(name.text) ??
        outer.get(name.text) ?? {
          name: prefix + name.text,
          span: name.span,
          isPower: isPower || statedVoltage(name.text) !== undefined,
        };
      if (!named.has(name.text) && !outer.has(name.text)) this.nets.push(net);
      named.set(name.text, net);
      for (const { part, gate, pin } of pins) netOf.set(`${part} ${gate} ${pin}`, net);
    }
    for (const part of section.parts) this.#component(part, { section, prefix, netOf, named });
    for (const { name, module } of section.instances) {
      const inner = this.#schematic.modules.get(module);
      if (inner === undefined || depth >= DEEPEST || this.components.length > MOST_PARTS) {
        const message =
          inner === undefined
            ? `There is no module "${shorten(module)}".`
            : 'There are too many modules in modules.';
        this.#diagnostics.error('bad_module', name.span, message);
        continue;
      }
      const ports = new Map<string, Net>();
      for (const net of section.nets) {
        for (const { instance, port } of net.ports) {
          const found = named.get(net.name.text);
          if (instance === name.text && inner.ports.has(port) && found) ports.set(port, found);
        }
      }
      const place = { prefix: `${prefix}${name.text}:`, outer: ports, depth: depth + 1 };
      this.add(inner, place);
    }
  }

  #component(
    part: Part,
    {
      section,
      prefix,
      netOf,
      named,
    }: {
      section: Section;
      prefix: string;
      netOf: ReadonlyMap<string, Net>;
      named: ReadonlyMap<string, Net>;
    },
  ): void {
    const set = this.#deviceSet(part);
    if (set === undefined) {
      const message = `The file lacks "${shorten(part.deviceSet)}" of the library "${shorten(part.library)}", which ${part.name.text} is.`;
      this.#diagnostics.error('missing_symbol', part.span, message);
      return;
    }
    const pads = set.pads.get(part.device);
    const pins = set.gates.flatMap(({ name: gate, symbol }, index): Pin[] =>
      this.#pins(part, symbol).flatMap(({ name, direction }): Pin[] => {
        const isPlaced = section.placed.has(`${part.name.text} ${gate}`);
        if (!isPlaced && direction !== 'pwr') return [];
        // A supply pin that is not placed is connected by its name.
        const net =
          netOf.get(`${part.name.text} ${gate} ${name}`) ??
          (isPlaced ? undefined : named.get(plainName(name))) ??
          this.#loose(part, name, prefix);
        return [
          {
            number: pads?.get(`${gate} ${name}`) ?? name,
            name: plainName(name),
            type: TYPES[direction] ?? 'unspecified',
            unit: unitOf(gate, index),
            net,
          },
        ];
      }),
    );
    const directions = set.gates.flatMap(({ symbol }) => this.#pins(part, symbol));
    // A supply symbol names its net and is no part; a frame has no pins.
    if (directions.length === 0 || directions.every(({ direction }) => direction === 'sup')) return;
    this.components.push({
      reference: { ...part.name, text: prefix + part.name.text },
      value: drawnValue(part, set),
      symbol: `${part.library.replace(/ .*/, '')}:${part.deviceSet}`,
      fields: part.fields,
      pins,
      isLettered: set.gates.length > 1,
      isOnBoard: true,
      isPopulated: true,
      isSimulated: true,
      span: part.span,
    });
  }

  #loose(part: Part, pin: string, prefix: string): Net {
    const net = {
      name: `unconnected-(${prefix}${part.name.text}-${pin})`,
      span: part.span,
      isPower: false,
    };
    this.nets.push(net);
    return net;
  }

  #deviceSet({ library, deviceSet }: Part): DeviceSet | undefined {
    return this.#schematic.libraries.get(library)?.deviceSets.get(deviceSet);
  }

  #pins(part: Part, symbol: string) {
    return this.#schematic.libraries.get(part.library)?.symbols.get(symbol) ?? [];
  }

  #direction(part: Part | undefined, gate: string, pin: string): string | undefined {
    if (part === undefined) return undefined;
    const symbol = this.#deviceSet(part)?.gates.find(({ name }) => name === gate)?.symbol;
    return this.#pins(part, symbol ?? '').find(({ name }) => name === pin)?.direction;
  }
}

/** `VCC@1` is one of several pins called VCC. */
function plainName(name: string): string {
  return name.replace(/@\d+$/, '');
}

/** The gate B of a part is its second unit, as drawn: U1B. */
function unitOf(gate: string, index: number): number {
  return /^[A-Z]$/.test(gate) ? gate.charCodeAt(0) - 'A'.charCodeAt(0) + 1 : index + 1;
}

/** What is drawn as the value: of types that have none of their own the name of the type, as `LM358D`. */
function drawnValue({ value, deviceSet, device, technology }: Part, { hasOwnValue }: DeviceSet) {
  if (value.text.trim() !== '' || hasOwnValue) return value;
  const text = deviceSet.includes('*')
    ? deviceSet.replace('*', technology)
    : deviceSet + technology;
  return { ...value, text: text.includes('?') ? text.replace('?', device) : text };
}
