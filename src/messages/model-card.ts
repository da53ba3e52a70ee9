import type { Accuracy } from '../protocol/accuracy.ts';
import type { ChosenMember, TestSeal } from '../protocol/ensemble-view.ts';
import type { RunRecord } from '../protocol/run-record.ts';
import { sameMembers } from '../protocol/same-members.ts';
import type { ZooEntry } from '../protocol/zoo-entry.ts';

/** What a model card is made of; all but the run may be unknown. */
export interface CardFacts {
  readonly run: RunRecord;
  readonly classes: readonly string[];
  /** Members that the exported model averages. */
  readonly members: readonly ChosenMember[];
  /** Of those members, on the pictures that choices were made by. */
  readonly accuracy: Accuracy | null;
  readonly seal: TestSeal | null;
  readonly backbone: ZooEntry | null;
  readonly input: { readonly size: number; readonly mean: readonly number[]; readonly std: readonly number[] } | null;
  /** Of this application. */
  readonly version: string;
}

/** One page of Markdown on a trained ensemble: what it knows, how good it is, what it was made of. English, for publishing. */
export function modelCard(facts: CardFacts): string {
  const { run, classes, members } = facts;
  const name = folderName(run.dataset.root);
  const parts = [
    ['---', 'tags: [image-classification, snapshot-ensemble, anneal]', `base_model: ${yaml(run.backbone)}`, '---'],
    [`# ${plain(run.name)}`],
    [
      `Tells ${classes.length} classes of pictures apart: the average of ${members.length === 1 ? 'one network' : `${members.length} networks`}, ` +
        `made with Anneal ${facts.version} on ${day(run.createdAt)} from the folder “${plain(name)}”.`,
    ],
    section('Classes', 'In the order of the outputs.', classes.map((label, i) => `${i}. ${plain(label)}`).join('\n')),
    section('Accuracy', accuracyTable(facts), ...honesty(facts)),
    section('Pictures', list(picturesOf(facts))),
    section('Network', list(networkOf(facts))),
    section('Training', list(trainingOf(facts))),
    section(
      'Limits',
      list([
        'It knows only the classes above: any picture gets one of them, whatever it shows.',
        'The accuracy holds for pictures like those it was trained on: same kind of camera, background, season.',
        'A low probability is a warning, a high one no proof.',
      ]),
    ),
    section('Configuration', fence('json', JSON.stringify(run.config, null, 2))),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section(title: string, ...paragraphs: readonly string[]): string[] {
  return [`## ${title}`, '', paragraphs.filter(Boolean).join('\n\n')];
}

const splits: Readonly<Record<Accuracy['split'], string>> = {
  train: 'training pictures (not a fair measure)',
  validation: 'validation pictures (choices were made by them)',
  test: 'test pictures, opened once',
  outOfFold: 'training pictures, each judged by a network that had not seen it',
};

function accuracyTable({ accuracy, seal, members }: CardFacts): string {
  const rows = [
    ...(seal && sameMembers(seal.members, members) ? [row('Test', seal.accuracy)] : []),
    ...(accuracy ? [row('Ensemble', accuracy)] : []),
  ];
  if (rows.length === 0) return 'Not measured for these members.';
  return ['| | accuracy | 95 % interval (Wilson) | measured on |', '|---|---|---|---|', ...rows].join('\n');
}

function row(name: string, { accuracy, low, high, n, split }: Accuracy): string {
  return `| ${name} | ${percent(accuracy)} | ${percent(low)} to ${percent(high)} | ${n} ${splits[split]} |`;
}

/** What keeps the figures from saying more than they do. */
function honesty({ seal, members }: CardFacts): string[] {
  if (!seal)
    return ['The test set was not opened: the figure above is the one that choices were made by, so it may flatter.'];
  if (sameMembers(seal.members, members)) return [];
  const names = seal.members.map(({ name }) => name).join(', ');
  return [`The test set was opened for other members (${names}: ${percent(seal.accuracy.accuracy)}).`];
}

function picturesOf({ run }: CardFacts): string[] {
  const { pictures, contentHash, version } = run.dataset;
  const split = run.result?.split;
  return [
    `${pictures} pictures, dataset version ${version}, content hash \`${contentHash}\``,
    ...(split ? [`${split.train} to train, ${split.validation} to validate, ${split.test} to test`] : []),
  ];
}

function networkOf({ run, backbone, input, members }: CardFacts): string[] {
  const { model } = run.config;
  const start = model.pretrained ? 'pretrained' : 'from random weights';
  const licence = backbone ? `, ${backbone.licence}, ${backbone.source}` : '';
  return [
    `Backbone ${backbone?.architecture ?? run.backbone ?? model.backbone}, ${start}${licence}`,
    `Members: ${members.map(({ name, weight }) => (weight === 1 ? name : `${name} × ${weight}`)).join(', ')}; their probabilities are averaged`,
    ...(input
      ? [
          `Input ${input.size} × ${input.size} pixels, RGB, \`(value / 255 − mean) / std\` with mean [${input.mean.join(', ')}], std [${input.std.join(', ')}]`,
        ]
      : []),
  ];
}

function trainingOf({ run }: CardFacts): string[] {
  const { augment, schedule, tune, optimizer, data } = run.config;
  const steps = tune.regime !== 'head';
  const strengths = Object.entries(augment).filter(([key]) => key !== 'mode' && key !== 'views');
  const drawn = strengths.filter(([key, value]) => value !== false && value !== (key === 'cropMinScale' ? 1 : 0));
  const augmented =
    steps && augment.mode !== 'none' ? drawn.map(([key, value]) => `${key} ${String(value)}`).join(', ') : 'none';
  return [
    `Preset ${run.config.preset}, seed ${run.config.seed}, batches of ${data.batchSize}`,
    steps
      ? `Schedule ${schedule.name}, peak ${schedule.maxLearningRate}, ${optimizer.name}`
      : 'Frozen backbone; the head is solved on its features, one a fold',
    `Augmentation: ${augmented}`,
    ...(run.result ? [`${Math.round(run.result.timings.total)} s of computing`] : []),
  ];
}

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
const yaml = (text: string | null): string => JSON.stringify(text ?? 'none');
const folderName = (path: string): string => path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;
