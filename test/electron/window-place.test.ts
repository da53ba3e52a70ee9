import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PreferencesFile } from '../../electron/preferences.ts';
import * as electron from '../support/electron-stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.mock('electron', () => import('../support/electron-stand-in.ts'));
const { placeToOpen, watchPlace } = await import('../../electron/window-place.ts');

const kept = { x: 100, y: 100, width: 1400, height: 900, maximised: false, fullScreen: false };
const screens = (...areas: [number, number, number, number][]): void => {
  electron.state.displays = areas.map(([x, y, width, height]) => ({ workArea: { x, y, width, height } }));
};

describe('placeToOpen', () => {
  beforeEach(() => screens([0, 0, 1920, 1040]));

  it('opens in the middle, at a usual size, the first time', () => {
    expect(placeToOpen(null)).toEqual({ width: 1280, height: 860 });
    screens([0, 0, 1024, 700]);
    expect(placeToOpen(null)).toEqual({ width: 1024, height: 700 });
  });

  it('opens where it was', () => {
    expect(placeToOpen(kept)).toEqual({ x: 100, y: 100, width: 1400, height: 900 });
  });

  it('opens on a second screen to the left', () => {
    screens([0, 0, 1920, 1040], [-1920, 0, 1920, 1040]);
    expect(placeToOpen({ ...kept, x: -1500 })).toMatchObject({ x: -1500, y: 100 });
  });

  it.each([
    ['the screen was taken away', { ...kept, x: -1500 }],
    ['it would hang above the screen', { ...kept, y: -300 }],
    ['it would lie below it', { ...kept, y: 1030 }],
    ['only a stripe of it would be seen', { ...kept, x: 1900 }],
  ])('opens in the middle when %s', (_name, place) => {
    expect(placeToOpen(place)).toEqual({ width: 1400, height: 900 });
  });

  it('is never larger than the screen nor smaller than the design', () => {
    screens([0, 0, 1280, 720]);
    expect(placeToOpen({ ...kept, width: 4000, height: 3000 })).toMatchObject({ width: 1280, height: 720 });
    expect(placeToOpen({ ...kept, width: 100, height: 100 })).toMatchObject({ width: 960, height: 640 });
  });
});

describe('watchPlace', () => {
  it('keeps the place a moment after the last change, and at the end', () => {
    vi.useFakeTimers();
    const window = new electron.BrowserWindow({});
    const keep = vi.fn();
    watchPlace(window as never, keep);
    window.emit('move');
    window.emit('resize');
    vi.advanceTimersByTime(400);
    expect(keep).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(keep).toHaveBeenCalledOnce();
    window.maximised = true;
    window.close();
    expect(keep).toHaveBeenLastCalledWith({
      x: 10,
      y: 20,
      width: 1280,
      height: 860,
      maximised: true,
      fullScreen: false,
    });
    vi.useRealTimers();
  });
});

describe('PreferencesFile', () => {
  it('keeps what was changed, part by part', async () => {
    const path = join(temporaryFolder(), 'shell.json');
    const preferences = new PreferencesFile(path);
    void preferences.change({ window: kept });
    await preferences.change({ appearance: { language: 'ru', theme: 'dark' } });
    expect(new PreferencesFile(path).current).toEqual({
      formatVersion: 1,
      window: kept,
      appearance: { language: 'ru', theme: 'dark' },
    });
  });

  it.each(['', '{', '{"formatVersion":2}', '{"formatVersion":1,"appearance":null,"window":{"x":"0"}}'])(
    'takes a file that it cannot read for none: %j',
    async (text) => {
      const path = join(temporaryFolder(), 'shell.json');
      writeFileSync(path, text);
      const preferences = new PreferencesFile(path);
      expect(preferences.current).toEqual({ formatVersion: 1, window: null, appearance: null });
      await preferences.change({ window: kept });
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ window: kept });
    },
  );

  it('goes on where nothing can be written', async () => {
    const preferences = new PreferencesFile(join(temporaryFolder(), 'missing', 'shell.json'));
    await preferences.change({ window: kept });
    expect(preferences.current.window).toEqual(kept);
  });
});
