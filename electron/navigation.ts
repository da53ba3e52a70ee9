import { shell, type WebContents } from 'electron';
import { isAllowedLink } from '../src/protocol/bridge.ts';
import { isStartPage } from './scheme.ts';

/** The window shows its own page and no other: it goes nowhere, opens nothing, embeds nothing. Known links open in the browser. */
export function guardNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isStartPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isStartPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openLink(url);
    return { action: 'deny' };
  });
}

/** Opens a page in the user's browser; whether it did. */
export async function openLink(address: string): Promise<boolean> {
  if (!isAllowedLink(address)) return false;
  await shell.openExternal(new URL(address).href);
  return true;
}
