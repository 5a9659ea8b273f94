/** How a name is set in type: `R3A` as R with the subscript 3A, `VOS_XU1` as V with OS,XU1, `XA.RF` as R with F,XA. */

export interface WrittenSymbol {
  readonly letter: string;
  /** Empty for a name of one letter. */
  readonly subscript: string;
}

export function writtenSymbol(name: string): WrittenSymbol {
  const [own = name, ...owner] = /^(?:VOS|IBN|IBI)_/.test(name)
    ? [name.slice(0, 3), name.slice(4)]
    : [name];
  const path = own.split('.');
  const last = path.pop() ?? own;
  const rest = last.slice(1).replace(/^_/, '');
  const subscript = [rest, ...owner, path.join('.')].filter((part) => part !== '').join(',');
  return { letter: last.slice(0, 1), subscript };
}
