import { fromFailure } from '../../src/base/failure.ts';
import type { HostRefusal, UploadBegun, UploadDone, UploadPlan } from '../../src/protocol/browser-host.ts';
import type { Amount, BringHooks, DroppedFile } from './client.ts';

/** More at a time makes nothing faster on one machine. */
const parallel = 4;

/**
 * Copies files to the host and gives the path of what arose there: a folder with `files` below it, or the one file.
 * @throws AnnealError with the host's reason; the signal's reason when given up. Nothing of the copy is left then.
 */
export async function upload(
  kind: UploadPlan['kind'],
  name: string,
  files: readonly DroppedFile[],
  { progress, signal }: BringHooks = {},
): Promise<string> {
  const total: Amount = { files: files.length, bytes: files.reduce((sum, { file }) => sum + file.size, 0) };
  const plan: UploadPlan = { kind, name, files: total.files, bytes: total.bytes };
  const begun = await send<UploadBegun>('files/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(plan),
    signal: signal ?? null,
  });
  const address = `files/uploads/${begun.upload}`;
  let done: Amount = { files: 0, bytes: 0 };
  const waiting = files.values();
  const work = async (): Promise<void> => {
    for (const { path, file } of waiting) {
      const place = path.split('/').map(encodeURIComponent).join('/');
      await send(`${address}/${place}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: file,
        signal: signal ?? null,
      });
      done = { files: done.files + 1, bytes: done.bytes + file.size };
      progress?.(done, total);
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, work));
    return (await send<UploadDone>(address, { method: 'POST', signal: signal ?? null })).path;
  } catch (error) {
    void fetch(address, { method: 'DELETE' }).catch(() => {});
    throw error;
  }
}

/** A request to the host. @throws AnnealError with its reason, 'link.down' where it cannot be reached */
export async function send<T>(address: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(address, init);
  const body: unknown = response.status === 204 ? null : await response.json();
  if (!response.ok) throw fromFailure((body as HostRefusal).error);
  return body as T;
}
