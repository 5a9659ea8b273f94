/** What this process has used of the processors so far [ms]: a bound on it holds on a busy machine, too. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
