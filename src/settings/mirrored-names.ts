const sides = ['left', 'right', 'links', 'rechts', 'лево', 'право', 'левый', 'правый', 'левая', 'правая'];

/** Class names that a mirror would turn into others: single letters and digits, sides. A few of them, to be named. */
export function mirroredNames(classes: readonly string[]): string[] {
  const signs = classes.filter((name) => /^[\p{L}\p{N}]$/u.test(name) || /^\d+$/.test(name));
  const sided = classes.filter((name) =>
    name
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .some((word) => sides.includes(word)),
  );
  // One class called "a" among a hundred words says nothing.
  return (signs.length * 2 >= classes.length ? [...new Set([...signs, ...sided])] : sided).slice(0, 4);
}
