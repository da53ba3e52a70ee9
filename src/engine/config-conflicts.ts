import { AnnealError } from '../base/errors.ts';
import { toFailure } from '../base/failure.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import type { FieldProblem } from '../protocol/train-plan.ts';

/** Settings that are each right but contradict each other, at the one that would give way. */
export function conflictsOf(config: TrainConfig): FieldProblem[] {
  const { data, loss, schedule, model } = config;
  const problems: FieldProblem[] = [];
  const add = (key: string, error: AnnealError, nearest: FieldProblem['nearest']): void =>
    void problems.push({ key, failure: toFailure(error), nearest });
  if (data.sampler === 'balanced' && loss.classWeights === 'balanced') {
    const first = 'data.sampler=balanced';
    const params = { first, second: 'loss.classWeights=balanced', why: 'rare classes would be weighted twice' };
    add('loss.classWeights', new AnnealError('config.conflict', params), 'none');
  }
  if (schedule.minLearningRate > schedule.maxLearningRate) {
    const first = `schedule.minLearningRate=${schedule.minLearningRate}`;
    const second = `schedule.maxLearningRate=${schedule.maxLearningRate}`;
    const params = { first, second, why: 'the floor lies above the peak' };
    add('schedule.minLearningRate', new AnnealError('config.conflict', params), schedule.maxLearningRate);
  }
  if (!model.pretrained && model.backbone === 'auto')
    add('model.backbone', new AnnealError('engine.autoNeedsPretrained', {}), 'resnet20');
  return problems;
}
