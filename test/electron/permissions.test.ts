import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as electron from '../support/electron-stand-in.ts';

vi.mock('electron', () => import('../support/electron-stand-in.ts'));
const { guardPermissions, watchGestures } = await import('../../electron/permissions.ts');

const own = 'anneal://app/index.html#/run/1/try';
const session = electron.session.defaultSession;

/** A window of ours, whether a request is granted and whether a check is. */
function openWindow() {
  const contents = new electron.WebContents();
  guardPermissions(session as never, (one) => (one as unknown) === contents);
  watchGestures(contents as never);
  const request = (permission: string, details: object = {}, from: unknown = contents): Promise<boolean> =>
    new Promise((resolve) =>
      session.permissionRequest(
        ...([from, permission, resolve, { isMainFrame: true, requestingUrl: own, ...details }] as never[]),
      ),
    );
  const check = (
    permission: string,
    details: object = {},
    origin = 'anneal://app',
    from: unknown = contents,
  ): boolean =>
    session.permissionCheck(from, permission, origin, { isMainFrame: true, mediaType: 'video', ...details });
  const gesture = (type: string): boolean => contents.emit('input-event', {}, { type });
  return { contents, request, check, gesture };
}

const camera = { mediaTypes: ['video'] };

describe('permissions', () => {
  beforeEach(() => vi.useRealTimers());

  it('gives the camera to our own page after a gesture', async () => {
    const { request, check, gesture } = openWindow();
    expect(await request('media', camera)).toBe(false);
    expect(check('media')).toBe(false);
    gesture('mouseDown');
    expect(await request('media', camera)).toBe(true);
    expect(check('media')).toBe(true);
  });

  it('takes a pointer that only moves for no gesture', async () => {
    const { request, gesture } = openWindow();
    gesture('mouseMove');
    gesture('mouseWheel');
    expect(await request('media', camera)).toBe(false);
  });

  it('forgets a gesture after five seconds', async () => {
    vi.useFakeTimers();
    const { request, gesture } = openWindow();
    gesture('keyDown');
    vi.advanceTimersByTime(4900);
    expect(await request('media', camera)).toBe(true);
    vi.advanceTimersByTime(200);
    expect(await request('media', camera)).toBe(false);
  });

  it('keeps what was granted until another page is shown', async () => {
    vi.useFakeTimers();
    const { contents, request, check, gesture } = openWindow();
    gesture('mouseDown');
    await request('media', camera);
    vi.advanceTimersByTime(60_000);
    expect(check('media')).toBe(true);
    contents.emit('did-navigate');
    expect(check('media')).toBe(false);
  });

  const refused: [string, string, object][] = [
    ['the microphone', 'media', { mediaTypes: ['audio'] }],
    ['camera and microphone together', 'media', { mediaTypes: ['video', 'audio'] }],
    ['media that nobody names', 'media', { mediaTypes: [] }],
    ['the screen', 'display-capture', camera],
    ['a camera for a frame inside the page', 'media', { ...camera, isMainFrame: false }],
    ['a camera for a stranger', 'media', { ...camera, requestingUrl: 'https://example.com/' }],
    ['a camera for a name like ours', 'media', { ...camera, requestingUrl: 'anneal://app.example.com/' }],
    ...['geolocation', 'notifications', 'clipboard-read', 'fullscreen', 'hid', 'usb', 'serial', 'openExternal'].map(
      (permission) => [permission, permission, {}] as [string, string, object],
    ),
  ];

  it.each(refused)('refuses %s even after a gesture', async (_name, permission, details) => {
    const { request, gesture } = openWindow();
    gesture('mouseDown');
    expect(await request(permission, details)).toBe(false);
  });

  it('lets buttons copy to the clipboard, and nothing read it', async () => {
    const { request, check, gesture } = openWindow();
    expect(await request('clipboard-sanitized-write')).toBe(false);
    gesture('mouseDown');
    expect(await request('clipboard-sanitized-write')).toBe(true);
    expect(check('clipboard-sanitized-write')).toBe(true);
    expect(await request('clipboard-sanitized-write', { isMainFrame: false })).toBe(false);
    expect(await request('clipboard-read')).toBe(false);
    expect(check('clipboard-read')).toBe(false);
  });

  it('refuses checks for anything but the camera of our own window', () => {
    const { check, gesture } = openWindow();
    gesture('mouseDown');
    expect(check('media')).toBe(true);
    expect(check('media', { mediaType: 'audio' })).toBe(false);
    expect(check('media', { isMainFrame: false })).toBe(false);
    expect(check('media', {}, 'https://example.com')).toBe(false);
    expect(check('media', {}, 'anneal://app', null)).toBe(false);
    expect(check('geolocation')).toBe(false);
    expect(check('clipboard-read')).toBe(false);
  });

  it('refuses other windows and all devices', async () => {
    const { request, gesture } = openWindow();
    gesture('mouseDown');
    const stranger = new electron.WebContents();
    expect(await request('media', camera, stranger)).toBe(false);
    expect(session.devicePermission()).toBe(false);
  });
});
