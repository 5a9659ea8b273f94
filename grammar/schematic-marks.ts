// By what the files of schematic editors are told from netlists: the beginning of their text.

/** True if a text begins as LTspice's schematics do; those of old programs lack the sheet. */
export function isLtspiceSchematic(text: string): boolean {
  return /^\uFEFF?\s{0,20}Version[ \t]+[34](?:\.\d+)?[ \t]*(?:\r\n?|\n)(?:SHEET|WIRE|FLAG|SYMBOL)\b/.test(
    text.slice(0, 200),
  );
}

export function isKicadSchematic(text: string): boolean {
  return /^\uFEFF?\s{0,20}\(kicad_sch\b/.test(text.slice(0, 100));
}

export function isKicadNetlist(text: string): boolean {
  return /^\uFEFF?\s{0,20}\(export\s{1,20}\(version\b/.test(text.slice(0, 200));
}

export function isEagleSchematic(text: string): boolean {
  return /<eagle\s[^>]*version=/.test(text.slice(0, 2000));
}

export function isQspiceSchematic(text: string): boolean {
  return /^(?:\u00ff\u00d8\u00ff\u00db)?\u00abschematic\b/.test(text);
}
