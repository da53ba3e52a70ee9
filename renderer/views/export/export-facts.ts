import type { ChosenMember, EnsembleView } from '../../../src/protocol/ensemble-view.ts';
import { exportFormat, type ExportFormat } from '../../../src/protocol/formats/index.ts';
import type { RunRecord } from '../../../src/protocol/run-record.ts';
import { fileName } from '../../state/save-text.ts';

/** Members that an export averages. */
export function membersOf(record: RunRecord, ensemble: EnsembleView | null): readonly ChosenMember[] {
  return ensemble && ensemble.fixed.length > 0 ? ensemble.fixed : (record.result?.selected ?? []);
}

function datasetName(record: RunRecord): string {
  return record.dataset.root.split(/[/\\]/).filter(Boolean).at(-1) ?? record.name;
}

/** A name to offer, without extension; a folder is named after its format. */
export function suggestedName(record: RunRecord, format: ExportFormat): string {
  const name = fileName(`${datasetName(record)}-${record.number}`);
  return exportFormat(format).extension === null ? `${name}-${format}` : name;
}

/** The same with the extension that the file will have. */
export function suggestedFile(record: RunRecord, format: ExportFormat): string {
  const { extension } = exportFormat(format);
  return `${suggestedName(record, format)}${extension === null ? '' : `.${extension}`}`;
}

/** Last part of a path of either kind. */
export function baseName(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;
}
