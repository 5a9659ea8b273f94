/** Eagle XML -> syntax tree. Names and values keep their places in the file. */

import { parseXml, XmlElement, XmlError, type XmlNode } from '@rgrove/parse-xml';
import type { Diagnostics } from '../diagnostic.ts';
import type { Word } from '../expression.ts';
import type { Source, Span } from '../source.ts';
import type {
  DeviceSet,
  Library,
  Module,
  ModuleInstance,
  NetList,
  Part,
  Schematic,
  Section,
} from './tree.ts';

/** Undefined, with an error, for a text that is no XML or no schematic. */
export function parseEagleSchematic(
  source: Source,
  diagnostics: Diagnostics,
): Schematic | undefined {
  const root = documentOf(source, diagnostics);
  if (root === undefined) return undefined;
  const schematic = path(root, ['eagle', 'drawing', 'schematic']);
  if (schematic === undefined) {
    const message = `"${source.name}" is a file of Eagle, but holds no schematic.`;
    const hint = 'Give the .sch file of the project, not its board or a library.';
    diagnostics.error('no_schematic', { source, start: 0, end: 1 }, message, hint);
    return undefined;
  }
  return {
    source,
    libraries: new Map(
      all(schematic, 'libraries', 'library').map((library) => [
        libraryKey(textOf(library, 'name'), textOf(library, 'urn')),
        libraryOf(library),
      ]),
    ),
    modules: new Map(
      all(schematic, 'modules', 'module').map((module): [string, Module] => [
        textOf(module, 'name'),
        {
          ...sectionOf(module, source),
          ports: new Set(all(module, 'ports', 'port').map((port) => textOf(port, 'name'))),
        },
      ]),
    ),
    ...sectionOf(schematic, source),
  };
}

function documentOf(source: Source, diagnostics: Diagnostics): XmlElement | undefined {
  const fault = (start: number, message: string, hint?: string) => {
    diagnostics.error('bad_xml', { source, start, end: start + 1 }, message, hint);
    return undefined;
  };
  try {
    return parseXml(source.text, { includeOffsets: true }).root ?? fault(0, 'The file is empty.');
  } catch (error) {
    if (error instanceof XmlError) {
      const [reason = ''] = error.message.split(' (line ');
      const hint = 'Is the file complete? Open it in Eagle or Fusion and save it again.';
      return fault(error.pos, `The file is no XML that can be read: ${reason}.`, hint);
    }
    // The reader calls itself for every level.
    if (error instanceof RangeError) return fault(0, 'The file is nested too deeply.');
    throw error;
  }
}

function sectionOf(section: XmlElement, source: Source): Section {
  const sheets = all(section, 'sheets', 'sheet');
  const instances = sheets.flatMap((sheet) => all(sheet, 'instances', 'instance'));
  return {
    parts: all(section, 'parts', 'part').map((part) => partOf(part, source)),
    nets: sheets.flatMap((sheet) => all(sheet, 'nets', 'net').map((net) => netOf(net, source))),
    placed: new Set(instances.map((at) => `${textOf(at, 'part')} ${textOf(at, 'gate')}`)),
    texts: sheets.flatMap((sheet) =>
      all(sheet, 'plain', 'text').map((text) => ({ text: text.text, span: spanOf(text, source) })),
    ),
    instances: sheets.flatMap((sheet) =>
      all(sheet, 'moduleinsts', 'moduleinst').map(
        (instance): ModuleInstance => ({
          name: attribute(instance, 'name', source),
          module: textOf(instance, 'module'),
        }),
      ),
    ),
  };
}

function partOf(part: XmlElement, source: Source): Part {
  return {
    name: attribute(part, 'name', source),
    value: attribute(part, 'value', source),
    library: libraryKey(textOf(part, 'library'), textOf(part, 'library_urn')),
    deviceSet: textOf(part, 'deviceset'),
    device: textOf(part, 'device'),
    technology: textOf(part, 'technology'),
    fields: new Map(
      elements(part, 'attribute').map((field) => [
        textOf(field, 'name'),
        attribute(field, 'value', source),
      ]),
    ),
    span: spanOf(part, source),
  };
}

function netOf(net: XmlElement, source: Source): NetList {
  const segments = elements(net, 'segment');
  return {
    name: attribute(net, 'name', source),
    pins: segments.flatMap((segment) =>
      elements(segment, 'pinref').map((pin) => ({
        part: textOf(pin, 'part'),
        gate: textOf(pin, 'gate'),
        pin: textOf(pin, 'pin'),
        span: spanOf(pin, source),
      })),
    ),
    ports: segments.flatMap((segment) =>
      elements(segment, 'portref').map((port) => ({
        instance: textOf(port, 'moduleinst'),
        port: textOf(port, 'port'),
      })),
    ),
  };
}

function libraryOf(library: XmlElement): Library {
  return {
    deviceSets: new Map(
      all(library, 'devicesets', 'deviceset').map((set) => [textOf(set, 'name'), deviceSetOf(set)]),
    ),
    symbols: new Map(
      all(library, 'symbols', 'symbol').map((symbol) => [
        textOf(symbol, 'name'),
        elements(symbol, 'pin').map((pin) => ({
          name: textOf(pin, 'name'),
          direction: textOf(pin, 'direction') || 'io',
        })),
      ]),
    ),
  };
}

function deviceSetOf(set: XmlElement): DeviceSet {
  return {
    prefix: textOf(set, 'prefix'),
    hasOwnValue: textOf(set, 'uservalue') === 'yes',
    gates: all(set, 'gates', 'gate').map((gate) => ({
      name: textOf(gate, 'name'),
      symbol: textOf(gate, 'symbol'),
    })),
    pads: new Map(
      all(set, 'devices', 'device').map((device) => [
        textOf(device, 'name'),
        new Map(
          all(device, 'connects', 'connect').map((connect) => [
            `${textOf(connect, 'gate')} ${textOf(connect, 'pin')}`,
            textOf(connect, 'pad').split(/\s/)[0] ?? '',
          ]),
        ),
      ]),
    ),
  };
}

function libraryKey(name: string, urn: string): string {
  return urn === '' ? name : `${name} ${urn}`;
}

/** Empty where it is absent. */
function textOf({ attributes }: XmlElement, name: string): string {
  return attributes[name] ?? '';
}

function isElement(node: XmlNode): node is XmlElement {
  return node instanceof XmlElement;
}

function elements(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter(isElement).filter((child) => child.name === name);
}

/** The elements `name` of the lists `list` in an element. */
function all(parent: XmlElement, list: string, name: string): XmlElement[] {
  return elements(parent, list).flatMap((each) => elements(each, name));
}

function path(root: XmlElement, names: readonly string[]): XmlElement | undefined {
  const [first, ...rest] = names;
  let at = root.name === first ? root : undefined;
  for (const name of rest) at = at && elements(at, name)[0];
  return at;
}

function spanOf({ start, end }: XmlElement, source: Source): Span {
  return { source, start, end };
}

/** The value of an attribute where it is written; of one that is absent the place of its element. */
function attribute(element: XmlElement, name: string, source: Source): Word {
  const { start, end } = element;
  const text = textOf(element, name);
  const tag = source.text.slice(start, Math.min(end, start + LONGEST_TAG));
  const found = new RegExp(`\\s${name}\\s*=\\s*["']`).exec(tag);
  const from = start + (found === null ? 0 : found.index + found[0].length);
  const length = found === null ? end - start : text.length;
  return { text, span: { source, start: from, end: from + length } };
}

/** Where attributes are looked for [characters]. */
const LONGEST_TAG = 2000;
