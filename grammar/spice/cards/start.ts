/** `.nodeset V(a)=1 V(b)=2` and `.ic`: where the search for the operating point starts. */

import type { Word } from '../../expression.ts';
import type { CardReader } from '../card-reader.ts';
import { CloseToken, Equals, OpenToken, WordToken } from '../tokens.ts';
import type { DotCard, StartValue } from '../tree.ts';

/** With the reader behind the keyword; what is no node voltage (`I(L1)=1`) is passed over. */
export function buildStart(reader: CardReader, keyword: Word): DotCard {
  const values: StartValue[] = [];
  for (reader.skipCommas(); !reader.atEnd; reader.skipCommas()) {
    const value = startValue(reader);
    if (value !== undefined) values.push(value);
  }
  return { kind: 'start', keyword, values, span: reader.span };
}

/** `V(node)=value`; the words before the next `=` otherwise. */
function startValue(reader: CardReader): StartValue | undefined {
  const quantity = reader.take();
  const isVoltage = quantity?.tokenType === WordToken && /^v$/i.test(quantity.image);
  if (!isVoltage || reader.peek()?.tokenType !== OpenToken) return undefined;
  reader.take();
  const node = reader.take();
  if (node?.tokenType !== WordToken || reader.peek()?.tokenType !== CloseToken) return undefined;
  reader.take();
  if (reader.peek()?.tokenType === Equals) reader.take();
  return { node: reader.wordOf(node), value: reader.value(reader.take()) };
}
