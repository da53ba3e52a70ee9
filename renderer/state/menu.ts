import { tryBundle, tryPictures, perform } from './actions.ts';
import { app } from './app.svelte.ts';
import { opening } from './opening.svelte.ts';
import { preferences } from './preferences.svelte.ts';

/** Follows the native menu and what the system hands to the application. Silent in a browser. */
export function startMenu(): void {
  const { host } = app.client;
  host.onMenu((command) => void perform(command));
  host.onOpened(({ kind, path }) => {
    if (kind === 'folder') void opening.openFolder(path);
    else if (kind === 'bundle') tryBundle(path);
    else tryPictures([{ name: path.split(/[/\\]/).at(-1)!, path, file: null }]);
  });
  const tell = (): void => host.setAppearance({ language: preferences.language, theme: preferences.theme });
  preferences.onChange(tell);
  tell();
}
