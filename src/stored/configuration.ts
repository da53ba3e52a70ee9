import * as v from 'valibot';
import { configVersion, trainConfigSchema, type TrainConfig } from '../settings/train-config.ts';
import { fillAbsent } from '../settings/upgrade.ts';
import { fieldsOf, storedKind, type UpgradeStep } from './kind.ts';

/** Of each version but the last: what declarations of a later one added is off. */
const steps = Array.from(
  { length: configVersion - 1 },
  (_, i): UpgradeStep =>
    (raw) =>
      fillAbsent(fieldsOf(raw), i + 1),
);

/** Of a run: whatever it lacks is off, as it was when the run was made. */
export const configurationKind = storedKind<TrainConfig>(
  'configuration',
  v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform((raw) => fillAbsent(raw, 0)),
    trainConfigSchema,
  ),
  steps,
);
