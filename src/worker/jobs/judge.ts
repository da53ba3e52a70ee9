import { averagedMembers } from '../../ensemble/ensemble-model.ts';
import { latencyShares } from '../../ensemble/latency.ts';
import { predictFiles } from '../../ensemble/predict-files.ts';
import { openModel } from '../../export/open-model.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import type { JobHandler } from '../job-handler.ts';
import { betweenUnits, progressOf } from '../job-progress.ts';

/** Predictions of every averaged member for pictures, in their order, with its latency. */
export const judge: JobHandler<'judge'> = async ({ model, pictures, threads }, host) => {
  await loadRuntime({ threads });
  // What is stored of members knows no temperature.
  const files = await openModel({ ...model, uncalibrated: true });
  try {
    const classes = files.model.labels.length;
    const probabilities = averagedMembers(files.model).map(() => new Float32Array(pictures.length * classes));
    const { problems, memberNames, millisecondsPerPicture } = await predictFiles({
      files,
      paths: pictures,
      onAnswer: ({ index, members }) => members.forEach((answer, i) => probabilities[i]!.set(answer, index * classes)),
      onProgress: progressOf(host, 'evaluate'),
      between: betweenUnits(host),
    });
    const shares = latencyShares(files.model);
    const members = memberNames.map((name, i) => ({
      name,
      probabilities: probabilities[i]!,
      milliseconds: shares.members[i]! * millisecondsPerPicture,
    }));
    return { members, trunkMilliseconds: shares.trunk * millisecondsPerPicture, problems };
  } finally {
    await files.close();
  }
};
