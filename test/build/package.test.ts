import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleElectron } from '../../build/electron-bundle.ts';
import { findElectron } from '../../build/electron-dist.ts';
import { isNativePackage } from '../../build/electron-natives.ts';
import { drawIcons } from '../../build/icons/draw.ts';
import { licencesText } from '../../build/package-licences.ts';
import { copyModules } from '../../build/package-modules.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('bundleElectron', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anneal-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(() => bundleElectron(folder));

  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  /** What a bundle asks for at run time, by import or require. */
  const asked = (code: string): string[] =>
    [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)"([\w@./:-]+)"/g)].map(([, name]) => name!);

  it('gives the sandboxed preload script nothing but electron', () => {
    expect([...new Set(asked(text('preload.cjs')))]).toEqual(['electron']);
  });

  it('gives the main process electron and Node, no package', () => {
    expect(asked(text('main.js')).filter((name) => name !== 'electron' && !isBuiltin(name))).toEqual([]);
  });

  it('leaves native packages outside the engine, and electron out of it', () => {
    const names = readdirSync(folder).filter((name) => /^(engine|worker)/.test(name));
    expect(names).toEqual(expect.arrayContaining(['engine-host.js', 'worker.js']));
    const packages = names
      .flatMap((name) => asked(text(name)))
      .filter((name) => /^[@a-z]/.test(name) && !isBuiltin(name));
    expect(packages.filter((name) => !isNativePackage(name))).toEqual([]);
    expect(packages).toContain('sharp');
  });

  it('says that its files are modules', () => {
    expect(JSON.parse(text('package.json'))).toEqual({ type: 'module' });
  });
});

describe('copyModules', () => {
  /** A project with packages as npm lays them out: `files` by path under node_modules. */
  function project(files: Record<string, string>): string {
    const root = temporaryFolder();
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(root, 'node_modules', dirname(path)), { recursive: true });
      writeFileSync(join(root, 'node_modules', path), content);
    }
    return root;
  }

  it('takes the modules that an entry reaches, the listed assets, manifests and licences, and nothing else', async () => {
    const root = project({
      'native/package.json': '{"name":"native","version":"1.0.0","main":"lib/main.js","module":"lib/other.js"}',
      'native/LICENSE': 'MIT',
      'native/README.md': 'words',
      'native/lib/main.js':
        "const inner = require('@scope/inner'); require('./near'); try { require('absent') } catch {} require(`./${inner}.node`);",
      'native/lib/near.js': 'exports.near = 1;',
      'native/lib/near.js.map': '{}',
      'native/lib/other.js': 'export default 1;',
      'native/build/add-on.node': 'binary',
      '@scope/inner/package.json': '{"name":"@scope/inner","version":"2.0.0","main":"index.js"}',
      '@scope/inner/index.js': 'module.exports = "inner";',
      '@scope/inner/unused.js': 'module.exports = "unused";',
      'unasked/package.json': '{"name":"unasked","version":"3.0.0"}',
    });
    const kept = join(temporaryFolder(), 'library.so');
    writeFileSync(kept, 'library');
    symlinkSync(kept, join(root, 'node_modules', 'native', 'build', 'library.so'));
    const target = join(temporaryFolder(), 'node_modules');
    const assets = ['build/add-on.node', 'build/library.so'];
    const shipped = await copyModules([{ name: 'native', assets }], root, target);
    const copied = readdirSync(target, { recursive: true, withFileTypes: true });
    expect(copied.filter((entry) => entry.isSymbolicLink())).toEqual([]);
    expect(
      copied
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(target.length + 1))
        .sort(),
    ).toEqual([
      '@scope/inner/index.js',
      '@scope/inner/package.json',
      'native/LICENSE',
      'native/build/add-on.node',
      'native/build/library.so',
      'native/lib/main.js',
      'native/lib/near.js',
      'native/package.json',
    ]);
    expect(shipped.map(({ name, version }) => `${name} ${version}`)).toEqual(['@scope/inner 2.0.0', 'native 1.0.0']);
    const text = await licencesText(shipped);
    expect(text.indexOf('@scope/inner 2.0.0 (no licence named)')).toBeLessThan(text.indexOf('native 1.0.0'));
    expect(text).toContain('MIT');
  });
});

describe('findElectron', () => {
  const silent = (): void => undefined;

  function release(version: string): string {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'resources'));
    writeFileSync(join(folder, 'version'), `${version}\n`);
    return folder;
  }

  it('takes a release of the right version that is named by hand', async () => {
    const folder = release('45.4.1');
    expect(await findElectron(temporaryFolder(), '45.4.1', folder, silent)).toEqual({ folder });
    expect(await findElectron(temporaryFolder(), '44.0.0', folder, silent)).toMatchObject({
      missing: { version: '44.0.0', detail: `${folder} does not hold it` },
    });
  });

  it('takes the one beside the npm package without asking anybody', async () => {
    const packageFolder = temporaryFolder();
    mkdirSync(join(packageFolder, 'dist', 'resources'), { recursive: true });
    writeFileSync(join(packageFolder, 'dist', 'version'), '45.4.1');
    const said: string[] = [];
    const found = await findElectron(packageFolder, '45.4.1', undefined, (line) => said.push(line));
    expect(found).toEqual({ folder: join(packageFolder, 'dist') });
    expect(said).toEqual([]);
  });

  it('tells why it could not be downloaded', async () => {
    const packageFolder = temporaryFolder();
    writeFileSync(join(packageFolder, 'install.js'), "console.error('TypeError: fetch failed'); process.exitCode = 1;");
    expect(await findElectron(packageFolder, '45.4.1', undefined, silent)).toEqual({
      missing: { version: '45.4.1', platform: `${process.platform}-${process.arch}`, detail: 'fetch failed' },
    });
  });
});

describe('drawIcons', () => {
  it('draws every size, and both containers hold pictures', async () => {
    const folder = temporaryFolder();
    await drawIcons(folder);
    for (const name of readdirSync(join(folder, 'linux'))) {
      const size = Number(name.split('x')[0]);
      const { width, height, hasAlpha } = await sharp(join(folder, 'linux', name)).metadata();
      expect({ width, height, hasAlpha }).toEqual({ width: size, height: size, hasAlpha: true });
    }
    const ico = readFileSync(join(folder, 'icon.ico'));
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => 6 + 16 * index);
    for (const entry of entries) {
      const [length, offset] = [ico.readUInt32LE(entry + 8), ico.readUInt32LE(entry + 12)];
      const { width } = await sharp(ico.subarray(offset, offset + length)).metadata();
      expect(width).toBe(ico.readUInt8(entry) || 256);
    }
    expect(entries.length).toBe(7);
    const icns = readFileSync(join(folder, 'icon.icns'));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const sizes: number[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const { width } = await sharp(icns.subarray(at + 8, at + icns.readUInt32BE(at + 4))).metadata();
      sizes.push(width);
    }
    expect(sizes).toContain(1024);
  });
});
