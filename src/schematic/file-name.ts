/** The name of a file without its folders, on one line. */
export function fileName(path: string): string {
  const folder = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return path.slice(folder + 1).replace(/[\r\n]/g, ' ');
}
