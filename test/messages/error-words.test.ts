import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { english } from '../../src/messages/en/index.ts';
import { readSources, type SourceFile } from '../support/source-imports.ts';

const throwers = [...readSources(['src', 'electron', 'renderer', 'build']).values()].filter(
  ({ path }) => !path.startsWith('src/messages/'),
);
const isCode = (text: string): boolean => /^[a-z][a-zA-Z]*\.[a-zA-Z]+$/.test(text);

describe('error words', () => {
  it('exist for every error code that is thrown or reported', () => {
    const silent = throwers.flatMap((source) =>
      errorCodes(source).flatMap((code) => (code in english ? [] : [`${source.path}: ${code}`])),
    );
    expect(silent).toEqual([]);
  });

  it('belong to an error code that some file names', () => {
    const named = new Set([...throwers.flatMap(literals), ...toldBefore]);
    const prefixes = throwers.flatMap(templatePrefixes);
    const unused = Object.keys(english).filter(
      (code) => code.includes('.') && !named.has(code) && !prefixes.some((prefix) => code.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

/** Codes that earlier versions told: the events of their runs are shown for ever. */
const toldBefore = ['train.worseThanStart'];

/** First arguments of `new …Error(…)` and of helpers called `…Error`, and what stands at `code:`. */
function errorCodes({ syntax }: SourceFile): string[] {
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const callee = node.expression;
      const first = node.arguments?.[0];
      if (ts.isIdentifier(callee) && /Error$/.test(callee.text)) codes.push(...codesIn(first));
    } else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'code') {
      codes.push(...codesIn(node.initializer));
    }
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return codes;
}

/** A literal, or both sides of a choice between literals. */
function codesIn(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isConditionalExpression(node)) return [...codesIn(node.whenTrue), ...codesIn(node.whenFalse)];
  return ts.isStringLiteralLike(node) && isCode(node.text) ? [node.text] : [];
}

function literals({ syntax }: SourceFile): string[] {
  return collect(syntax, (node) => (ts.isStringLiteralLike(node) && isCode(node.text) ? node.text : null));
}

/** `store.` of `store.${what}`: words with such a beginning may be in use. */
function templatePrefixes({ syntax }: SourceFile): string[] {
  return collect(syntax, (node) =>
    ts.isTemplateHead(node) && /^[a-z][a-zA-Z]*\.[a-zA-Z]*$/.test(node.text) ? node.text : null,
  );
}

function collect(syntax: ts.SourceFile, pick: (node: ts.Node) => string | null): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = pick(node);
    if (text !== null) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return found;
}
