import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AnnealError } from '../src/base/errors.ts';
import { lastLines, runProcess } from './setup/run-process.ts';

/** A package of the npm registry that npm does not install here, since it is made for another Node. */
export interface RegistryPackage {
  readonly name: string;
  readonly version: string;
  /** As in a lock file: 'sha512-' and the digest in base64. */
  readonly integrity: string;
}

/**
 * The folder of an unpacked package in the cache, fetched with npm when it is not there.
 * @throws `packaging.fetchFailed` where npm cannot get it or its content is not the one that `integrity` names
 */
export async function fetchPackage({ name, version, integrity }: RegistryPackage, cache: string): Promise<string> {
  const folder = join(cache, 'packages', `${name.replace('/', '+')}-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(join(cache, 'packages'), { recursive: true });
  const temporary = await mkdtemp(`${folder}.`);
  const failed = (detail: string): AnnealError =>
    new AnnealError('packaging.fetchFailed', { name: `${name} ${version}`, detail }, { kind: 'failure' });
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const fetched = await runProcess(npm, ['pack', `${name}@${version}`, '--silent', '--pack-destination', temporary]);
    const archive = (await readdir(temporary)).find((file) => file.endsWith('.tgz'));
    if (fetched.code !== 0 || archive === undefined) throw failed(lastLines(fetched.output, 1));
    const digest = createHash('sha512').update(await readFile(join(temporary, archive)));
    if (`sha512-${digest.digest('base64')}` !== integrity) throw failed('its checksum is another one');
    const unpacked = await runProcess('tar', ['-xzf', archive], { cwd: temporary });
    if (unpacked.code !== 0) throw failed(lastLines(unpacked.output, 1));
    await rename(join(temporary, 'package'), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // another packaging was faster
    });
    return folder;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
