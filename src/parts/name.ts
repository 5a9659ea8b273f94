/** What vendors put around the name of a part: `x_TL072`, `LM358/NS`, `MCP601-E_SN`, `OPA333AIDBV`. */

/** The name without the `x_` that libraries put before it. */
export function plainName(name: string): string {
  return name.replace(/^x_?(?=[a-z]+\d)/i, '');
}

/** One spelling for all: upper case, without what follows a slash and without `-`, `_`, `.` and blanks. */
export function partKey(name: string): string {
  const [part = ''] = plainName(name).split('/');
  return part.toUpperCase().replace(/[-_.\s]/g, '');
}
