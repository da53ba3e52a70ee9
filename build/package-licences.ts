import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShippedPackage } from './package-modules.ts';
import { TENSORFLOW_VERSION } from './setup/wheels.ts';

/** The licences of all packages that are shipped, one after the other, as text. */
export async function licencesText(packages: readonly ShippedPackage[]): Promise<string> {
  const parts = await Promise.all([...packages].sort((a, b) => a.name.localeCompare(b.name, 'en')).map(licenceOf));
  const head = `Anneal is shipped with parts of ${packages.length} packages of others, each under its own licence.\n`;
  const library =
    `TensorFlow ${TENSORFLOW_VERSION} (Apache-2.0)\nhttps://www.tensorflow.org/\n\n` +
    'Its C library, out of the Python package of that version. The licence is the one of Anneal; its text is in the file LICENSE.\n';
  return [head, library, ...parts].join(`\n${'-'.repeat(100)}\n\n`);
}

async function licenceOf({ folder, name, version }: ShippedPackage): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    license?: string | { type: string };
    repository?: string | { url: string };
  };
  const { license, repository } = manifest;
  const kind = typeof license === 'object' ? license.type : (license ?? 'no licence named');
  const source = typeof repository === 'object' ? repository.url : repository;
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return (
    [`${name} ${version} (${kind})`, ...(source ? [source] : []), '', ...texts.map((text) => text.trim())].join('\n') +
    '\n'
  );
}
