import { readFile } from 'node:fs/promises';
import { AnnealError } from '../../base/errors.ts';
import type { PresetName } from '../../settings/preset-names.ts';
import { followRun } from '../follow-run.ts';
import { withEngine, type CommonOptions } from '../session.ts';

export interface TrainOptions extends CommonOptions {
  readonly preset?: PresetName;
  readonly backbone?: string;
  readonly config?: string;
  readonly set: readonly string[];
  readonly seed?: string;
  readonly groupBy?: string;
  readonly test: boolean;
  readonly trial?: boolean;
  readonly name?: string;
}

export async function train(folder: string, options: TrainOptions): Promise<void> {
  await withEngine(options, async (session) => {
    const { preset, backbone, config, seed, groupBy, name } = options;
    // Flags win over --set, which wins over the file.
    const set = [...options.set];
    if (backbone !== undefined) set.push(`model.backbone=${backbone}`);
    if (seed !== undefined) set.push(`seed=${seed}`);
    if (groupBy !== undefined) set.push(`data.groupBy=${groupBy}`);
    if (!options.test) set.push('data.noTest=true');
    const input = {
      folder,
      set,
      ...(preset === undefined ? {} : { preset }),
      ...(config === undefined ? {} : { config: await readConfig(config) }),
      ...(name === undefined ? {} : { name }),
      ...(options.trial ? { purpose: 'trial' as const } : {}),
    };
    const { runId } = await session.engine.startRun(input, session.hooks);
    session.output.line(`Run ${runId}`);
    return followRun(session, runId, 0);
  });
}

async function readConfig(path: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, 'utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw new AnnealError('config.badFile', { path, detail: error instanceof Error ? error.message : String(error) });
  }
  throw new AnnealError('config.badFile', { path, detail: 'something else than an object' });
}
