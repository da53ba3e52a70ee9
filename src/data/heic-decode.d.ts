declare module 'heic-decode' {
  /** First picture of a HEIC file, turned upright; `data` is RGBA, 8 bits. */
  export default function decode(input: {
    buffer: Uint8Array;
  }): Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
}
