import { untrack } from 'svelte';

import type { Drop, GivenFile } from '../client/client.ts';

/** What keys and the menu ask of the view that is open. Its primary button is found by `ViewHeader`'s mark. */
interface ViewActions {
  /** `Ctrl/Cmd+F`: moves the focus to the view's filter. */
  readonly find?: () => void;
  /** Pictures dropped or pasted anywhere. */
  readonly takePictures?: (pictures: readonly GivenFile[]) => void;
  /** A folder dropped anywhere, which would else open as a dataset. */
  readonly takeFolder?: (folder: Extract<Drop, { kind: 'folder' }>) => void;
  /** The view's own edits, before those that a toast told of. True: there was one. */
  readonly undo?: () => boolean;
  readonly redo?: () => boolean;
  /** What the view adds to the command palette. */
  readonly commands?: readonly ViewCommand[];
}

interface ViewCommand {
  readonly id: string;
  readonly title: string;
  readonly shortcut?: string;
  readonly run: () => void;
}

/** Use: `$effect(() => viewActions.provide({ find }))`. The newest provider wins, key by key. */
class ViewActionsState {
  #stack = $state.raw<readonly ViewActions[]>([]);
  readonly commands: readonly ViewCommand[] = $derived(this.#stack.flatMap((actions) => actions.commands ?? []));

  provide(actions: ViewActions): () => void {
    // Called in effects, which must not run again for what they provide.
    this.#stack = untrack(() => [...this.#stack, actions]);
    return () => {
      this.#stack = this.#stack.filter((pushed) => pushed !== actions);
    };
  }

  get<K extends 'find' | 'takePictures' | 'takeFolder' | 'undo' | 'redo'>(key: K): ViewActions[K] | undefined {
    return this.#stack.findLast((actions) => actions[key])?.[key];
  }
}

export const viewActions = new ViewActionsState();
