/** Which option belongs to which commands: one of another command says nothing to this one, and is refused. */

export const COMMAND_NAMES = [
  'analyze',
  'check',
  'convert',
  'draw',
  'formula',
  'op',
  'opamps',
  'parts',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

const WITH_REPORT = ['analyze', 'check', 'convert', 'formula', 'op', 'opamps', 'parts'] as const;

export const OWNERS = {
  output: ['analyze', 'check', 'convert', 'formula'],
  input: ['analyze', 'check', 'formula'],
  opamp: ['analyze', 'check', 'convert', 'formula'],
  compare: ['analyze'],
  against: ['op'],
  parts: ['analyze', 'check', 'convert', 'formula', 'parts'],
  sheet: ['check'],
  reporter: ['check'],
  thevenin: ['analyze'],
  dialect: ['analyze', 'check', 'convert', 'formula', 'op', 'opamps'],
  to: ['convert'],
  let: ['check', 'formula'],
  approximate: ['formula'],
  corner: ['convert'],
  annotate: ['convert'],
  flat: ['convert'],
  out: ['draw'],
  'allow-include': ['analyze', 'check', 'convert', 'draw', 'formula', 'op', 'opamps'],
  format: WITH_REPORT,
  json: WITH_REPORT,
  'no-check': ['analyze', 'check'],
} as const satisfies Readonly<Record<string, readonly CommandName[]>>;
export type OptionName = keyof typeof OWNERS;

/** Why `command` cannot take `option`; undefined when it can. */
export function strangerFault(option: OptionName, command: CommandName): string | undefined {
  const owners: readonly CommandName[] = OWNERS[option];
  if (owners.includes(command)) return undefined;
  const written = option === 'out' ? '-o' : `--${option}`;
  const belongs = `${command} has no option ${written}; it belongs to ${listed(owners)}.`;
  return option === 'out'
    ? `${belongs} ${command} writes to standard output: redirect it with > FILE.`
    : belongs;
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
