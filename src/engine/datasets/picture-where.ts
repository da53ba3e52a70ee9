import type { Picture } from '../../protocol/dataset.ts';
import type { ParsedInput } from '../../protocol/engine-api.ts';
import { copyTest } from './statistics-view.ts';

type Where = NonNullable<ParsedInput<'listPictures'>['where']>;
type Measure = Extract<Where, { kind: 'range' }>['of'];

const measures: Readonly<Record<Measure, (picture: Picture) => number>> = {
  shorterSide: ({ width, height }) => Math.min(width, height),
  aspect: ({ width, height }) => width / height,
  bytes: ({ bytes }) => bytes,
};
/** Edges of a logarithmic histogram went through logarithms and back: a value on an edge belongs to the bar above it. */
const rounding = 1e-9;

/** Whether a picture is one of those that a figure of the statistics counts. `counted`: all that the statistics are made of. */
export function whereTest(where: Where, counted: readonly Picture[]): (picture: Picture) => boolean {
  switch (where.kind) {
    case 'range': {
      const measure = measures[where.of];
      const from = where.from * (1 - rounding);
      const to = where.to * (1 - rounding);
      // The last bar holds the largest value too.
      const largest = counted.reduce((most, picture) => Math.max(most, measure(picture)), -Infinity);
      const closed = to >= largest * (1 - 2 * rounding);
      return (picture) => measure(picture) >= from && (closed || measure(picture) < to);
    }
    case 'format':
      return ({ format }) => format === where.format;
    case 'turned':
      return ({ turned }) => turned === true;
    case 'copies':
      return copyTest(counted);
  }
}
