import { declarations } from './index.ts';
import { configVersion } from './train-config.ts';
import { isSection, leavesOf, nestValues } from './values.ts';

/**
 * A stored configuration of version `since` with every setting that came later at its `absent` value: an old run means what it
 * meant. What stands in it already is kept.
 */
export function fillAbsent(stored: Readonly<Record<string, unknown>>, since: number): Record<string, unknown> {
  const held = leavesOf(stored);
  const later = declarations.filter((declaration) => declaration.since > since);
  const missing = later.flatMap((declaration) => declaration.settings.filter(({ key }) => !held.has(key)));
  const filled: Record<string, unknown> = { ...stored, formatVersion: configVersion };
  for (const [name, value] of Object.entries(nestValues(missing.map(({ key, absent }) => [key, absent])))) {
    const written = stored[name] ?? {};
    // What is no section is told by the schema, as it stands.
    if (!isSection(value)) filled[name] = value;
    else if (isSection(written)) filled[name] = { ...written, ...value };
  }
  return filled;
}
