import type { ByLanguage } from '../../base/language.ts';

/**
 * A format a trained ensemble can be exported to, as all fronts read it: the window's list, the command line and its help, the
 * engine's check of what is asked. What writes it is the exporter of the same key in src/export/exporters/.
 */
export interface ExportFormatSpec<K extends string = string, O extends string = string> {
  /** Name on the command line and in stored records: never changed. */
  readonly key: K;
  /** Of the file that is written, without dot; null: a folder is written. */
  readonly extension: string | null;
  /** Switches of this format, off unless asked for; by name in camelCase, `--any-size` on the command line. */
  readonly options: Readonly<Record<O, ByLanguage<OptionWords>>>;
  /** It can be written only where the native TensorFlow runtime computes. */
  readonly needsNative: boolean;
  readonly words: ByLanguage<FormatWords>;
  /** Programs that use what was written. */
  samples(model: SampleModel<O>): readonly Sample[];
}

interface FormatWords {
  readonly title: string;
  /** Two words beside the title. */
  readonly short: string;
  /** On the button that writes it. */
  readonly action: string;
  readonly purpose: string;
  /** What stands there afterwards. */
  readonly contents: string;
  /** Programs that read it. */
  readonly readers: string;
}

interface OptionWords {
  readonly label: string;
  readonly why: string;
}

/** An exported model with the user's own labels and file names. */
export interface SampleModel<O extends string = string> {
  /** Class names in the order of the outputs. */
  readonly labels: readonly string[];
  /** Name of the exported file or folder, without its place. */
  readonly file: string;
  readonly network: PythonNetwork;
  readonly options: Readonly<Record<O, boolean>>;
}

/** Where Python finds the network's architecture. */
export interface PythonNetwork {
  readonly architecture: string;
  /** The library that builds it by this name, with our parameters' names; null: none does, as after a rewrite. */
  readonly library: 'timm' | 'torchvision' | null;
}

/** A program text; English, as programs are. */
export interface Sample {
  readonly value: 'terminal' | 'node' | 'python';
  readonly label: string;
  readonly code: string;
}
