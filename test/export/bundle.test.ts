import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readModelFolder, writeModelFolder, type ModelFiles } from '../../src/ensemble/model-folder.ts';
import { openBundle } from '../../src/export/bundle-reader.ts';
import { writeBundle } from '../../src/export/bundle-writer.ts';
import { modelCard } from '../../src/export/model-card.ts';
import { openModel } from '../../src/export/open-model.ts';
import { tinyDraft } from '../support/tiny-model.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anneal-bundle-'));
  path = join(folder, 'flowers.anneal');
});
let toClose: ModelFiles[] = [];
afterEach(async () => {
  for (const bundle of toClose) await bundle.close();
  toClose = [];
  await rm(folder, { recursive: true, force: true });
});

async function exportTiny(shared: boolean, to = path) {
  await writeModelFolder(join(folder, 'run'), tinyDraft(shared));
  return write(await readModelFolder(join(folder, 'run')), to);
}

function write(files: ModelFiles, to: string) {
  const model = { files, card: modelCard(files.model, null), versions: { anneal: '0.1.0' } };
  return writeBundle(model, to, 'flowers.anneal');
}

/** Opened and closed again after the test: a bundle stays open as long as it is used. */
async function opened(at = path) {
  const bundle = await openBundle(at);
  toClose.push(bundle);
  return bundle;
}

/** Rewrites the bundle with other contents, as an attacker or a broken disk would. */
async function tamper(change: (files: Record<string, Uint8Array>) => void) {
  const files = unzipSync(await readFile(path));
  change(files);
  await writeFile(path, zipSync(files));
}

type Json = Record<string, unknown>;
const changeManifest = (change: (manifest: Json) => void) =>
  tamper((files) => {
    const manifest = JSON.parse(new TextDecoder().decode(files['manifest.json'])) as Json;
    change(manifest);
    files['manifest.json'] = strToU8(JSON.stringify(manifest));
  });

describe('bundle', () => {
  it.each([true, false])('gives back the averaged members, bit for bit (shared trunk: %s)', async (shared) => {
    await exportTiny(shared);
    const draft = tinyDraft(shared);
    const bundle = await openModel({ kind: 'bundle', path });
    toClose.push(bundle);
    expect(bundle.model.labels).toEqual(draft.labels);
    expect(bundle.model.spec).toEqual(draft.spec);
    expect(bundle.model.members.map(({ name, weight }) => [name, weight])).toEqual([
      ['cycle-1', 1],
      ['cycle-2', 2],
    ]);
    for (const [index, member] of bundle.model.members.entries()) {
      expect(Object.fromEntries(await bundle.weights(member))).toEqual(draft.members[index]!.tensors);
    }
    expect(bundle.model.trunk === null).toBe(!shared);
  });

  it('is the same bytes for the same model', async () => {
    await exportTiny(true);
    await exportTiny(true, join(folder, 'again.anneal'));
    expect(await readFile(join(folder, 'again.anneal'))).toEqual(await readFile(path));
  });

  it('can be exported again from a bundle', async () => {
    await exportTiny(true);
    const again = join(folder, 'again.anneal');
    await write(await opened(), again);
    expect(await readFile(again)).toEqual(await readFile(path));
  });

  it('can be read when somebody has packed its files again with compression', async () => {
    await exportTiny(true);
    await tamper(() => undefined);
    const bundle = await opened();
    await expect(bundle.weights(bundle.model.trunk!)).resolves.toBeDefined();
  });

  it('carries labels, resize definition and a card with accuracy, n and interval', async () => {
    const manifest = await exportTiny(true);
    const files = unzipSync(await readFile(path));
    const text = (name: string) => new TextDecoder().decode(files[name]);
    expect(text('labels.txt')).toBe('daisy\nrose, "wild"\nLöwenzahn\n');
    expect(manifest.resizeDefinition).toContain('27');
    const card = text('MODEL_CARD.md');
    for (const part of [
      '90.0 %',
      '100 test pictures',
      '82.6 % to 94.5 %',
      'strict=True',
      '0 daisy',
      'flowers.anneal',
      'the shorter side to 27',
    ]) {
      expect(card).toContain(part);
    }
  });
});

describe('a bundle that cannot be trusted', () => {
  beforeEach(() => exportTiny(true));
  const refusal = () => expect(openBundle(path)).rejects;

  it('is refused when weights were changed', async () => {
    await tamper((files) => {
      const data = files['trunk.safetensors']!;
      data[data.length - 3]! ^= 4;
    });
    const bundle = await opened();
    await expect(bundle.weights(bundle.model.trunk!)).rejects.toMatchObject({
      code: 'model.checksum',
      params: { file: 'trunk.safetensors' },
    });
  });

  it('is refused when labels were changed', async () => {
    await tamper((files) => (files['labels.txt'] = strToU8('rose\ndaisy\nLöwenzahn\n')));
    await refusal().toMatchObject({ code: 'model.checksum', params: { file: 'labels.txt' } });
  });

  it('is refused when a file is missing or one too many', async () => {
    await tamper((files) => delete files['members/01-cycle-1.safetensors']);
    const bundle = await opened();
    await expect(bundle.weights(bundle.model.members[0]!)).rejects.toMatchObject({ code: 'model.missingFile' });
    await tamper((files) => (files['../../evil.sh'] = strToU8('rm')));
    await refusal().toMatchObject({ code: 'export.strayFile', params: { file: '../../evil.sh' } });
  });

  it('is refused when the manifest points outside', async () => {
    await changeManifest((manifest) => Object.assign((manifest['files'] as Json[])[0]!, { file: '../../labels.txt' }));
    await refusal().toMatchObject({ code: 'stored.damaged', params: { at: 'files.0.file' } });
  });

  it('is refused when model and file list disagree', async () => {
    await changeManifest((manifest) =>
      Object.assign((manifest['model'] as { trunk: Json }).trunk, { sha256: 'a'.repeat(64) }),
    );
    await refusal().toMatchObject({ code: 'stored.damaged', params: { at: 'files' } });
  });

  it('is refused when it was written by a newer version', async () => {
    await changeManifest((manifest) => (manifest['formatVersion'] = 2));
    await refusal().toMatchObject({ code: 'stored.newer', params: { received: 2 } });
  });

  it('is refused when a file claims an absurd size', async () => {
    const data = await readFile(path);
    // The central directory holds each entry's true size 24 bytes after its signature.
    const at = data.indexOf(Buffer.from('PK\u0001\u0002'), 0, 'latin1');
    data.writeUInt32LE(0x7fff0000, at + 24);
    await writeFile(path, data);
    await refusal().toMatchObject({ code: 'export.absurdSize', params: { file: 'manifest.json' } });
  });

  it('is refused, in words, when it is no zip, cut short, a folder or not there', async () => {
    const data = await readFile(path);
    await writeFile(path, data.subarray(0, data.length / 2));
    await refusal().toMatchObject({ code: 'export.notABundle' });
    await writeFile(path, 'hello');
    await refusal().toMatchObject({ code: 'export.notABundle' });
    await writeFile(path, zipSync({ 'a.txt': strToU8('a') }));
    await refusal().toMatchObject({ code: 'export.notABundle' });
    await expect(openBundle(folder)).rejects.toMatchObject({ code: 'export.notABundle' });
    await expect(openBundle(join(folder, 'none.anneal'))).rejects.toMatchObject({ code: 'export.notFound' });
  });
});
