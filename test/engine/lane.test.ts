import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { forkLane, type LaneProcess } from '../../src/engine/fork-lane.ts';
import { Lane, LaneStopped } from '../../src/engine/lane.ts';
import { tinyPictures } from '../support/tiny-training.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('a lane does jobs one after the other, tells when its process was killed, stops when asked, and starts anew', async () => {
  const root = temporaryFolder();
  const folder = await tinyPictures(join(root, 'pictures'), 4);
  const cache = join(root, 'cache');
  mkdirSync(cache);
  const started: LaneProcess[] = [];
  const fork = (): LaneProcess => {
    const lane = forkLane();
    started.push(lane);
    return lane;
  };
  const lane = new Lane(fork, 60_000);
  onTestFinished(() => lane.close());
  const scan = (place: string) => lane.run<'scan'>({ kind: 'scan', root: place, cache });

  const crashed = scan(folder).result;
  const stopped = scan(folder);
  const bad = scan(join(root, 'nowhere')).result;
  const good = scan(folder).result;
  stopped.control('stop');
  const ends = Promise.allSettled([crashed, stopped.result, bad, good]);
  // The first job has begun by now, its process is still loading.
  await new Promise((resolve) => setTimeout(resolve, 10));
  started[0]!.kill();
  const [first, second, third, fourth] = await ends;
  expect(first).toMatchObject({
    status: 'rejected',
    reason: { code: 'engine.laneCrashed', params: { signal: 'SIGKILL' } },
  });
  expect(second).toMatchObject({ status: 'rejected', reason: expect.any(LaneStopped) as unknown });
  expect(third).toMatchObject({ status: 'rejected', reason: { code: 'data.rootMissing', kind: 'input' } });
  expect(fourth).toMatchObject({ status: 'fulfilled', value: { classes: ['blue', 'red'] } });
  expect(started).toHaveLength(2);
});
