import readExif from 'exif-reader';

/** When the camera says that it took the picture, milliseconds since 1970 in the camera's own zone; null where it does not. */
export function captureTime(exif: Buffer | undefined): number | null {
  if (!exif) return null;
  try {
    const { Photo } = readExif(exif);
    const taken = Photo?.DateTimeOriginal?.getTime();
    if (taken === undefined || !Number.isFinite(taken)) return null;
    const fraction = /^\d+/.exec(String(Photo?.SubSecTimeOriginal ?? ''))?.[0] ?? '';
    return taken + Math.round(Number(`0.${fraction || '0'}`) * 1000);
  } catch {
    // Damaged notes of a camera do not make a picture unusable.
    return null;
  }
}
