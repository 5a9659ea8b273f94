/** An object without a prototype, so that a node called `__proto__` is a key like any other. */
export function record<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  const object: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) object[key] = value;
  return object;
}
