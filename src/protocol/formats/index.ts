import { bundle } from './bundle.ts';
import type { ExportFormatSpec } from './export-format.ts';
import { savedModel } from './saved-model.ts';

/** What can be exported, in the order of the lists. The compiler asks for an exporter of each (src/export/exporters/index.ts). */
const table = [bundle, savedModel] as const;

type Format = (typeof table)[number];
export type ExportFormat = Format['key'];
/** The options of a format, each on or off. */
export type ExportOptions<K extends ExportFormat = ExportFormat> = Readonly<
  Record<keyof Extract<Format, { readonly key: K }>['options'], boolean>
>;

export const exportFormats: readonly (ExportFormatSpec & { readonly key: ExportFormat })[] = table;
export const formatKeys: readonly ExportFormat[] = table.map(({ key }) => key);

export function exportFormat(key: ExportFormat): ExportFormatSpec & { readonly key: ExportFormat } {
  return exportFormats.find((format) => format.key === key)!;
}
