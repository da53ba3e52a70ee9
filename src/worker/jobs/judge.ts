import { predictFiles } from '../../ensemble/predict-files.ts';
import { openModel } from '../../export/open-model.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import type { JobHandler } from '../job-handler.ts';
import { betweenUnits, progressOf } from '../job-progress.ts';

/** What every averaged member says of pictures, in their order. */
export const judge: JobHandler<'judge'> = async ({ model, pictures, threads }, host) => {
  await loadRuntime(threads === null ? {} : { threads });
  const files = await openModel(model);
  try {
    const classes = files.model.labels.length;
    const averaged = files.model.members.filter(({ weight }) => weight > 0).length;
    const said = Array.from({ length: averaged }, () => new Float32Array(pictures.length * classes));
    const { problems, memberNames, millisecondsPerPicture } = await predictFiles({
      files,
      paths: pictures,
      onAnswer: ({ index, members }) => members.forEach((own, i) => said[i]!.set(own, index * classes)),
      onProgress: progressOf(host, 'evaluate'),
      between: betweenUnits(host),
    });
    const members = memberNames.map((name, i) => ({ name, probabilities: said[i]! }));
    return { members, millisecondsPerPicture, problems };
  } finally {
    await files.close();
  }
};
