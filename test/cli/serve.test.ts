import { createServer } from 'node:net';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anneal, hasStackTrace, jsonLines, startAnneal } from '../support/anneal.ts';
import { openPage } from '../support/browser-page.ts';
import { answer } from '../support/port-window.ts';
import type { Script } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyPictures, tinyTraining } from '../support/tiny-training.ts';

/** The window may have to be built first. */
const patient = { seconds: 300 };

/** Resolves with the first line of stdout. */
function firstLine({ child, end }: Script): Promise<Record<string, unknown>> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))) as Record<string, unknown>);
    });
    void end.then(({ stderr }) => reject(new Error(stderr)));
  });
}

describe('anneal serve', { timeout: 300_000 }, () => {
  it('says first where it serves, serves the built window there, and stops a run behind a checkpoint', async () => {
    const memory = temporaryFolder();
    const pictures = await tinyPictures(join(memory, 'pictures'));
    const workspace = join(memory, 'workspace');
    const run = startAnneal(['serve', pictures, '--json', '--port', '0', '--workspace', workspace], patient);
    const said = await firstLine(run);
    expect(said).toMatchObject({ type: 'serving', allowed: expect.arrayContaining([pictures]) });
    const url = String(said['url']);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}#\/dataset\/1$/);
    expect(new URL(url).port).toBe(String(said['port']));

    const page = await openPage(url);
    const { text } = await page.get('/');
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(text)![1]!;
    expect(await page.get(script)).toMatchObject({ status: 200, headers: { 'content-type': /javascript/ } });
    expect(text).not.toMatch(/<script(?![^>]*src=)|style=/);

    const window = page.socket();
    await window.opened;
    window.send({ type: 'call', id: 1, command: 'startRun', input: { folder: pictures, ...tinyTraining(3, 40) } });
    expect(await window.got(answer(1))).toMatchObject({ type: 'result' });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    run.child.kill('SIGINT');
    const end = await run.end;
    expect(end.code).toBe(0);
    expect(hasStackTrace(end)).toBe(false);
    expect(jsonLines(end)).toHaveLength(1);
    const runs = jsonLines(await anneal(['runs', '--json', '--workspace', workspace])).at(-1)!;
    expect(JSON.stringify(runs)).toContain('"state":"interrupted"');
  });

  it('refuses a port that is taken, a port that is none, and a folder to allow that is not there', async () => {
    const memory = temporaryFolder();
    const common = ['--json', '--workspace', join(memory, 'workspace')];
    mkdirSync(join(memory, 'pictures'));
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const cases: [string[], RegExp][] = [
      [['--port', String(port)], /Another program already uses port/],
      [['--port', '70000'], /Expected a number from 0 to 65535/],
      [['--allow', join(memory, 'nowhere')], /nowhere/],
    ];
    try {
      for (const [args, words] of cases) {
        const end = await anneal(['serve', ...args, ...common], patient);
        expect(end.code, args.join(' ')).toBe(2);
        expect(end.stderr).toMatch(words);
        expect(hasStackTrace(end)).toBe(false);
      }
    } finally {
      taken.close();
    }
  });
});
