import type { ByLanguage, Language } from '../../base/language.ts';
import type { Accuracy } from '../../protocol/accuracy.ts';
import { bundle } from '../../protocol/formats/bundle.ts';
import type { ModelCard } from '../../protocol/model-card.ts';
import { english } from './en.ts';
import { russian } from './ru.ts';
import type { CardWords } from './words.ts';

const allWords: ByLanguage<CardWords> = { en: english, ru: russian };

/**
 * One page of Markdown: what the model knows, how good it is, its limits, what it was made of, how to use it.
 * `fileName`: the bundle's, for the programs.
 */
export function modelCardText(card: ModelCard, language: Language, fileName: string): string {
  const words = allWords[language];
  const { titles } = words;
  const { run, preprocessing } = card;
  const madeAt = run?.madeAt ?? null;
  const sections = [
    [
      '---',
      'tags: [image-classification, snapshot-ensemble, anneal]',
      `base_model: ${JSON.stringify(card.backbone)}`,
      '---',
    ].join('\n'),
    `# ${oneLine(card.name)}`,
    words.summary({
      classes: card.labels.length,
      networks: card.members.length,
      architecture: card.network.architecture,
      backbone: card.backbone,
      preset: card.preset,
      pictures: card.dataset.trainingPictures,
      folder: oneLine(card.dataset.name),
      day: madeAt === null ? null : new Date(madeAt).toISOString().slice(0, 10),
    }),
    section(titles.classes, words.classOrder, card.labels.map((label, i) => `${i} ${oneLine(label)}`).join(' · ')),
    section(titles.accuracy, accuracyTable(card, words), ...honesty(card, words)),
    section(titles.limits, list(words.limits(preprocessing.inputSize))),
    section(titles.pictures, list(picturesOf(card, words))),
    section(titles.network, list(networkOf(card, words))),
    ...(run ? [section(titles.training, list(trainingOf(run, words)))] : []),
    section(
      titles.input,
      words.resize(card.side, preprocessing.inputSize, preprocessing.interpolation === 'bicubic'),
      words.normalise(numbers(preprocessing.mean), numbers(preprocessing.std)),
    ),
    ...programs(card, words, fileName),
    ...(run ? [section(titles.configuration, fence('json', JSON.stringify(run.config, null, 2)))] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

function accuracyTable({ accuracy, test, members }: ModelCard, words: CardWords): string {
  const row = (name: string, measured: Accuracy | null): string[] => {
    if (!measured) return [];
    const { n, low, high, split } = measured;
    const interval = words.interval(percent(low), percent(high));
    return [`| ${name} | ${percent(measured.accuracy)} | ${interval} | ${words.measuredOn(n, split)} |`];
  };
  const rows = [
    ...row(words.test, test),
    ...row(words.ensemble, accuracy),
    ...members.flatMap(({ name, share, accuracy: alone }) => row(words.member(name, percent(share)), alone)),
  ];
  if (rows.length === 0) return words.notMeasured;
  return [`| | ${words.accuracyColumns.join(' | ')} |`, '|---|---|---|---|', ...rows].join('\n');
}

/** What keeps the figures from saying more than they do. */
function honesty({ test, run }: ModelCard, words: CardWords): string[] {
  if (test) return [];
  const seal = run?.seal;
  const names = seal?.members.map(({ name }) => name).join(', ');
  return [words.noTest, ...(seal ? [words.testOfOthers(names!, percent(seal.accuracy.accuracy))] : [])];
}

function picturesOf({ dataset, run }: ModelCard, words: CardWords): string[] {
  if (!run) return [words.trainingPictures(dataset.trainingPictures, dataset.contentHash)];
  return [
    words.dataset(run.pictures, run.datasetVersion, dataset.contentHash),
    ...(run.split ? [words.split(run.split.train, run.split.validation, run.split.test)] : []),
  ];
}

function networkOf({ backbone, network, members, temperature, run }: ModelCard, words: CardWords): string[] {
  return [
    words.backbone(backbone, network.architecture),
    ...(run?.licence ? [words.weights(run.licence.name, run.licence.source)] : []),
    words.membersAveraged(members.map(({ name, share }) => `${name} ${percent(share)}`).join(', ')),
    ...(temperature === 1 ? [] : [words.calibrated(temperature.toFixed(2))]),
  ];
}

function trainingOf({ config, seconds }: NonNullable<ModelCard['run']>, words: CardWords): string[] {
  const { schedule, tune, optimizer, data } = config;
  return [
    words.recipe(config.preset, config.seed, data.batchSize),
    tune.regime === 'head' ? words.headOnly : words.fineTuned(schedule.name, schedule.maxLearningRate, optimizer.name),
    ...(seconds === null ? [] : [words.seconds(Math.round(seconds))]),
  ];
}

/** The programs that the window shows too. */
function programs({ labels, network }: ModelCard, words: CardWords, file: string): string[] {
  const samples = bundle.samples({ labels, file, network, options: {} });
  const fences = { terminal: 'sh', node: 'js', python: 'python' };
  return samples
    .filter(({ value }) => value !== 'node')
    .map(({ value, label, code }) => {
      const note = value === 'python' && network.library === null ? [words.noLibrary(network.architecture)] : [];
      return section(`${words.titles.use}: ${label}`, ...note, fence(fences[value], code));
    });
}

const section = (title: string, ...paragraphs: readonly string[]): string =>
  `## ${title}\n\n${paragraphs.filter(Boolean).join('\n\n')}`;
const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;
const numbers = (values: readonly number[]): string => `[${values.join(', ')}]`;
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
