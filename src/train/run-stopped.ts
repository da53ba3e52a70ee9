/** Thrown by training after `control()` said 'stop' and a checkpoint was kept. */
export class RunStopped extends Error {
  constructor() {
    super('The run was stopped; its checkpoint is kept.');
    this.name = 'RunStopped';
  }
}
