import { build } from 'electron-builder';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AnnealError } from '../src/base/errors.ts';
import { toFailure } from '../src/base/failure.ts';
import { describeError } from '../src/messages/describe.ts';
import { builderConfiguration } from './electron-builder.ts';
import { findElectron } from './electron-dist.ts';
import { drawIcons } from './icons/draw.ts';
import { makeElectronStandIn } from './electron-stand-in.ts';
import { stageApplication } from './package-stage.ts';
import { cacheFolder } from './setup/cache-folder.ts';
import { ensureSetup } from './setup/ensure-setup.ts';

// `npm run package`: installers for the system it runs on, into `out/`. `-- --dir`: the program folder only, `-- --out FOLDER`:
// elsewhere, `-- --electron FOLDER`: around an unpacked release of Electron, `-- --stand-in`: around plain Node, for tests.
const log = (line: string): void => console.error(line);
const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    dir: { type: 'boolean' },
    out: { type: 'string' },
    electron: { type: 'string' },
    'stand-in': { type: 'boolean' },
  },
});

try {
  await makePackage();
} catch (error) {
  if (process.env['ANNEAL_DEBUG'] && error instanceof Error) log(error.stack ?? error.message);
  const { message, hint } = describeError(toFailure(error));
  log(hint ? `${message} ${hint}` : message);
  process.exitCode = 1;
}

async function makePackage(): Promise<void> {
  const cache = cacheFolder();
  const out = resolve(values.out ?? join(projectRoot, 'out'));
  const electronFolder = join(projectRoot, 'node_modules', 'electron');
  const { version } = JSON.parse(await readFile(join(electronFolder, 'package.json'), 'utf8')) as { version: string };
  const standIn = join(out, 'electron-stand-in');
  let isStandIn = values['stand-in'] === true;
  let electronDist = standIn;
  if (!isStandIn) {
    const found = await findElectron(electronFolder, version, values.electron && resolve(values.electron), log);
    if ('folder' in found) electronDist = found.folder;
    else {
      const obstacle = new AnnealError('packaging.noElectron', found.missing, { kind: 'failure' });
      if (!values.dir) throw obstacle;
      log(describeError(obstacle).message);
      isStandIn = true;
    }
  }
  if (isStandIn) await makeElectronStandIn(standIn, version, cache);
  await ensureSetup({ log });
  log('Building window, shell and engine …');
  const stage = await stageApplication(projectRoot, join(out, 'stage'), cache);
  const icons = join(out, 'icons');
  await drawIcons(icons);
  log('Packaging …');
  const made = await build({
    projectDir: projectRoot,
    config: builderConfiguration({ out, stage, icons, electronVersion: version, electronDist, isStandIn }),
    // Nobody shall install an application without a window.
    ...(values.dir || isStandIn ? { dir: true } : {}),
    publish: 'never',
  }).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    throw new AnnealError('packaging.builderFailed', { detail }, { kind: 'failure', cause: error });
  });
  for (const path of made.length > 0 ? made : [out]) console.log(path);
}
