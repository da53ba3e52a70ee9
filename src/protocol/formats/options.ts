import { AnnealError } from '../../base/errors.ts';
import { exportFormat, type ExportFormat, type ExportOptions } from './index.ts';

/** All options of a format, those that are not given off. Throws `export.unknownOption` for one that the format does not have. */
export function exportOptions<K extends ExportFormat>(
  key: K,
  given: Readonly<Record<string, boolean>> = {},
): ExportOptions<K> {
  const names = Object.keys(exportFormat(key).options);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new AnnealError('export.unknownOption', { format: key, received: unknown, known: names });
  return Object.fromEntries(names.map((name) => [name, given[name] ?? false])) as ExportOptions<K>;
}
