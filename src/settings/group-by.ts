import * as v from 'valibot';
import { isGroupPattern } from '../base/group-pattern.ts';
import { declare } from './declaration.ts';
import { text } from './setting.ts';

const groupBy = {
  ...text('data.groupBy', {
    fresh: '',
    off: '',
    label: { en: 'Group by', ru: 'Группы по имени' },
    why: {
      en: 'a pattern of the path: pictures for which it finds the same text stay together in folds and parts',
      ru: 'шаблон пути: картинки, для которых он находит один и тот же текст, в блоках и частях остаются вместе',
    },
    help: {
      en: 'For pictures of one patient, one thing or one place, which must not be learned and judged at once. "patient_(\\d+)" keeps together what has the same number after patient_; the first part in brackets counts, without brackets all that matches. Pictures that do not match stand alone.',
      ru: 'Для картинок одного пациента, предмета или места: по ним нельзя сразу и учиться, и проверять. «patient_(\\d+)» держит вместе всё с одним номером после patient_; считается первая часть в скобках, без скобок — всё найденное. Остальные картинки стоят по одной.',
    },
  }),
  schema: v.pipe(v.string(), v.check(isGroupPattern)),
  expected: "a regular expression in RE2's syntax of at most 500 characters, for example 'patient_(\\d+)'",
};

export const grouping = declare({
  key: 'grouping',
  place: 'pictures parts',
  since: 3,
  settings: [groupBy],
});
