import { RE2JS } from 're2js';

/** Longer ones are no pattern of names, and would only take time. */
const mostCharacters = 500;

/** Patterns in RE2's syntax: matching takes time linear in the text, whatever the pattern. Null where it is none. */
function compiled(pattern: string): RE2JS | null {
  if (pattern.length > mostCharacters) return null;
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}

export const isGroupPattern = (pattern: string): boolean => compiled(pattern) !== null;

/** What a pattern calls the group of a path: its first capture group, without one the whole match; null where nothing matches. */
export function groupNamer(pattern: string): (path: string) => string | null {
  const expression = compiled(pattern);
  return (path) => {
    const matcher = expression?.matcher(path);
    if (!matcher?.find()) return null;
    return (matcher.groupCount() > 0 ? matcher.group(1) : null) ?? matcher.group(0);
  };
}
