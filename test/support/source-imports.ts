import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

interface SourceImport {
  /** As written. */
  readonly specifier: string;
  /** Path of a file of ours, relative to the repository, with forward slashes; null for a package. */
  readonly target: string | null;
  /** Erased when compiled, so nothing is loaded. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly syntax: ts.SourceFile;
  readonly imports: readonly SourceImport[];
}

/** Every TypeScript, JavaScript and Svelte file below the folders that exist, by its path relative to the repository. */
export function readSources(folders: readonly string[]): Map<string, SourceFile> {
  const sources = new Map<string, SourceFile>();
  for (const folder of folders.filter((name) => existsSync(join(repositoryRoot, name)))) {
    for (const entry of readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|mts|cts|js|mjs|cjs|svelte)$/.test(entry) || entry.split(sep).includes('node_modules')) continue;
      const path = toSlashes(join(folder, entry));
      sources.set(path, readSource(path));
    }
  }
  return sources;
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(repositoryRoot, path), 'utf8');
  const code = path.endsWith('.svelte') ? scriptsOf(text) : text;
  const syntax = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  return { path, syntax, imports: importsOf(syntax, path) };
}

function scriptsOf(svelte: string): string {
  return [...svelte.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((match) => match[1]).join('\n');
}

/** Imports, re-exports, import() and require(), the latter under any name that says so. */
function importsOf(syntax: ts.SourceFile, path: string): SourceImport[] {
  const imports: SourceImport[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      imports.push({ specifier: specifier.text, target: targetOf(specifier.text, path), typeOnly });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && isLoader(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return imports;
}

function isLoader(callee: ts.Expression): boolean {
  if (ts.isCallExpression(callee)) return isLoader(callee.expression); // createRequire(…)('name')
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && /require$/i.test(callee.text));
}

function targetOf(specifier: string, from: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return toSlashes(relative(repositoryRoot, resolve(repositoryRoot, dirname(from), specifier)));
}

function toSlashes(path: string): string {
  return path.split(sep).join('/');
}
