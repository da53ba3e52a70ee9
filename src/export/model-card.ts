import { decodeTarget } from '../data/decode-target.ts';
import { averagedMembers, type EnsembleModel } from '../ensemble/ensemble-model.ts';
import { architectures } from '../models/index.ts';
import type { PythonNetwork } from '../protocol/formats/export-format.ts';
import type { ModelCard, RunFacts } from '../protocol/model-card.ts';
import { sameMembers } from '../protocol/same-members.ts';

/** What is known of a model, and of its run where that is at hand. */
export function modelCard(model: EnsembleModel, run: RunFacts | null): ModelCard {
  const { name, labels, metrics, origin, preprocessing, temperature } = model;
  const averaged = averagedMembers(model);
  // The test set may have been opened after the model was written.
  const sealed =
    run?.seal &&
    sameMembers(
      run.seal.members,
      averaged.map(({ member }) => member),
    )
      ? run.seal.accuracy
      : null;
  return {
    name,
    labels,
    members: averaged.map(({ member, share }) => ({ name: member.name, share, accuracy: member.accuracy })),
    accuracy: metrics.ensemble,
    test: metrics.test ?? sealed,
    network: networkOf(model),
    backbone: origin.backbone,
    preset: origin.preset,
    dataset: {
      name: origin.dataset,
      trainingPictures: origin.trainingPictures,
      contentHash: origin.contentHash,
    },
    temperature,
    preprocessing,
    side: decodeTarget(preprocessing).side,
    run,
  };
}

/** The network that every averaged member's weights fit; in no library where members differ or a rewrite has renamed it. */
function networkOf(model: EnsembleModel): PythonNetwork {
  const names = new Set(averagedMembers(model).map(({ member }) => (member.spec ?? model.spec).architecture));
  const [architecture] = names;
  return names.size === 1 && architecture !== undefined
    ? { architecture, library: architectures.get(architecture)?.library ?? null }
    : { architecture: model.spec.architecture, library: null };
}
