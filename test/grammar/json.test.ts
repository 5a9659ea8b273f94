// JSON with places: the same values as JSON.parse, spans of every part, faults that point at the character.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../grammar/diagnostic.ts';
import { jsonPath, parseJson } from '../../grammar/json.ts';
import { position } from '../../grammar/source.ts';

const read = (text: string) => {
  const diagnostics = new Diagnostics();
  const json = parseJson({ name: 'parts.json', text }, diagnostics);
  const faults = diagnostics.all.map(({ message, span }) => {
    const { line, column } = position(span.source, span.start);
    return `${line}:${column} ${message}`;
  });
  return { json, faults };
};

describe('values', () => {
  it('are those of JSON.parse', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { json, faults } = read(text);
        expect(faults).toEqual([]);
        expect(JSON.stringify(json?.value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('may have keys of any name', () => {
    const { json } = read('{"__proto__": 1, "constructor": {"x": 2}}');
    expect(Object.keys(json?.value as object)).toEqual(['__proto__', 'constructor']);
  });

  it('may stand behind a byte order mark', () => {
    expect(read('\ufeff[1]').json?.value).toEqual([1]);
  });
});

describe('places', () => {
  const text = '{\n  "a": [10, {"b c": "x"}]\n}';
  const { json } = read(text);

  it.each([
    ['', text],
    ['a', '[10, {"b c": "x"}]'],
    ['a[0]', '10'],
    ['a[1]["b c"]', '"x"'],
  ])('%j is at %j', (path, expected) => {
    const span = json?.spanOf(path);
    expect(text.slice(span?.start, span?.end)).toBe(expected);
  });

  it('have paths that JavaScript could read', () => {
    expect(jsonPath(jsonPath(jsonPath('', 'a'), 1), 'b c')).toBe('a[1]["b c"]');
  });
});

describe('faults', () => {
  it.each([
    ['', '1:1 Here JSON needs a value, and there is the end of the text.'],
    ['{"a": 1,}', '1:9 Here JSON needs a key in double quotes, and there is "}".'],
    ['[1 2]', '1:4 Here JSON needs "," or "]", and there is "2".'],
    ['{"a" 1}', '1:6 Here JSON needs ":", and there is "1".'],
    ["{'a': 1}", '1:2 Here JSON needs a key in double quotes, and there is "\'".'],
    ['[1]\n]', '2:1 Something stands behind the end of the JSON value.'],
    ['["a\nb"]', '1:2 This string does not end, or holds an escape that JSON does not have.'],
    ['["a', '1:2 This string does not end, or holds an escape that JSON does not have.'],
    ['["\\x"]', '1:2 This string does not end, or holds an escape that JSON does not have.'],
    ['{"a": 1,\n"a": 2}', '2:1 The key "a" stands twice in one object.'],
    ['[01]', '1:3 Here JSON needs "," or "]", and there is "1".'],
    ['[nul]', '1:2 Here JSON needs a value, and there is "n".'],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual({ json: undefined, faults: [expected] });
  });

  it('is too deep a nesting', () => {
    const { faults } = read('['.repeat(100_000));
    expect(faults).toEqual(['1:66 The JSON is nested deeper than 64 levels.']);
  });

  it('agree with JSON.parse about what is JSON', () => {
    const almost = fc
      .tuple(fc.json({ maxDepth: 2 }), fc.nat(), fc.constantFrom(...'{}[],:"\\ x1-.e\n'))
      .map(([text, at, sign]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + sign + text.slice(place);
      });
    fc.assert(
      fc.property(almost, (text) => {
        const { json, faults } = read(text);
        expect(json === undefined).toBe(faults.length > 0);
        if (faults[0]?.includes('twice')) return; // which JSON.parse lets pass
        const isJson = () => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        };
        expect(json !== undefined).toBe(isJson());
      }),
      { numRuns: 2000 },
    );
  });
});
