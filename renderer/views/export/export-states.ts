import type { AnnealClient } from '../../client/client.ts';
import { ExportState } from './export-state.svelte.ts';

const states = new Map<string, ExportState>();

/** The export of a run as it was left. */
export function exportStateOf(client: AnnealClient, runId: string): ExportState {
  const state = states.get(runId) ?? new ExportState(client, runId);
  states.set(runId, state);
  return state;
}
