/** The frame: header, navigation, strip, palette, shortcuts. */
export const shell = {
  steps: 'Steps',
  inspector: 'Inspector',
  runningJob: 'Running job',
  views: {
    start: 'Start',
    dataset: 'Pictures',
    train: 'Train',
    run: 'Run',
    ensemble: 'Ensemble',
    tryIt: 'Try it',
    export: 'Export',
    models: 'Models',
    runs: 'Runs',
    settings: 'Settings',
  },
  missing: {
    dataset: 'This step works on a dataset. Open a folder of pictures first.',
    run: 'This step works on a trained run. Train one first.',
    openFolder: 'Open a folder',
    train: 'Go to Train',
    runs: 'Choose a run',
  },
};
