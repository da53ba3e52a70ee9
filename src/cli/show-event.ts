import type { RunEvent } from '../protocol/run-event.ts';
import { describeError } from '../messages/describe.ts';
import { accuracyText, percent, splitText } from './format.ts';
import type { Output } from './output.ts';
import { bar, progressText, timeLeft } from './progress-text.ts';

const rate = (value: number): string => value.toPrecision(2);

/** One event of a run for people: what passes goes to the status line, what stays is a line. */
export function showEvent(output: Output, event: RunEvent): void {
  switch (event.type) {
    case 'runStarted':
      if (event.attempt > 1) output.line(`Goes on from the last checkpoint (attempt ${event.attempt}).`);
      return;
    case 'phaseProgressed':
      return output.status(progressText(event));
    case 'stepEnded': {
      const { step, totalSteps, measures, picturesPerSecond, secondsLeft } = event;
      const { loss, learningRate } = { loss: measures['loss'] ?? NaN, learningRate: measures['learningRate'] ?? NaN };
      const speed = `${Math.round(picturesPerSecond)} pictures/s`;
      return output.status(
        `${'Training'.padEnd(20)} ${bar(step, totalSteps)} ${step}/${totalSteps}  loss ${loss.toFixed(3)}  rate ${rate(learningRate)}  ${speed}${timeLeft(secondsLeft)}`,
      );
    }
    case 'epochEnded': {
      const { epoch, totalEpochs, trainLoss, train, validation } = event;
      const seen = [`loss ${trainLoss.toFixed(3)}`];
      if (train) seen.push(`training ${percent(train.accuracy)}`);
      if (validation) seen.push(`validation ${accuracyText(validation)}`);
      return output.line(
        `Epoch ${String(epoch).padStart(String(totalEpochs).length)}/${totalEpochs}  ${seen.join('  ')}`,
      );
    }
    case 'snapshotSaved': {
      const { name, accuracy } = event.snapshot;
      return output.line(`  Snapshot ${name}${accuracy ? `: ${accuracyText(accuracy)}` : ''}`);
    }
    case 'ensembleEvaluated': {
      const { members, accuracy, gainOverBest, gainOverMean, disagreement, millisecondsPerPicture } = event.report;
      const gain = (value: number): string => `${value >= 0 ? '+' : '−'}${(Math.abs(value) * 100).toFixed(1)}`;
      const several = members.length > 1;
      const gains = `, ${gain(gainOverMean)} points over its members' mean, ${gain(gainOverBest)} over the best`;
      output.line(`  Ensemble of ${members.length}: ${accuracyText(accuracy)}${several ? gains : ''}`);
      if (several)
        output.line(
          `  Members disagree on ${percent(disagreement)}; ${millisecondsPerPicture.toFixed(1)} ms a picture`,
        );
      return;
    }
    case 'backboneCompared': {
      const { backbone, l2, accuracy, chosen } = event;
      return output.line(
        `${chosen ? '* ' : '  '}${backbone}, L2 ${rate(l2)}: ${accuracyText(accuracy)} ${splitText(accuracy.split)}`,
      );
    }
    case 'diagnosticFound': {
      const { message, hint } = describeError(event);
      return output.line(`Note: ${message}${hint ? ` ${hint}` : ''}`);
    }
    case 'runPaused':
      return output.line('Paused.');
    case 'runResumed':
      return output.line('Goes on.');
    case 'runQueued':
    case 'cycleEnded':
    case 'checkpointSaved':
    case 'runFinished':
    case 'runFailed':
    case 'runCancelled':
    case 'runInterrupted':
      return;
  }
}
