import type { ExportFormat } from '../../protocol/formats/index.ts';
import type { Exporter } from '../exporter.ts';
import { bundleExporter } from './bundle.ts';
import { savedModelExporter } from './saved-model.ts';

/** What writes each format of src/protocol/formats. */
export const exporters: { readonly [K in ExportFormat]: Exporter<K> } = {
  bundle: bundleExporter,
  savedmodel: savedModelExporter,
};
