/** "Which folder?", asked by the host's features and answered in the dialog of the frame. One at a time. */
class FolderQuestion {
  #answer: ((path: string | null) => void) | null = null;
  open = $state(false);

  ask(): Promise<string | null> {
    this.answer(null);
    this.open = true;
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  /** null: none. */
  answer(path: string | null): void {
    this.open = false;
    this.#answer?.(path);
    this.#answer = null;
  }
}

export const folderQuestion = new FolderQuestion();
