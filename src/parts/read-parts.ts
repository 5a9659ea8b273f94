/** A file of parts (docs/parts.md) -> Part[], or what is wrong with it and where. */

import {
  type Document,
  INPUTS,
  type Interval,
  type Part,
  QUANTITIES,
  type QuantityName,
  type Row,
} from './part.ts';
import { interval, readConditions } from './read-conditions.ts';
import { readRow } from './read-row.ts';
import { type At, type Fault, field, Shape } from './shape.ts';

export const PARTS_SCHEMA = 'nullor/parts/1';

const FILE_KEYS = new Set(['schema', 'parts']);
const PART_KEYS = new Set([
  'name',
  'alsoFor',
  'grades',
  'otherGrades',
  'manufacturer',
  'document',
  'class',
  'input',
  'channels',
  'supply',
  'temperature',
  'notes',
  'tables',
]);
const TABLE_KEYS: ReadonlySet<string> = new Set(['at', ...QUANTITIES]);
const DOCUMENT_KEYS = ['number', 'title', 'revision', 'date'] as const;
const NAME = /^[A-Za-z][\w.+-]*\d[\w.+-]*$/;
const MOST_CHANNELS = 8;
const ABSOLUTE_ZERO = -273.15;

const UNLIMITED: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** The parts of a JSON document; with a fault among `faults` none of them may be used. */
export function readParts(document: unknown): { parts: Part[]; faults: readonly Fault[] } {
  const shape = new Shape();
  const at: At = { value: document, path: '' };
  const fields = shape.object(at, FILE_KEYS);
  if (fields === undefined) return { parts: [], faults: shape.faults };
  const schema = field(fields, 'schema', at);
  if (schema.value !== PARTS_SCHEMA) {
    shape.fault(
      schema.value === undefined ? at : schema,
      'this is no file of parts that can be read',
      `It begins with "schema": "${PARTS_SCHEMA}".`,
    );
  }
  const list = shape.list(field(fields, 'parts', at)) ?? [];
  return { parts: list.flatMap((item) => readPart(item, shape) ?? []), faults: shape.faults };
}

function readPart(at: At, shape: Shape): Part | undefined {
  const fields = shape.object(at, PART_KEYS);
  if (fields === undefined) return undefined;
  const here = (key: string) => field(fields, key, at);
  const optional = <T>(key: string, read: (place: At) => T | undefined, otherwise: T): T =>
    Object.hasOwn(fields, key) ? (read(here(key)) ?? otherwise) : otherwise;
  const name = readName(here('name'), shape);
  const document = readDocument(here('document'), shape);
  const tables = shape.list(here('tables'));
  const rows = (tables ?? []).flatMap((table) => readTable(table, shape));
  const part = {
    alsoFor: (optional('alsoFor', (place) => shape.list(place), []) ?? []).flatMap(
      (place) => readName(place, shape) ?? [],
    ),
    grades: shape.texts(here('grades')),
    otherGrades: shape.texts(here('otherGrades')),
    manufacturer: optional('manufacturer', (place) => shape.text(place), ''),
    class: optional('class', (place) => shape.text(place), ''),
    input: optional('input', (place) => shape.choice(place, INPUTS), null),
    channels: optional('channels', (place) => readChannels(place, shape), 1),
    supply: optional(
      'supply',
      (place) => interval(place, { shape, least: 0, open: true }),
      UNLIMITED,
    ),
    temperature: optional(
      'temperature',
      (place) => interval(place, { shape, least: ABSOLUTE_ZERO, open: true }),
      UNLIMITED,
    ),
    notes: shape.texts(here('notes')),
    rows,
    json: at.value,
  };
  return name === undefined || document === undefined ? undefined : { name, document, ...part };
}

function readTable(at: At, shape: Shape): Row[] {
  const fields = shape.object(at, TABLE_KEYS);
  if (fields === undefined) return [];
  const inherited = readConditions(field(fields, 'at', at), { shape });
  const stated = QUANTITIES.filter((quantity: QuantityName) => Object.hasOwn(fields, quantity));
  return stated.flatMap(
    (quantity) => readRow(field(fields, quantity, at), { quantity, shape, inherited }) ?? [],
  );
}

/** A name by which a part can be told in a netlist: letters, then a digit somewhere. */
function readName(at: At, shape: Shape): string | undefined {
  const name = shape.text(at);
  if (name === undefined || NAME.test(name)) return name;
  return shape.fault(
    at,
    `"${name}" is no name of a part`,
    'A name is of letters, digits, "-", "." and "_", begins with a letter and has a digit.',
  );
}

function readDocument(at: At, shape: Shape): Document | undefined {
  const fields = shape.object(at, new Set(DOCUMENT_KEYS));
  if (fields === undefined) return undefined;
  const document: Document = Object.fromEntries(
    DOCUMENT_KEYS.flatMap((key) => {
      const place = field(fields, key, at);
      const text = place.value === undefined ? undefined : shape.text(place);
      return text === undefined ? [] : [[key, text]];
    }),
  );
  if (fields['number'] !== undefined || fields['title'] !== undefined) return document;
  return shape.fault(at, 'where the figures come from is not stated', 'Give a number or a title.');
}

function readChannels(at: At, shape: Shape): number | undefined {
  const channels = shape.number(at);
  if (channels === undefined) return undefined;
  if (Number.isInteger(channels) && channels >= 1 && channels <= MOST_CHANNELS) return channels;
  return shape.fault(at, `a package has 1 to ${MOST_CHANNELS} op amps, not ${channels}`);
}
