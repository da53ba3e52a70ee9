import type { ErrorParams } from '../../base/errors.ts';

/** '3.1 GB' */
export const gigabytes = (bytes: ErrorParams[string] | undefined): string => `${(Number(bytes) / 1e9).toFixed(1)} GB`;
