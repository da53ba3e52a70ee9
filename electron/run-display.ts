import { app, Notification, type BrowserWindow } from 'electron';
import type { Language } from '../src/base/language.ts';
import { formatsOf } from '../src/messages/ui/format.ts';
import type { EndedRun, RunActivity } from './host-messages.ts';
import { shellText } from './shell-text.ts';

/** Tells the progress of runs in dock or taskbar; while no window is open macOS alone has a place for it. */
export function showProgress(window: BrowserWindow | null, { runIds, fraction, paused }: RunActivity): void {
  const isIdle = runIds.length === 0;
  // Above 1 the bar says that something is done, not how much.
  window?.setProgressBar(isIdle ? -1 : (fraction ?? 2), { mode: paused ? 'paused' : 'normal' });
  const badge = isIdle || window || fraction === null ? '' : `${Math.floor(100 * fraction)} %`;
  app.dock?.setBadge(badge);
}

/** One that nobody holds is collected, and its click is lost. */
const shown = new Set<Notification>();

/** Tells the end of a run to somebody who is not looking at the window. */
export function notifyOfEnd({ number, accuracy }: EndedRun, language: Language, onClick: () => void): void {
  const { menu } = shellText(language);
  const share = accuracy === null ? null : formatsOf(language).accuracy(accuracy);
  notify(share === null ? menu.failed(number) : menu.finished(number, share), onClick);
}

/** Tells whoever closed the window in the middle of a run that it works on: nothing else would show that. */
export function notifyOfWork(language: Language, onClick: () => void): void {
  notify(shellText(language).menu.goesOn, onClick);
}

function notify(body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title: 'Anneal', body });
  shown.add(notification);
  notification.on('close', () => shown.delete(notification));
  notification.on('click', () => {
    shown.delete(notification);
    onClick();
  });
  notification.show();
}
