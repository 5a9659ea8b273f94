// WebAssembly as far as the kernels need it; the types of the language know it only together with those of a browser.

interface Host {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, (pointer: number) => void>>>>,
  ) => { readonly exports: unknown };
}

const host = (): Host | undefined => (globalThis as { readonly WebAssembly?: Host }).WebAssembly;

/** Undefined where there is no WebAssembly with vectors, or none may be made. */
export function compiledWasm(bytes: () => Uint8Array): object | undefined {
  const assembly = host();
  if (assembly === undefined) return undefined;
  try {
    return new assembly.Module(bytes());
  } catch {
    return undefined;
  }
}

/** What a module exports, its functions of the host being `imports`; undefined where its memory is not to be had. */
export function instantiated<Exports>(
  module: object,
  imports: Readonly<Record<string, (pointer: number) => void>>,
): Exports | undefined {
  const assembly = host();
  if (assembly === undefined) return undefined;
  try {
    return new assembly.Instance(module, { host: imports }).exports as Exports;
  } catch {
    return undefined;
  }
}
