import type { Paper, Setting } from '../../src/settings/declaration.ts';

/** A setting as a form shows it: the declaration with its words in the language at hand. */
export interface FieldEntry {
  readonly field: Setting;
  readonly label: string;
  readonly unit: string | null;
  /** One line: why one would change it. */
  readonly why: string;
  /** What "?" unfolds: when to change it. */
  readonly help: string;
  readonly paper: Paper | null;
  /** The default as it would stand in the field. */
  readonly placeholder: string;
}

/** What stands under a field that cannot be used as it is. */
export interface FieldError {
  readonly message: string;
  /** Worth knowing, but no reason not to go on. */
  readonly warning: boolean;
  /** The nearest value that can be used, with the words of its button. */
  readonly nearest: { readonly value: unknown; readonly label: string } | null;
}
