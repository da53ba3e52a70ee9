/** Which of the frame's own dialogs is open. */
class Dialogs {
  palette = $state(false);
  shortcuts = $state(false);
  /** The navigation, where it stands over main. */
  navigation = $state(false);
}

export const dialogs = new Dialogs();
