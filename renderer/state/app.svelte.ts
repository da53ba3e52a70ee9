import type { DatasetSummary, RecentDataset } from '../../src/protocol/dataset-view.ts';
import type { DoctorReport } from '../../src/protocol/engine-api.ts';
import type { RunSummary } from '../../src/protocol/run-record.ts';
import type { ZooEntry } from '../../src/protocol/zoo-entry.ts';
import type { AnnealClient, Link } from '../client/client.ts';
import { FollowedRuns } from './run-state.svelte.ts';
import { WorkspaceList } from './workspace-list.svelte.ts';

/** What all views share: the way to the engine and the lists of the workspace, fresh while the link is up. */
class App {
  #client: AnnealClient | null = null;
  link = $state.raw<Link>({ state: 'connecting', since: 0 });
  /** Newest first. */
  readonly runs = new WorkspaceList<RunSummary>(() => this.client.call('listRuns', {}));
  readonly datasets = new WorkspaceList<RecentDataset>(() => this.client.call('recentDatasets', {}));
  readonly zoo = new WorkspaceList<ZooEntry>(() => this.client.call('zooList', {}));
  /** Runs by their events; `app.followed.follow(() => id).current` in a component. */
  readonly followed = new FollowedRuns(() => this.client);
  /** The machine and its runtime; null until told. */
  doctor = $state.raw<DoctorReport | null>(null);
  /** Summaries that views have loaded, for the header. */
  #summaries = $state.raw<Readonly<Record<string, DatasetSummary>>>({});

  get client(): AnnealClient {
    if (!this.#client) throw new Error('the client is not there yet');
    return this.#client;
  }

  /** Call once, before the window is mounted. */
  start(client: AnnealClient): void {
    this.#client = client;
    client.onLink((link) => (this.link = link));
    client.watch(({ what }) => this[what].refresh());
    this.runs.refresh();
    this.datasets.refresh();
    void this.readDoctor();
  }

  async readDoctor(): Promise<void> {
    try {
      this.doctor = await this.client.call('doctor', {});
    } catch {
      // The compute panel says "unknown" until it is asked again.
    }
  }

  /** The run of this id in the list; undefined: gone or not read yet, see `runs.loaded`. */
  run(id: string | null): RunSummary | undefined {
    return id === null ? undefined : this.runs.items.find((run) => run.runId === id);
  }

  dataset(id: string | null): RecentDataset | undefined {
    return id === null ? undefined : this.datasets.items.find((dataset) => dataset.dataset === id);
  }

  /** A view that holds a fresh summary shares it with the frame. */
  keepSummary(summary: DatasetSummary): void {
    this.#summaries = { ...this.#summaries, [summary.dataset]: summary };
  }

  summary(id: string | null): DatasetSummary | undefined {
    return id === null ? undefined : this.#summaries[id];
  }
}

export const app = new App();
