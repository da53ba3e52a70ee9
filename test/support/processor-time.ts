/** Milliseconds of the processor that some work takes: on a busy machine the clock also counts what others compute. */
export function processorMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
