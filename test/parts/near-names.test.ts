import { describe, expect, it } from 'vitest';
import { nearNames } from '../../src/parts/near-names.ts';

const NAMES = ['LT1006', 'LTC2050', 'LTC2057', 'MCP601', 'OPA2188'];

describe('a name that no part has', () => {
  it.each([
    ['OPA2189', ' (did you mean "OPA2188"?)'],
    ['LTC6240', ' (with the same beginning it has LTC2050, LTC2057)'],
    ['ltc-6240', ' (with the same beginning it has LTC2050, LTC2057)'],
    ['MC33078D', ' (with the same beginning it has MCP601)'],
    ['NCS333', ''],
    ['M', ''],
    ['', ''],
  ])('%j%s', (query, said) => {
    expect(nearNames(query, NAMES)).toBe(said);
  });

  it('shows five of many', () => {
    const many = ['AB11', 'AB12', 'AB13', 'AB14', 'AB15', 'AB16'];
    expect(nearNames('AB9999', many)).toBe(
      ' (with the same beginning it has AB11, AB12, AB13, AB14, AB15, ...)',
    );
  });
});
