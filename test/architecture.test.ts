import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';
import { allowedFrom, folderOf, mayImport, pure, reserved, shared, withoutTensorflow } from './support/import-rules.ts';
import { readSources, type SourceFile } from './support/source-imports.ts';

const sources = readSources(['src', 'electron', 'renderer', 'build']);

const importsOf = (path: string) => sources.get(path)?.imports ?? [];
/** What a file names, types included. */
const importedBy = (path: string): string[] => importsOf(path).flatMap(({ target }) => target ?? []);
/** What a file loads when it runs; types are erased. */
const loadedBy = (path: string): string[] =>
  importsOf(path).flatMap(({ target, typeOnly }) => (target && !typeOnly ? [target] : []));

describe('architecture', () => {
  it('reads the imports of the sources', () => {
    expect(sources.size).toBeGreaterThan(20);
    expect(loadedBy('src/messages/describe.ts')).toContain('src/messages/en/index.ts');
    expect(wayToTensor('src/worker/main.ts')).not.toBeNull();
  });

  it('has a rule for every folder', () => {
    const folders = new Set([...sources.keys()].map(folderOf));
    expect([...folders].filter((folder) => !(folder in mayImport))).toEqual([]);
  });

  it('has rules without a circle', () => {
    expect(Object.keys(mayImport).filter((folder) => allowedFrom(folder).includes(folder))).toEqual([]);
  });

  it('lets a folder import only what is below it', () => {
    expect(each(badFolder)).toEqual([]);
  });

  it('imports only files that exist', () => {
    const known = (target: string): boolean => sources.has(target) || !/\.(ts|svelte)$/.test(target);
    expect(
      each(({ imports }) =>
        imports.flatMap(({ target }) => (target && !known(target) ? [`no such file: ${target}`] : [])),
      ),
    ).toEqual([]);
  });

  it('keeps TensorFlow in tensor/, SQLite in store/ and Electron in electron/', () => {
    expect(each(badPackage)).toEqual([]);
  });

  it('keeps Node out of the pure folders', () => {
    expect(
      each(({ path, imports }) =>
        pure.includes(folderOf(path))
          ? imports.filter(({ specifier }) => isBuiltin(specifier)).map(({ specifier }) => `${specifier} is of Node`)
          : [],
      ),
    ).toEqual([]);
  });

  it('never reaches tensor/ from the engine and the fronts, not even through others', () => {
    expect(
      each(({ path }) => {
        const way = withoutTensorflow.includes(folderOf(path)) ? wayToTensor(path) : null;
        return way ? [`reaches tensor/ by ${way.join(' -> ')}`] : [];
      }),
    ).toEqual([]);
  });

  it('has no files that import each other in a circle, types included', () => {
    expect(findCircles()).toEqual([]);
  });
});

/** `path: complaint`, for every complaint about every file. */
function each(check: (source: SourceFile) => string[]): string[] {
  return [...sources.values()].flatMap((source) => check(source).map((complaint) => `${source.path}: ${complaint}`));
}

function badFolder({ path, imports }: SourceFile): string[] {
  const folder = folderOf(path);
  const allowed = allowedFrom(folder);
  return imports.flatMap(({ target }) => {
    if (target === null || shared.includes(target) || !/\.(ts|svelte)$/.test(target)) return [];
    const other = folderOf(target);
    if (other === folder || allowed.includes(other)) return [];
    return [`imports ${target}; ${folder}/ may import ${allowed.join(', ') || 'nothing'} and ${shared.join(', ')}`];
  });
}

function badPackage({ path, imports }: SourceFile): string[] {
  return imports.flatMap(({ specifier }) =>
    reserved
      .filter(({ packages, folder }) => packages.test(specifier) && folderOf(path) !== folder)
      .map(({ folder }) => `imports ${specifier}, which only ${folder}/ may`),
  );
}

/** The shortest way from a file to tensor/, or null. */
function wayToTensor(start: string): string[] | null {
  const ways = new Map<string, string[]>([[start, [start]]]);
  for (const [path, way] of ways) {
    if (folderOf(path) === 'tensor') return way;
    for (const next of loadedBy(path)) if (!ways.has(next)) ways.set(next, [...way, next]);
  }
  return null;
}

/** Each circle once, as `a -> b -> a`. */
function findCircles(): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    const seenAt = way.indexOf(path);
    if (seenAt >= 0) circles.push([...way.slice(seenAt), path].join(' -> '));
    if (seenAt >= 0 || done.has(path)) return;
    for (const next of importedBy(path)) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of sources.keys()) walk(path, []);
  return circles;
}
