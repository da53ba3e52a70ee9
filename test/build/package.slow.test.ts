import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { drawSampleDataset } from '../../src/data/sample-dataset.ts';
import type { RunEvent } from '../../src/protocol/run-event.ts';
import { UtilityProcess } from '../support/electron-utility.ts';
import { repositoryRoot } from '../support/source-imports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyPictures, tinyTraining } from '../support/tiny-training.ts';
import { utilityClient, type WindowClient } from '../support/window-client.ts';

const canBePackaged = process.platform === 'linux' && process.arch === 'x64';
const reason = canBePackaged ? '' : ' (skipped: the stand-in for Electron is for Linux on x64)';

/** Outside the project, so that nothing of it can be found by accident. */
const out = mkdtempSync(join(tmpdir(), 'anneal-package-'));
const application = join(out, 'linux-unpacked');
const engine = join(application, 'resources', 'engine');
const megabytes = (bytes: number): number => bytes / 1e6;

describe.skipIf(!canBePackaged)(`packaged application${reason}`, () => {
  beforeAll(() => {
    const args = ['--import', 'tsx', join(repositoryRoot, 'build', 'package.ts'), '--dir', '--stand-in', '--out', out];
    execFileSync(process.execPath, args, { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'inherit'] });
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  const files = (): { path: string; bytes: number }[] =>
    readdirSync(application, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: path.slice(application.length + 1), bytes: statSync(path).size }));

  it('holds what it can load and little else', () => {
    const paths = files().map(({ path }) => path);
    const needless = /\.(map|ts|tsx|c|cc|h|hpp|gyp|py)$|(^|\/)(test|tests|docs|example|examples)\/|win32|darwin|musl/;
    expect(paths.filter((path) => needless.test(path) && !path.includes('sharp-libvips'))).toEqual([]);
    const total = files().reduce((sum, { bytes }) => sum + bytes, 0);
    expect(megabytes(total)).toBeLessThan(700);
    const withoutLibraries = files().filter(({ path }) => !/libtensorflow|linux-unpacked\/anneal$|^anneal$/.test(path));
    expect(megabytes(withoutLibraries.reduce((sum, { bytes }) => sum + bytes, 0))).toBeLessThan(80);
  });

  it('keeps the library where the add-on looks for it, and the weights where the engine does', () => {
    const paths = files().map(({ path }) => path);
    const tensorflow = 'resources/engine/node_modules/@tensorflow/tfjs-node-gpu';
    expect(paths).toEqual(
      expect.arrayContaining([
        'resources/app.asar',
        `${tensorflow}/lib/napi-v8/tfjs_binding.node`,
        `${tensorflow}/deps/lib/libtensorflow_cc.so.2`,
        'resources/engine/pretrained/manifest.json',
        'resources/engine/pretrained/efficientnet_lite0.safetensors',
      ]),
    );
  });

  it('tells the licences of all that it ships', () => {
    const text = readFileSync(join(engine, 'THIRD-PARTY.txt'), 'utf8');
    for (const name of [
      'TensorFlow 2',
      'svelte',
      'uplot',
      'sharp',
      '@img/sharp-libvips',
      'libheif-js',
      'better-sqlite3',
    ])
      expect(text, name).toContain(`\n${name}`);
  });

  describe('engine', () => {
    const children: UtilityProcess[] = [];
    afterAll(() => children.forEach((child) => child.kill()));

    /** The packaged engine host, run by the packaged program. */
    async function startEngine(env: NodeJS.ProcessEnv = {}): Promise<WindowClient> {
      const args = ['--workspace', temporaryFolder()];
      const host = new UtilityProcess(join(engine, 'dist', 'electron', 'engine-host.js'), args, {
        execPath: join(application, 'anneal'),
        env: { HOME: out, PATH: process.env['PATH'], ...env },
      });
      children.push(host);
      await new Promise<void>((resolve, reject) => {
        host.on('message', (message: { type: string }) => {
          if (message.type === 'ready') resolve();
        });
        host.once('exit', (code) => reject(new Error(`the engine host ended with ${code}`)));
      });
      return utilityClient(host);
    }

    const ended = (client: WindowClient, runId: string): Promise<RunEvent> =>
      new Promise((resolve) => {
        client.subscribe({ runId, from: 0 }, (events) => {
          const end = events.find(({ event }) => event.type === 'runFinished' || event.type === 'runFailed');
          if (end) resolve(end.event);
        });
      });

    it('computes with its own TensorFlow under Node 24', async () => {
      const client = await startEngine();
      const report = await client.call('doctor', {});
      expect(report.node).toMatch(/^v?24\./);
      expect(report.runtime).toMatchObject({ backend: 'native', version: '2.15.1' });
      expect(report.backbones.join()).toContain('lite0');
    });

    it('falls back to WebAssembly with files of its own', async () => {
      const client = await startEngine({ ANNEAL_RUNTIME: 'wasm' });
      expect((await client.call('doctor', {})).runtime.backend).toBe('wasm');
    });

    it('trains on the sample, predicts, exports, and predicts with the export', async () => {
      const client = await startEngine();
      const folder = join(temporaryFolder(), 'sample');
      await drawSampleDataset(folder, { perClass: 8 });
      const { runId } = await client.call('startRun', { folder, preset: 'quick' });
      expect(await ended(client, runId)).toMatchObject({ type: 'runFinished' });
      const [label] = readdirSync(folder);
      const picture = join(folder, label!, '000.jpg');
      const asked = await client.call('predict', { model: runId, paths: [picture] });
      expect(asked.classes).toContain(label);
      const path = join(temporaryFolder(), 'sample.anneal');
      const exported = await client.call('exportRun', { run: runId, format: 'bundle', path });
      expect(exported.verification).toBeTruthy();
      const again = await client.call('predict', { model: path, paths: [picture] });
      expect(again.predictions[0]!.label).toBe(asked.predictions[0]!.label);
      expect(again.predictions[0]!.probability).toBeCloseTo(asked.predictions[0]!.probability, 3);
    });

    it('trains a network from random weights, step by step', async () => {
      const client = await startEngine();
      const folder = await tinyPictures(join(temporaryFolder(), 'pictures'));
      const { runId } = await client.call('startRun', { folder, ...tinyTraining() });
      const end = await ended(client, runId);
      expect(end).toMatchObject({ type: 'runFinished', result: { members: [{}, {}] } });
    });
  });
});
