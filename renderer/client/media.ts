/**
 * Addresses of a dataset's pictures, relative to the page and so alike in both hosts. `sha256` is the content's hash, where it is
 * known: the browser may then keep the picture.
 */
export function thumbnailAddress(dataset: string, path: string, size: 128 | 256, sha256 = ''): string {
  return `media/thumbnail?${query(dataset, path, sha256)}&size=${size}`;
}

/** The whole picture, its longer side at most 2048 pixels. */
export function pictureAddress(dataset: string, path: string, sha256 = ''): string {
  return `media/picture?${query(dataset, path, sha256)}`;
}

function query(dataset: string, path: string, sha256: string): string {
  const version = sha256 === '' ? '' : `&v=${sha256.slice(0, 8)}`;
  return `dataset=${encodeURIComponent(dataset)}&path=${encodeURIComponent(path)}${version}`;
}
