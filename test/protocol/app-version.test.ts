import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { appVersion } from '../../src/protocol/app-version.ts';

it('the version told is that of package.json', () => {
  expect(appVersion).toBe(packageJson.version);
});
