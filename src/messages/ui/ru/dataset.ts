import type { dataset as english } from '../en/dataset.ts';
import { plural } from '../format.ts';
import type { TextShape } from '../shape.ts';

const pictures = (count: number): string =>
  `${count.toLocaleString('ru')} ${plural('ru', count, { one: 'картинка', few: 'картинки', other: 'картинок' })}`;

export const dataset: TextShape<typeof english> = {
  classList: {
    said: (name, count, parts) =>
      `${name}, ${pictures(count)}: обучение ${parts.train}, отложено ${parts.validation}, контроль ${parts.test}` +
      (parts.leftOut > 0 ? `; исключено ${parts.leftOut}` : ''),
  },
};
