import { toFailure, type FailureData } from '../../../src/base/failure.ts';
import type { StoredExport } from '../../../src/protocol/engine-api.ts';
import type { EnsembleView } from '../../../src/protocol/ensemble-view.ts';
import type { ExportFormat } from '../../../src/protocol/formats/index.ts';
import type { ExportReport, Progress } from '../../../src/protocol/lane-job.ts';
import type { ModelCard } from '../../../src/protocol/model-card.ts';
import type { RunRecord } from '../../../src/protocol/run-record.ts';
import type { AnnealClient } from '../../client/client.ts';

export const exportSteps = ['write', 'load', 'compare'] as const;
export type ExportStep = (typeof exportSteps)[number];

/** What of a run is exported, and the export that is under way: it goes on when another view is opened. */
export class ExportState {
  readonly runId: string;
  readonly #client: AnnealClient;
  record = $state.raw<RunRecord | null>(null);
  /** Members that are fixed, with their figures; null where they were not judged. */
  ensemble = $state.raw<EnsembleView | null>(null);
  /** What the card and the programs say; null until it is read, or where the model cannot be opened. */
  card = $state.raw<ModelCard | null>(null);
  earlier = $state.raw<readonly StoredExport[]>([]);
  /** Why the run cannot be exported at all. */
  failure = $state.raw<FailureData | null>(null);

  /** Null: nothing is under way. */
  step = $state<ExportStep | null>(null);
  /** Of the export under way or the last one. */
  format = $state<ExportFormat | null>(null);
  report = $state.raw<ExportReport | null>(null);
  refusal = $state.raw<FailureData | null>(null);
  cancelled = $state(false);
  #abort: AbortController | null = null;

  constructor(client: AnnealClient, runId: string) {
    this.#client = client;
    this.runId = runId;
  }

  async read(): Promise<void> {
    const run = this.runId;
    try {
      this.record = await this.#client.call('showRun', { run });
      this.earlier = await this.#client.call('listExports', { run });
      this.failure = null;
    } catch (error) {
      this.failure = toFailure(error);
      return;
    }
    // Judging is more than an export needs: without stored answers it is exported all the same.
    this.ensemble = await this.#client.call('judgeEnsemble', { run }).catch(() => null);
    this.card = await this.#client.call('describeModel', { run }).catch(() => null);
  }

  /** True: written, loaded again and compared. */
  async export(format: ExportFormat, path: string, options: Readonly<Record<string, boolean>>): Promise<boolean> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    Object.assign(this, { step: 'write', format, report: null, refusal: null, cancelled: false });
    try {
      const input = { run: this.runId, format, path, options };
      this.report = await this.#client.call('exportRun', input, { signal, progress: (now) => this.#follow(now) });
      this.earlier = await this.#client.call('listExports', { run: this.runId });
      return true;
    } catch (error) {
      if (signal.aborted) this.cancelled = true;
      else this.refusal = toFailure(error);
      return false;
    } finally {
      this.step = null;
      this.#abort = null;
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }

  #follow({ phase, done }: Progress): void {
    this.step = phase === 'verify' ? (done > 0 ? 'compare' : 'load') : 'write';
  }
}
