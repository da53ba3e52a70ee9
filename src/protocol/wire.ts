import * as v from 'valibot';
import type { FailureData } from '../base/failure.ts';
import { commandInputs, type CommandName, type WorkspaceChange } from './engine-api.ts';
import type { Progress } from './lane-job.ts';
import type { StoredEvent } from './run-record.ts';

/**
 * What crosses between a window and the engine host, alike over a WebSocket and over Electron's message ports. `id` is chosen by
 * the window, unique on its connection. Everything a window sends is checked against `toHostSchema` before it is looked at. A
 * WebSocket carries JSON: a number that is not finite (the loss of a diverged step) arrives as null.
 */
const id = v.pipe(v.number(), v.integer(), v.minValue(1));
const commandNames = Object.keys(commandInputs) as [CommandName, ...CommandName[]];

export const toHostSchema = v.variant('type', [
  /** `input` is checked by the command's own schema. */
  v.strictObject({ type: v.literal('call'), id, command: v.picklist(commandNames), input: v.unknown() }),
  v.strictObject({ type: v.literal('cancel'), id }),
  v.strictObject({ type: v.literal('subscribe'), id, runId: v.string(), from: v.pipe(v.number(), v.minValue(0)) }),
  v.strictObject({ type: v.literal('watch'), id }),
  v.strictObject({ type: v.literal('unsubscribe'), id }),
]);

export type ToHost = v.InferOutput<typeof toHostSchema>;

export type FromHost =
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: FailureData }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  /** In order of `seq`, each once; for a slow listener steps may be missing, nothing else. */
  | { readonly type: 'events'; readonly id: number; readonly events: readonly StoredEvent[] }
  | { readonly type: 'changed'; readonly id: number; readonly change: WorkspaceChange };
