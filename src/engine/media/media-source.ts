/** An encoded picture, ready to be sent to a window. */
export interface MediaFile {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/webp' | 'image/jpeg';
  /**
   * sha256, hex, of the file that it was made from. An address that names another content must not be kept: answer it without
   * leave to cache.
   */
  readonly sha256: string;
}

export interface MediaRequest {
  /** A dataset's number, as text. */
  readonly dataset: string;
  /** As in `PictureRow.path`: relative to the dataset's root, '/'-separated. Only pictures of the dataset are given. */
  readonly path: string;
  /** Nobody waits any more: what has not begun is dropped. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Pictures of datasets for the eye, upright by EXIF, transparent parts on white. What was made once is read from the workspace's
 * cache, also where the dataset's folder has gone.
 *
 * Both reject with AnnealError: `dataset.unknown` and `media.unknownPicture` (answer 404), `media.outside` where a link
 * leads out of the dataset's folder (403), `data.*` where the file cannot be read (422); with the signal's reason when it is
 * aborted.
 */
export interface MediaSource {
  /** `size`: pixels of the shorter side; smaller pictures keep theirs. The picture's own proportions, not cropped. */
  thumbnail(request: MediaRequest & { readonly size: ThumbnailSize }): Promise<MediaFile>;
  /** The picture itself, its longer side at most 2048 pixels. */
  picture(request: MediaRequest): Promise<MediaFile>;
}

export const thumbnailSizes = [128, 256] as const;
export type ThumbnailSize = (typeof thumbnailSizes)[number];
