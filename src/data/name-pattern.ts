/** A name with its numbers taken out, so that names that count are equal but for the numbers. */
export interface NamePattern {
  readonly text: string;
  readonly numbers: readonly number[];
}

/** Later digits say nothing of an order that a double could keep. */
const mostDigits = 15;

/** Of a path without its extension: 'clip7/frame_00031.jpg' is 'clip#/frame_#' with 7 and 31. */
export function namePattern(path: string): NamePattern {
  const numbers: number[] = [];
  const text = path
    .replace(/\.[^./]*$/, '')
    .toLowerCase()
    .replace(/\d+/g, (digits) => {
      numbers.push(Number(digits.slice(0, mostDigits)));
      return '#';
    });
  return { text, numbers };
}
