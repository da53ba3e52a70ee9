import { predictFiles } from '../../ensemble/predict-files.ts';
import { openModel } from '../../export/open-model.ts';
import type { PredictionReport } from '../../protocol/lane-job.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import type { JobHandler } from '../job-handler.ts';
import { betweenUnits, progressOf } from '../job-progress.ts';

/** Class probabilities of single pictures by the averaged ensemble. */
export const predict: JobHandler<'predict'> = async ({ model, pictures, threads }, host) => {
  await loadRuntime({ threads });
  const files = await openModel(model);
  const predictions: PredictionReport['predictions'][number][] = [];
  try {
    const { labels } = files.model;
    const { problems } = await predictFiles({
      files,
      paths: pictures,
      onAnswer({ index, ensemble }) {
        const best = ensemble.indexOf(Math.max(...ensemble));
        predictions.push({
          path: pictures[index]!,
          label: labels[best]!,
          probability: ensemble[best]!,
          probabilities: [...ensemble],
        });
      },
      onProgress: progressOf(host, 'evaluate'),
      between: betweenUnits(host),
    });
    return { classes: labels, predictions, problems };
  } finally {
    await files.close();
  }
};
