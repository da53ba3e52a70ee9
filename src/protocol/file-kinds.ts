/** The picture formats that are read: what people call them, and how files of them end. */
export const pictureFormats = {
  jpeg: { title: 'JPEG', extensions: ['jpg', 'jpeg'] },
  png: { title: 'PNG', extensions: ['png'] },
  webp: { title: 'WebP', extensions: ['webp'] },
  gif: { title: 'GIF', extensions: ['gif'] },
  bmp: { title: 'BMP', extensions: ['bmp'] },
  tiff: { title: 'TIFF', extensions: ['tif', 'tiff'] },
  avif: { title: 'AVIF', extensions: ['avif'] },
  heic: { title: 'HEIC', extensions: ['heic', 'heif'] },
} as const satisfies Record<string, { readonly title: string; readonly extensions: readonly string[] }>;

export type PictureFormat = keyof typeof pictureFormats;

/** 'JPEG, PNG or HEIC', with the language's own word for 'or'. */
export function pictureTitles(or: string): string {
  const titles = Object.values(pictureFormats).map(({ title }) => title);
  return `${titles.slice(0, -1).join(', ')} ${or} ${titles.at(-1)}`;
}

/** How files end that a person may choose, by what they are chosen for. */
export const fileExtensions = {
  pictures: Object.values(pictureFormats).flatMap(({ extensions }): readonly string[] => extensions),
  bundle: ['anneal'],
  weights: ['safetensors', 'pth', 'pt', 'bin', 'h5', 'keras', 'json'],
  config: ['json'],
} as const satisfies Record<string, readonly string[]>;

export type FileKind = keyof typeof fileExtensions;

export const fileKinds = Object.keys(fileExtensions) as FileKind[];
