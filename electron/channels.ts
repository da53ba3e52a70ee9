/** Names of the messages between preload script and main process. `MessagePort`s go past both once they are handed over. */
export const channels = {
  /** Page to main: a new page wants a port to the engine host and what was opened. */
  connect: 'anneal:connect',
  /** Main to page, with one port. */
  port: 'anneal:port',
  /** Main to page: the engine host has ended. */
  lost: 'anneal:lost',
  menu: 'anneal:menu',
  opened: 'anneal:opened',
  appearance: 'anneal:appearance',
  chooseFolder: 'anneal:choose-folder',
  chooseFiles: 'anneal:choose-files',
  saveDialog: 'anneal:save-dialog',
  showInFolder: 'anneal:show-in-folder',
  openExternal: 'anneal:open-external',
} as const;
