import type { AxisKind } from './run-axis.ts';

/** How this person looks at curves; the same for every run until the window closes. */
class PlotSettings {
  axis = $state<AxisKind>('epoch');
  logLoss = $state(false);
  /** Weight of the past in the smoothed training loss, 0 to 0.99. */
  smoothing = $state(0.6);
}

export const plotSettings = new PlotSettings();
