import { declare } from './declaration.ts';
import { backbone } from './backbone.ts';
import { regime } from './regime.ts';
import { toggle } from './setting.ts';

const pretrained = toggle('model.pretrained', {
  fresh: true,
  label: { en: 'Pretrained weights', ru: 'Готовые веса' },
  why: { en: 'off: start from random weights', ru: 'выключено: начать со случайных весов' },
  help: {
    en: 'Off only for pictures that look like nothing in a photo collection, such as spectrograms, with many thousands of them, or to see what the weights are worth.',
    ru: 'Выключать лишь для картинок, не похожих на фотографии (например, спектрограмм), когда их многие тысячи, или чтобы узнать, чего стоят готовые веса.',
  },
});

export const pretrainedWeights = declare({
  key: 'pretrained',
  place: 'backbone input',
  since: 1,
  settings: [pretrained],
  conflicts: [
    {
      name: 'nothingToCompare',
      between: [pretrained, backbone],
      holds: (read) => !read(pretrained) && read(backbone) === 'auto',
      why: { en: 'without pretrained weights there is nothing to compare', ru: 'без готовых весов сравнивать нечего' },
      givesWay: backbone,
      nearest: () => 'resnet20',
    },
    {
      name: 'frozenRandom',
      between: [pretrained, regime],
      holds: (read) => !read(pretrained) && read(regime) === 'head',
      why: { en: 'frozen random layers know nothing', ru: 'замороженные случайные слои ничего не знают' },
      givesWay: regime,
      nearest: () => 'scratch',
    },
  ],
});
