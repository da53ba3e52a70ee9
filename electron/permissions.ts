import { systemPreferences, type Session, type WebContents } from 'electron';
import { ownOrigin } from './scheme.ts';

/** As long as a browser takes a click for the reason of what follows. */
const gestureMilliseconds = 5000;
const gestures = new Set(['mouseDown', 'mouseUp', 'rawKeyDown', 'keyDown', 'touchStart', 'touchEnd', 'gestureTap']);

/** Writing text and pictures to the clipboard, which pages may do unasked in a browser: the buttons that copy. */
const copying = 'clipboard-sanitized-write';

/**
 * Refuses every permission that a browser would ask for but one: the camera, for the main frame of our own window, right after a
 * hand did something in it. Input events come from the system, so no script can make one. What was granted holds until the
 * window shows another page.
 */
export function guardPermissions(session: Session, isOwnWindow: (contents: WebContents) => boolean): void {
  const cameraGranted = new WeakSet<WebContents>();

  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const { mediaTypes } = details as { mediaTypes?: readonly string[] };
    const mayAsk =
      details.isMainFrame && isOwnAddress(details.requestingUrl) && isOwnWindow(contents) && hadGesture(contents);
    if (permission === copying) return answer(mayAsk);
    const isCamera = permission === 'media' && mediaTypes?.length === 1 && mediaTypes[0] === 'video';
    if (!isCamera || !mayAsk) return answer(false);
    void systemAllowsCamera().then((allowed) => {
      if (allowed) grant(contents);
      answer(allowed);
    });
  });

  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    if (contents === null) return false;
    if (permission !== copying && (permission !== 'media' || details.mediaType !== 'video')) return false;
    if (!details.isMainFrame || !isOwnAddress(`${origin}/`) || !isOwnWindow(contents)) return false;
    return hadGesture(contents) || (permission === 'media' && cameraGranted.has(contents));
  });

  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);

  const grant = (contents: WebContents): void => {
    if (cameraGranted.has(contents)) return;
    cameraGranted.add(contents);
    contents.once('did-navigate', () => cameraGranted.delete(contents));
  };
}

const lastGesture = new WeakMap<WebContents, number>();

/** Remembers when the window's user last did something in it. */
export function watchGestures(contents: WebContents): void {
  contents.on('input-event', (_event, { type }) => {
    if (gestures.has(type)) lastGesture.set(contents, performance.now());
  });
}

function hadGesture(contents: WebContents): boolean {
  const last = lastGesture.get(contents);
  return last !== undefined && performance.now() - last < gestureMilliseconds;
}

function isOwnAddress(address: string): boolean {
  return address.startsWith(`${ownOrigin}/`);
}

/** macOS asks by itself, once; elsewhere the system has no say. */
async function systemAllowsCamera(): Promise<boolean> {
  return process.platform === 'darwin' ? systemPreferences.askForMediaAccess('camera') : true;
}
