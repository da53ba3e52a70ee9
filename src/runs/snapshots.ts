import { join } from 'node:path';
import { storeWeights } from '../ensemble/model-folder.ts';
import type { EnsembleMember } from '../ensemble/ensemble-model.ts';
import { loadParameters } from '../nn/load-parameters.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import type { FineTuneSetup } from '../train/fine-tune-setup.ts';
import { hostParameters } from '../train/host-parameters.ts';
import { parametersBehind, stateDict } from '../train/network.ts';
import type { RunContext } from '../train/run-context.ts';
import type { Trained } from './trained.ts';

/** Stores what lies behind the freeze boundary as a member and tells of it. Repeating it after a crash changes nothing. */
export async function saveSnapshot(
  context: RunContext,
  setup: FineTuneSetup,
  cycle: number,
  params: Record<string, Tensor>,
  accuracy: Accuracy | null,
): Promise<EnsembleMember> {
  const { network, boundary } = setup;
  const all = { ...network.params, ...params };
  const tensors = hostParameters(network.spec, all, parametersBehind(network.spec, boundary));
  const file = await storeWeights(context.job.runFolder, 'members', tensors);
  const name = `snapshot-${cycle + 1}`;
  const { sha256, bytes } = file;
  context.host.emit({
    type: 'snapshotSaved',
    step: context.step,
    snapshot: { name, cycle, step: context.step, sha256, bytes, accuracy },
  });
  return { name, weight: 1, accuracy, ...file };
}

/** The changing parameters of a stored member. The caller disposes them. */
export async function loadSnapshot(
  context: RunContext,
  setup: FineTuneSetup,
  member: EnsembleMember,
): Promise<Record<string, Tensor>> {
  const { tensors } = await readSafetensors(join(context.job.runFolder, member.file));
  const { spec } = setup.network;
  const part = { ...spec, params: spec.params.filter(({ name }) => tensors.has(name)) };
  const loaded = loadParameters(part, stateDict(tensors));
  const changing = new Set(setup.changing);
  for (const [name, tensor] of Object.entries(loaded)) if (!changing.has(name)) tensor.dispose();
  return Object.fromEntries(Object.entries(loaded).filter(([name]) => changing.has(name)));
}

/** The layers below the freeze boundary, which no member changes. */
export function trunkOf({ network, boundary, freezeTo }: FineTuneSetup): Trained['trunk'] {
  if (freezeTo === 0) return null;
  const { spec, params } = network;
  const behind = parametersBehind(spec, boundary);
  const below = Object.keys(params).filter((name) => !behind.has(name));
  return { to: boundary, tensors: hostParameters(spec, params, below) };
}

/** What a finished regime tells of members that were saved as snapshots. Takes over the setup. */
export function trainedSnapshots(
  context: RunContext,
  setup: FineTuneSetup,
  members: readonly EnsembleMember[],
): Pick<Trained, 'spec' | 'trunk' | 'members' | 'judge' | 'dispose'> {
  const { spec, params } = setup.network;
  return {
    spec,
    trunk: trunkOf(setup),
    members,
    async judge(pictures) {
      const evaluator = await setup.evaluatorFor(pictures);
      const probabilities: Float32Array[] = [];
      for (const member of members) {
        const values = await loadSnapshot(context, setup, member);
        probabilities.push(await evaluator.probabilities(values, pictures));
        tf.dispose(values);
      }
      evaluator.dispose();
      return probabilities;
    },
    async dispose() {
      await setup.dispose();
      tf.dispose(params);
    },
  };
}
