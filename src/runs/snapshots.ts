import { join } from 'node:path';
import { loadParameters } from '../nn/load-parameters.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { FineTuneSetup } from '../train/fine-tune-setup.ts';
import { hostParameters } from '../train/host-parameters.ts';
import { parametersBehind, stateDict } from '../train/network.ts';
import type { RunContext } from '../train/run-context.ts';
import type { ListedMember } from '../stored/members.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { saveMember } from './save-member.ts';
import type { Trained, TrainedMember } from './trained.ts';

export interface NewSnapshot {
  /** Among the snapshots of the plan, from 0. */
  readonly index: number;
  /** What training changed, runtime layout. */
  readonly params: Readonly<Record<string, Tensor>>;
  readonly accuracy: Accuracy | null;
  readonly milliseconds: number | null;
}

/** Stores what lies behind the freeze boundary as a member. Repeating it after a crash changes nothing. */
export function saveSnapshot(
  context: RunContext,
  { network, boundary }: FineTuneSetup,
  { index, params, accuracy, milliseconds }: NewSnapshot,
): Promise<ListedMember> {
  const all = { ...network.params, ...params };
  const tensors = hostParameters(network.spec, all, parametersBehind(network.spec, boundary));
  return saveMember(context, { kind: 'snapshot', index, tensors, accuracy, milliseconds });
}

/** The changing parameters of a stored member. The caller disposes them. */
export async function loadSnapshot(
  context: RunContext,
  setup: FineTuneSetup,
  member: Pick<ListedMember, 'file'>,
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
  members: readonly TrainedMember[],
): Pick<Trained, 'spec' | 'trunk' | 'members' | 'predict' | 'dispose'> {
  const { spec, params } = setup.network;
  return {
    spec,
    trunk: trunkOf(setup),
    members,
    async predict(pictures) {
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
