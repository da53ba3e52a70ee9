/** The augmentations of a picture, as rows of the wizard. All pure. */
export interface Transform {
  /** Key of its setting. */
  readonly key: string;
  /** What the setting holds when it does nothing. */
  readonly off: number | boolean;
  /** What it is switched on with. */
  readonly on: number | boolean;
  /** It can turn a picture of one class into one of another. */
  readonly risk: 'rotation' | 'hue' | 'flip' | null;
}

export const transforms: readonly Transform[] = [
  { key: 'augment.flip', off: false, on: true, risk: 'flip' },
  { key: 'augment.cropMinScale', off: 1, on: 0.6, risk: null },
  { key: 'augment.shift', off: 0, on: 0.1, risk: null },
  { key: 'augment.scale', off: 0, on: 0.1, risk: null },
  { key: 'augment.rotation', off: 0, on: 15, risk: 'rotation' },
  { key: 'augment.brightness', off: 0, on: 0.2, risk: null },
  { key: 'augment.contrast', off: 0, on: 0.2, risk: null },
  { key: 'augment.saturation', off: 0, on: 0.2, risk: null },
  { key: 'augment.hue', off: 0, on: 0.03, risk: 'hue' },
];

/** Settings of one transform alone, for showing what it does by itself. */
export function onlyThis(key: string, value: unknown): Record<string, unknown> {
  const settings = transforms.map((transform) => [
    transform.key.split('.')[1]!,
    transform.key === key ? value : transform.off,
  ]);
  return { mode: 'online', ...Object.fromEntries(settings) };
}
