import { memberIndexOf, memberKindOf } from '../protocol/member-kinds/index.ts';
import { eventSchema, type RunEvent } from '../protocol/run-event.ts';
import { fieldsOf, storedKind } from './kind.ts';
import { withFigures } from './run.ts';

/** An event of a run, steps left out: those lie in columns (store/step-chunks.ts). */
export const eventKind = storedKind<RunEvent>('event', eventSchema, [withPlanAndKinds, withResultFigures]);

/** From version 1 to 2: a run that starts tells its plan, not only how many steps it has, and a member has a kind, not only a cycle. */
function withPlanAndKinds(raw: unknown): unknown {
  const event = fieldsOf(raw);
  if (event['type'] === 'runStarted') return { ...event, plan: null, stepsBefore: 0 };
  if (event['type'] !== 'snapshotSaved') return event;
  const { cycle, ...snapshot } = fieldsOf(event['snapshot']);
  const name = String(snapshot['name']);
  return { ...event, snapshot: { ...snapshot, kind: memberKindOf(name), index: cycle ?? memberIndexOf(name) } };
}

/** From version 2 to 3: the result that a run ends with has figures beside its accuracies. */
function withResultFigures(raw: unknown): unknown {
  const event = fieldsOf(raw);
  return event['type'] === 'runFinished' ? { ...event, result: withFigures(event['result']) } : event;
}
