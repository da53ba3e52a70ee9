import { join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { predictFiles } from '../../ensemble/predict-files.ts';
import { openModel } from '../../export/open-model.ts';
import { accuracyOf } from '../../metrics/accuracy-of.ts';
import { confusionMatrix } from '../../metrics/confusion-matrix.ts';
import { figuresOf } from '../../metrics/figures.ts';
import { predictedClasses } from '../../metrics/probabilities.ts';
import { verdictsOf } from '../../metrics/verdicts/index.ts';
import type { Dataset } from '../../protocol/dataset.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import type { JobHandler } from '../job-handler.ts';
import { betweenUnits, progressOf } from '../job-progress.ts';

/** Accuracy of ensemble and members on a labelled folder, whose classes are matched to the model's by name. */
export const evaluate: JobHandler<'evaluate'> = async ({ model, dataset, threads }, host) => {
  await loadRuntime({ threads });
  const files = await openModel(model);
  try {
    const { labels: names } = files.model;
    const classOf = matchClasses(dataset, names);
    const ensemble: number[] = [];
    const members: number[][] = [];
    const labels: number[] = [];
    const { problems, memberNames } = await predictFiles({
      files,
      paths: dataset.pictures.map(({ path }) => join(dataset.root, path)),
      onAnswer(answer) {
        labels.push(classOf[dataset.pictures[answer.index]!.label]!);
        ensemble.push(...answer.ensemble);
        answer.members.forEach((probabilities, i) => (members[i] ??= []).push(...probabilities));
      },
      onProgress: progressOf(host, 'evaluate'),
      between: betweenUnits(host),
    });
    const probabilities = Float32Array.from(ensemble);
    const accuracy = (probabilities: Float32Array) => accuracyOf(probabilities, labels, names.length, 'test');
    return {
      classes: names,
      ensemble: accuracy(probabilities),
      figures: figuresOf(probabilities, labels, names.length),
      verdicts: verdictsOf([{ split: 'test', classes: names, labels, probabilities, members: null }]),
      members: memberNames.map((name, i) => ({ name, accuracy: accuracy(Float32Array.from(members[i] ?? [])) })),
      confusion: confusionMatrix(predictedClasses(probabilities, names.length), labels, names.length),
      problems: [...dataset.problems, ...problems],
    };
  } finally {
    await files.close();
  }
};

/** Index among the model's classes of every class of the folder. Throws `model.unknownClasses`. */
function matchClasses(dataset: Dataset, names: readonly string[]): number[] {
  const indices = dataset.classes.map((name) => names.indexOf(name));
  const unknown = dataset.classes.filter((_, i) => indices[i]! < 0);
  if (unknown.length > 0) throw new AnnealError('model.unknownClasses', { unknown, classes: names });
  return indices;
}
