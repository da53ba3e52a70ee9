import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as electron from '../support/electron-stand-in.ts';

vi.mock('electron', () => import('../support/electron-stand-in.ts'));
const { guardNavigation } = await import('../../electron/navigation.ts');

function guarded() {
  const contents = new electron.WebContents();
  guardNavigation(contents as never);
  const goes = (event: string, url: string, isMainFrame = true): boolean => {
    const attempt = { ...electron.cancellable(), url, isMainFrame };
    attempt.preventDefault = () => void (attempt.prevented = true);
    contents.emit(event, attempt);
    return !attempt.prevented;
  };
  return { contents, goes };
}

describe('navigation', () => {
  beforeEach(() => electron.state.opened.splice(0));

  it.each([
    'https://example.com/',
    'file:///etc/passwd',
    'anneal://app/other.html',
    'anneal://evil/index.html',
    'data:text/html,hello',
  ])('goes nowhere: %s', (url) => {
    const { goes } = guarded();
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) expect(goes(event, url)).toBe(false);
  });

  it('may load its own page again', () => {
    const { goes } = guarded();
    expect(goes('will-navigate', 'anneal://app/index.html#/runs')).toBe(true);
    expect(goes('will-frame-navigate', 'anneal://app/index.html', false)).toBe(false);
  });

  it('embeds no other page', () => {
    expect(guarded().goes('will-attach-webview', 'anneal://app/index.html')).toBe(false);
  });

  it('opens no window; a known link goes to the browser', () => {
    const { contents } = guarded();
    expect(contents.windowOpen({ url: 'https://arxiv.org/abs/1608.03983' })).toEqual({ action: 'deny' });
    expect(contents.windowOpen({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(contents.windowOpen({ url: 'anneal://app/index.html' })).toEqual({ action: 'deny' });
    expect(electron.state.opened).toEqual(['https://arxiv.org/abs/1608.03983']);
  });
});
