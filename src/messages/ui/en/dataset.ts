import { plural } from '../format.ts';

const pictures = (count: number): string =>
  `${count.toLocaleString('en')} ${plural('en', count, { one: 'picture', other: 'pictures' })}`;

export const dataset = {
  classList: {
    said: (
      name: string,
      count: number,
      parts: { readonly train: number; readonly validation: number; readonly test: number; readonly leftOut: number },
    ) =>
      `${name}, ${pictures(count)}: ${parts.train} training, ${parts.validation} validation, ${parts.test} test` +
      (parts.leftOut > 0 ? `; ${parts.leftOut} left out` : ''),
  },
};
