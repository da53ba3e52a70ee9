import type { ChosenMember, EnsembleView } from '../../../src/protocol/ensemble-view.ts';
import type { ExportFormat } from '../../../src/protocol/lane-job.ts';
import type { RunRecord } from '../../../src/protocol/run-record.ts';
import type { ZooEntry } from '../../../src/protocol/zoo-entry.ts';
import { fileName } from '../../state/save-text.ts';

/** What this build can write, in the order of the list. */
export const formats: readonly ExportFormat[] = ['bundle', 'savedmodel'];

/** Members that an export averages. */
export function membersOf(record: RunRecord, ensemble: EnsembleView | null): readonly ChosenMember[] {
  return ensemble && ensemble.fixed.length > 0 ? ensemble.fixed : (record.result?.selected ?? []);
}

/** torchvision's or timm's name of the network; without pretrained weights the backbone is named by it. */
export function architectureOf(record: RunRecord, zoo: readonly ZooEntry[]): string | null {
  const name = record.result?.backbone ?? record.backbone;
  return zoo.find((entry) => entry.name === name)?.architecture ?? (record.config.model.pretrained ? null : name);
}

export function datasetName(record: RunRecord): string {
  return record.dataset.root.split(/[/\\]/).filter(Boolean).at(-1) ?? record.name;
}

/** A name to offer, without extension. */
export function suggestedName(record: RunRecord, format: ExportFormat): string {
  const name = fileName(`${datasetName(record)}-${record.number}`);
  return format === 'bundle' ? name : `${name}-savedmodel`;
}

/** Last part of a path of either kind. */
export function baseName(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;
}
