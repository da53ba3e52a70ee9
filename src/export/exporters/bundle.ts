import { createPredictor } from '../../ensemble/predictor.ts';
import { openBundle } from '../bundle-reader.ts';
import { writeBundle } from '../bundle-writer.ts';
import type { Exporter } from '../exporter.ts';
import { probabilityTolerance } from '../verify.ts';

/** One zip file of weights, labels, preprocessing and card; read back as Anneal opens it. */
export const bundleExporter: Exporter<'bundle'> = {
  tolerance: () => probabilityTolerance,
  async write(model, { path, fileName }) {
    await writeBundle(model, path, fileName);
  },
  async runBack(path, _model, { squares, paths }) {
    const bundle = await openBundle(path);
    try {
      const predictor = await createPredictor(bundle);
      const { ensemble } = predictor.probabilities(squares, paths.length);
      predictor.dispose();
      return ensemble;
    } finally {
      await bundle.close();
    }
  },
};
