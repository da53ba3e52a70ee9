import { damaged, decode, storedKind, upgrade } from '../stored/kind.ts';
import { ensembleModelSchema, type EnsembleModel } from './ensemble-model.ts';
import { secondVersion, thirdVersion } from './upgrade-model.ts';

const modelKind = storedKind<EnsembleModel>('model', ensembleModelSchema, [secondVersion, thirdVersion]);

/** A model record that came from outside; `where` names its file in errors. @throws stored.newer, stored.damaged */
export function parseModel(text: string, where: string): EnsembleModel {
  return consistent(decode(modelKind, text, where), where);
}

/** The same for a record that is part of another file. */
export function checkModel(data: unknown, where: string): EnsembleModel {
  return consistent(upgrade(modelKind, data, where), where);
}

/** What a schema cannot say. */
function consistent(model: EnsembleModel, where: string): EnsembleModel {
  const fail = (at: string, detail: string) => damaged(modelKind.name, where, at, detail);
  if (!model.members.some(({ weight }) => weight > 0)) throw fail('members', 'no member has a weight above 0');
  for (const [index, member] of model.members.entries()) {
    if (member.spec && model.trunk)
      throw fail(`members.${index}.spec`, 'a member on a shared trunk has the network of the model');
  }
  for (const spec of [model.spec, ...model.members.flatMap((member) => member.spec ?? [])]) {
    if (spec.classes !== model.labels.length)
      throw fail('spec.classes', `${spec.classes} outputs for ${model.labels.length} labels`);
  }
  return model;
}
