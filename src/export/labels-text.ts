/** One label a line in the order of the outputs. A line break inside a folder's name becomes a space: lines must count. */
export function labelsText(labels: readonly string[]): string {
  return labels.map((label) => `${label.replace(/[\r\n]+/g, ' ')}\n`).join('');
}
