import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { toFailure } from '../base/failure.ts';
import { thumbnailSizes, type MediaFile, type MediaSource } from '../engine/media/media-source.ts';

/** An answer of HTTP without its transport: alike for the local server and for Electron's own scheme. */
export interface MediaAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

const common = {
  dataset: v.pipe(v.string(), v.regex(/^\d{1,15}$/)),
  path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  v: v.optional(v.pipe(v.string(), v.maxLength(64))),
};
const thumbnail = v.strictObject({
  ...common,
  size: v.pipe(v.string(), v.transform(Number), v.picklist(thumbnailSizes)),
});
const picture = v.strictObject(common);

/**
 * Answers `media/thumbnail?dataset=&path=&size=&v=` and `media/picture?dataset=&path=&v=`; `v` is the beginning of the content's
 * hash, so what matches it may be kept for ever. `address` is path and query. null: nobody waits any more.
 */
export async function answerMedia(
  media: MediaSource,
  address: string,
  signal?: AbortSignal,
): Promise<MediaAnswer | null> {
  const url = new URL(address, 'media://host/');
  const query: unknown = Object.fromEntries(url.searchParams);
  try {
    if (url.pathname === '/media/thumbnail' && v.is(thumbnail, query)) {
      const { v: version, ...request } = v.parse(thumbnail, query);
      return found(await media.thumbnail({ ...request, signal }), version);
    }
    if (url.pathname === '/media/picture' && v.is(picture, query)) {
      const { v: version, ...request } = v.parse(picture, query);
      return found(await media.picture({ ...request, signal }), version);
    }
    return { status: 400, headers: {}, body: null };
  } catch (error) {
    return signal?.aborted ? null : { status: statusOf(error), headers: {}, body: null };
  }
}

function found({ bytes, contentType, sha256 }: MediaFile, version: string | undefined): MediaAnswer {
  const kept = version !== undefined && version.length >= 8 && sha256.startsWith(version);
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      'content-length': String(bytes.byteLength),
      'cache-control': kept ? 'private, max-age=31536000, immutable' : 'no-store',
    },
    body: bytes,
  };
}

function statusOf(error: unknown): number {
  const { code } = toFailure(error);
  if (code === 'dataset.unknown' || code === 'media.unknownPicture' || code === 'system.ENOENT') return 404;
  if (code === 'media.outside') return 403;
  return error instanceof AnnealError ? 422 : 500;
}
