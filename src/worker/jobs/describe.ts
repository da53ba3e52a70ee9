import { modelCard } from '../../export/model-card.ts';
import { openModel } from '../../export/open-model.ts';
import type { JobHandler } from '../job-handler.ts';

/** What a card says of a model; neither weights nor TensorFlow are loaded. */
export const describe: JobHandler<'describe'> = async ({ model, run }) => {
  const files = await openModel(model);
  try {
    return modelCard(files.model, run);
  } finally {
    await files.close();
  }
};
