/**
 * Bytes of a netlist -> text, whatever wrote them: UTF-8 and UTF-16 with or without a byte order mark,
 * else the Windows code page that older tools use (it holds µ as B5).
 */

/** How much of a file tells its encoding. */
const SAMPLE = 4096;

export function decode(bytes: Uint8Array): string {
  const utf16 = utf16Encoding(bytes);
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** By byte order mark, else by zero bytes that fill either the odd or the even places. */
function utf16Encoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE);
  const zeros = [0, 0];
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const most = sample.length / 2;
  if (odd > 0.7 * most && even < 0.1 * most) return 'utf-16le';
  if (even > 0.7 * most && odd < 0.1 * most) return 'utf-16be';
  return undefined;
}
