import type { Dataset, Picture } from '../../src/protocol/dataset.ts';

/** A scanned folder of `perClass` pictures a class, without the files: for what follows from counts and sizes alone. */
export function countedDataset(perClass: number, classes: readonly string[], side = 500): Dataset {
  const pictures = classes.flatMap((name, label) =>
    Array.from({ length: perClass }, (_, i): Picture => {
      const number = label * perClass + i;
      return {
        path: `${name}/${i}.jpg`,
        label,
        sha256: number.toString(16).padStart(64, '0'),
        width: side + 100,
        height: side,
        format: 'jpeg',
        group: number,
        given: null,
        bytes: 60_000,
        modifiedMs: 1,
      };
    }),
  );
  const contentHash = `${perClass}-${classes.join()}-${side}`.padEnd(64, '0');
  return { formatVersion: 2, root: '/pictures', classes, pictures, problems: [], pairs: [], contentHash };
}
