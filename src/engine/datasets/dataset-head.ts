import type { DatasetHead } from '../../store/datasets.ts';
import type { DatasetPictures } from './dataset-pictures.ts';

const samples = 6;

/** What lists of datasets show of one: a picture of each of its first classes among it. */
export function headOf(pictures: DatasetPictures): DatasetHead {
  const { dataset } = pictures.effective;
  return {
    contentHash: dataset.contentHash,
    pictures: dataset.pictures.length,
    classes: dataset.classes.length,
    samples: pictures
      .classes()
      .flatMap((entry) => entry.samples.slice(0, 1))
      .slice(0, samples),
  };
}
