import { createPredictor } from '../ensemble/predictor.ts';
import { openBundle } from './bundle-reader.ts';
import { writeBundle } from './bundle-writer.ts';
import type { Exporter } from './exporter.ts';

/** The bundle: one zip file of weights, labels, preprocessing and card. */
export const bundleExporter: Exporter = {
  ownResize: false,
  async write(files, { path, fileName, versions }) {
    await writeBundle(files, path, { fileName, versions });
  },
  async runBack(path, _files, { squares, paths }) {
    const predictor = await createPredictor(await openBundle(path));
    try {
      return predictor.probabilities(squares, paths.length).ensemble;
    } finally {
      predictor.dispose();
    }
  },
};
