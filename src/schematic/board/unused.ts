/** Names that are given once. */

/** `name`, or with `_2`, `_3` ... behind it; `used` counts by names in lower case, as SPICE compares them. */
export function unused(name: string, used: Map<string, number>): string {
  const key = name.toLowerCase();
  let count = used.get(key) ?? 0;
  used.set(key, ++count);
  if (count === 1) return name;
  while (used.has(`${key}_${count}`)) count++;
  used.set(key, count);
  used.set(`${key}_${count}`, 1);
  return `${name}_${count}`;
}
