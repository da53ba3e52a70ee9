import { toFailure, type FailureData } from '../../../src/base/failure.ts';
import type { ClassifyReport } from '../../../src/protocol/ensemble-view.ts';
import { app } from '../../state/app.svelte.ts';
import { base64Of } from './try-it.svelte.ts';

/** At most five answers a second. */
const pause = 200;
/** Longer side of what is sent: far above any network's input, small enough for five a second. */
const sentPixels = 640;

export type CameraProblem = 'denied' | 'none' | 'failed';

/** The camera, asked for only by a click; each picture is answered before the next is sent. */
export class Camera {
  stream = $state.raw<MediaStream | null>(null);
  problem = $state<CameraProblem | null>(null);
  frozen = $state(false);
  report = $state.raw<ClassifyReport | null>(null);
  failure = $state.raw<FailureData | null>(null);
  readonly #model: () => string;
  #video: HTMLVideoElement | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(model: () => string) {
    this.#model = model;
  }

  async start(): Promise<void> {
    this.problem = null;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  stop(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.frozen = false;
    this.report = null;
    this.failure = null;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Shows the stream in `video` and begins to answer; for an attachment. */
  attach(video: HTMLVideoElement): () => void {
    this.#video = video;
    video.srcObject = this.stream;
    void video.play().catch(() => {});
    this.#schedule(0);
    return () => {
      this.#video = null;
      if (this.#timer) clearTimeout(this.#timer);
      this.#timer = null;
    };
  }

  freeze(): void {
    this.frozen = !this.frozen;
    if (this.frozen) this.#video?.pause();
    else {
      void this.#video?.play().catch(() => {});
      this.#schedule(0);
    }
  }

  #schedule(wait: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#answer(), wait);
  }

  async #answer(): Promise<void> {
    const started = performance.now();
    const picture = this.#video && (await pictureOf(this.#video));
    if (picture) {
      try {
        const asked = { name: 'camera', base64: await base64Of(picture) };
        const report = await app.client.call('classify', { model: this.#model(), picture: asked });
        if (this.stream) this.report = report;
        this.failure = null;
      } catch (error) {
        this.failure = toFailure(error);
      }
    }
    if (this.#video && !this.frozen) this.#schedule(Math.max(0, pause - (performance.now() - started)));
  }
}

/** What the video shows now as JPEG; null before it shows anything. */
function pictureOf(video: HTMLVideoElement): Promise<Blob | null> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return Promise.resolve(null);
  const scale = Math.min(1, sentPixels / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  canvas.getContext('2d')!.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
}

function problemOf(error: unknown): CameraProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'failed';
}
