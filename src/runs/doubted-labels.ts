import type { Dataset, DatasetIndex } from '../protocol/dataset.ts';
import type { RunResult } from '../protocol/run-event.ts';

const mostListed = 50;
/** The held-out model must be this sure of another class. */
const surely = 0.8;

/**
 * Pictures whose given label a model that did not train on them doubts: another class has at least 0.8, most certain first.
 * The simplest form of confident learning (Northcutt et al. 2021, arXiv 1911.00068).
 * @param probabilities float32 [pictures.length, classes], held out.
 */
export function doubtedLabels(
  dataset: Dataset,
  pictures: readonly DatasetIndex[],
  probabilities: Float32Array,
): RunResult['doubtedLabels'] {
  const classes = dataset.classes.length;
  const doubted = pictures.flatMap((index, row) => {
    const picture = dataset.pictures[index]!;
    const ofPicture = probabilities.subarray(row * classes, (row + 1) * classes);
    const suggested = ofPicture.indexOf(Math.max(...ofPicture));
    const probability = ofPicture[suggested]!;
    if (suggested === picture.label || probability < surely) return [];
    const name = (label: number) => dataset.classes[label]!;
    return [{ path: picture.path, label: name(picture.label), suggested: name(suggested), probability }];
  });
  return doubted.sort((a, b) => b.probability - a.probability).slice(0, mostListed);
}
