/** Parts of the library -> a file of parts, as `--parts` reads it. */

import type { Part } from '../parts/part.ts';
import { PARTS_SCHEMA } from '../parts/read-parts.ts';

export function partsJson(parts: readonly Part[]): Record<string, unknown> {
  return { schema: PARTS_SCHEMA, parts: parts.map(({ json }) => json) };
}
