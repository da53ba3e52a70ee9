import { join } from 'node:path';
import type { ErrorData } from '../base/errors.ts';
import { progressMeter } from '../base/progress-meter.ts';
import { datasetIndices } from '../data/indices.ts';
import { makeSplit, type SplitResult } from '../data/make-split.ts';
import { openPictureCache, type PictureCache } from '../data/picture-cache.ts';
import type { PlanRecord } from '../protocol/plan-record.ts';
import type { DatasetIndex } from '../protocol/dataset.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { RunPhase } from '../protocol/run-event.ts';
import type { TrainHost, TrainJob } from '../protocol/train-job.ts';
import { RunStopped } from './run-stopped.ts';

export interface RunContextOptions {
  /** Decoded pictures may take this much disk; beyond it they are decoded each time. */
  readonly pictureCacheBytes?: number;
}

const defaultPictureCacheBytes = 20 * 2 ** 30;

/** What every part of a run shares: the job, the process around it, and the clock of its phases. */
export class RunContext {
  readonly job: TrainJob;
  readonly host: TrainHost;
  /** Roles as they are drawn, before anything was read. */
  readonly split: SplitResult;
  /** Optimizer steps done in this run, over all folds and cycles. */
  step = 0;
  readonly #pictureCacheBytes: number;
  readonly #seconds = new Map<RunPhase, number>();
  readonly #started = performance.now();

  readonly #open: { close(): Promise<void> }[] = [];
  readonly #pictures = new Map<string, Promise<PictureCache>>();
  #last: { readonly key: string; readonly value: { close(): Promise<void> } } | null = null;

  constructor(
    job: TrainJob,
    host: TrainHost,
    { pictureCacheBytes = defaultPictureCacheBytes }: RunContextOptions = {},
  ) {
    this.job = job;
    this.host = host;
    this.split = makeSplit(job.dataset, { seed: job.config.seed, ...job.config.data });
    this.#pictureCacheBytes = pictureCacheBytes;
  }

  /** Runs `work` and adds its time to `phase`. */
  async timed<T>(phase: RunPhase, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#seconds.set(phase, (this.#seconds.get(phase) ?? 0) + (performance.now() - start) / 1000);
    }
  }

  timings(): Partial<Record<RunPhase, number>> & { total: number } {
    return { ...Object.fromEntries(this.#seconds), total: (performance.now() - this.#started) / 1000 };
  }

  /** The decoded pictures at a network's size; opened when first needed, so that a run on warm feature caches never does. */
  openPictures(preprocessing: Preprocessing): Promise<PictureCache> {
    const key = JSON.stringify(preprocessing);
    const cached = this.#pictures.get(key);
    if (cached) return cached;
    const opening = this.timed('cache', () => this.#openPictures(preprocessing));
    this.#pictures.set(key, opening);
    return opening;
  }

  /** All pictures, of a trial all but those of the test part. */
  #mayLookAt(): readonly DatasetIndex[] {
    const all = datasetIndices(this.job.dataset);
    if (this.job.purpose === 'run') return all;
    const hidden = new Set(this.split.test);
    return all.filter((picture) => !hidden.has(picture));
  }

  async #openPictures(preprocessing: Preprocessing): Promise<PictureCache> {
    const cache = await openPictureCache(this.job.dataset, preprocessing, {
      folder: join(this.job.workspace, 'cache', 'pictures'),
      limitBytes: this.#pictureCacheBytes,
      pictures: this.#mayLookAt(),
      onProgress: this.progress('cache'),
    });
    // Every epoch decodes anew: whoever waits for it should know why.
    if (cache.reason) this.diagnose(cache.reason);
    return cache;
  }

  /** Tells something about the run that does not end it. */
  diagnose({ code, params }: ErrorData): void {
    this.host.emit({ type: 'diagnosticFound', code, params, step: this.step });
  }

  /** Closes `file` with the run, however the run ends; closing it before does no harm. */
  closeAtEnd(file: { close(): Promise<void> }): void {
    this.#open.push(file);
  }

  /**
   * What was opened last, where that was under the same key: compiled parts serve again within a run. Another key closes it,
   * and so does the run's end. `key` names type and content.
   */
  async lastOpened<T extends { close(): Promise<void> }>(key: string, open: () => Promise<T>): Promise<T> {
    if (this.#last?.key === key) return this.#last.value as T;
    await this.#last?.value.close();
    this.#last = null;
    const value = await open();
    this.#last = { key, value };
    return value;
  }

  async close(): Promise<void> {
    await this.#last?.value.close();
    this.#last = null;
    for (const file of this.#open.splice(0)) await file.close();
    for (const cache of this.#pictures.values()) await (await cache).close();
    this.#pictures.clear();
  }

  /** Tells the beginning of a training of which `done` steps were done before. */
  started(plan: PlanRecord, done: number): void {
    const resumedFromStep = this.job.attempt > 1 ? this.step : null;
    const stepsBefore = this.step - done;
    const totalSteps = stepsBefore + plan.totalSteps;
    this.host.emit({ type: 'runStarted', totalSteps, resumedFromStep, plan, stepsBefore, step: this.step });
  }

  /** Between two units of work: lets messages in, waits while paused, throws RunStopped when asked to stop. */
  async breathe(beforeStop?: () => Promise<void>): Promise<void> {
    await this.host.yield();
    let paused = false;
    for (;;) {
      const wish = this.host.control();
      if (wish === 'stop') {
        await beforeStop?.();
        throw new RunStopped();
      }
      if (wish === 'go') break;
      if (!paused) {
        await beforeStop?.();
        this.host.emit({ type: 'runPaused', step: this.step });
        paused = true;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (paused) this.host.emit({ type: 'runResumed', step: this.step });
  }

  /** Progress of work that is not steps; at most ten a second. */
  progress(phase: RunPhase): (done: number, total: number) => void {
    return progressMeter((progress) =>
      this.host.emit({ type: 'phaseProgressed', phase, ...progress, step: this.step }),
    );
  }
}
