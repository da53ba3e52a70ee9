import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { repository, runScript, type ScriptEnd } from './run-script.ts';

const copied = ['src', 'renderer', 'build', 'electron', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const linked = ['node_modules', 'pretrained'];

/** What somebody adds to the program: files, and lines in indexes. */
export interface Growth {
  /** Content by path. */
  readonly files: Readonly<Record<string, string>>;
  /** `text` goes behind the first occurrence of `behind`; '' is the beginning of the file. */
  readonly insertions: readonly { readonly file: string; readonly behind: string; readonly text: string }[];
}

export interface GrownCheckout {
  readonly folder: string;
  /** A TypeScript file of the checkout, as a process of its own. */
  run(file: string, args?: readonly string[]): Promise<ScriptEnd>;
  anneal(...args: readonly string[]): Promise<ScriptEnd>;
  /** The compiler over src, electron, build and what was added. */
  compile(): Promise<ScriptEnd>;
}

/** A copy of this checkout in `folder`, grown: shows what follows from an addition, with nothing else changed. */
export async function growCheckout(folder: string, { files, insertions }: Growth): Promise<GrownCheckout> {
  for (const path of copied) await cp(join(repository, path), join(folder, path), { recursive: true });
  for (const path of linked) await symlink(join(repository, path), join(folder, path));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  for (const { file, behind, text } of insertions) {
    const path = join(folder, file);
    const before = await readFile(path, 'utf8');
    const at = before.indexOf(behind);
    if (at < 0) throw new Error(`${file} holds no ${JSON.stringify(behind)}`);
    const place = at + behind.length;
    await writeFile(path, before.slice(0, place) + text + before.slice(place));
  }
  const run: GrownCheckout['run'] = (file, args = []) => runScript(file, args, { checkout: folder, seconds: 500 });
  return {
    folder,
    run,
    anneal: (...args) => run('src/cli/main.ts', args),
    compile: () => run('node_modules/typescript/bin/tsc', ['-p', '.']),
  };
}
