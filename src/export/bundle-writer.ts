import { createHash } from 'node:crypto';
import { resizeDefinition } from '../data/decode-picture.ts';
import { AnnealError } from '../base/errors.ts';
import type { EnsembleMember, EnsembleModel, WeightsFile } from '../ensemble/ensemble-model.ts';
import { manifestName, manifestVersion, type Manifest } from './manifest.ts';
import { labelsText } from './labels-text.ts';
import { modelCardText } from '../messages/model-card/index.ts';
import type { ExportedModel } from './exporter.ts';
import { largestZipBytes, writeZip, type ZipEntry } from './zip-writer.ts';

/**
 * Writes the members that are averaged and all that is needed to use them into one zip file: manifest.json, labels.txt, MODEL_CARD.md,
 * trunk.safetensors (where shared) and members/*.safetensors. Equal models give equal bytes. Fails where `path` exists.
 * `fileName`: what the finished file will be called, for the card's examples.
 * Throws `export.tooLarge` above what readers take.
 */
export async function writeBundle(
  { files, card, versions }: ExportedModel,
  path: string,
  fileName: string,
): Promise<Manifest> {
  const { model, sources } = bundled(files.model);
  const total = [...sources.keys()].reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > largestZipBytes - 2 ** 24)
    throw new AnnealError('export.tooLarge', { path, received: total, limit: largestZipBytes - 2 ** 24 });
  const texts = new Map([
    ['labels.txt', labelsText(model.labels)],
    ['MODEL_CARD.md', modelCardText(card, 'en', fileName)],
  ]);
  const manifest: Manifest = {
    formatVersion: manifestVersion,
    kind: 'anneal-bundle',
    versions,
    resizeDefinition: resizeDefinition(model.preprocessing),
    model,
    files: [
      ...[...texts].map(([file, text]) => describe(file, encode(text))),
      ...[...sources.keys()].map(({ file, sha256, bytes }) => ({ file, sha256, bytes })),
    ],
  };
  const entries: ZipEntry[] = [
    { name: manifestName, read: () => Promise.resolve(encode(`${JSON.stringify(manifest, null, 2)}\n`)) },
    ...[...texts].map(([name, text]) => ({ name, read: () => Promise.resolve(encode(text)) })),
    ...[...sources].map(([target, source]) => ({ name: target.file, read: () => files.bytes(source) })),
  ];
  await writeZip(path, entries);
  return manifest;
}

/** The record as the bundle has it, and for each of its weights' files the one it comes from. */
function bundled(original: EnsembleModel): { model: EnsembleModel; sources: Map<WeightsFile, WeightsFile> } {
  const sources = new Map<WeightsFile, WeightsFile>();
  const trunk = original.trunk && { ...original.trunk, file: 'trunk.safetensors' };
  if (trunk && original.trunk) sources.set(trunk, original.trunk);
  const members: EnsembleMember[] = [];
  for (const member of original.members.filter(({ weight }) => weight > 0)) {
    const safeName = member.name.replace(/[^A-Za-z0-9_-]+/g, '-');
    const copy = { ...member, file: `members/${String(members.length + 1).padStart(2, '0')}-${safeName}.safetensors` };
    sources.set(copy, member);
    members.push(copy);
  }
  return { model: { ...original, trunk, members }, sources };
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function describe(file: string, data: Uint8Array): WeightsFile {
  return { file, sha256: createHash('sha256').update(data).digest('hex'), bytes: data.length };
}
