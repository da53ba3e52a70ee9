import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { linear } from './linear.ts';
import type { ScheduleKind, ScheduleSettings } from './schedule-kind.ts';
import { sgdr } from './sgdr.ts';
import { stepDecay } from './step-decay.ts';

export type ScheduleKinds = Readonly<Record<ScheduleSettings['name'], ScheduleKind>>;

/** Every schedule by the name that `schedule.name` gives it; a name without one does not compile. */
export const scheduleKinds: ScheduleKinds = { constant, linear, cosine, step: stepDecay, sgdr };
