/**
 * A button in a view's header; `kind: 'primary'` for at most one of them: its button carries
 * `data-primary`, by which the frame's Ctrl/Cmd+Enter finds it.
 */
export interface ViewAction {
  readonly id: string;
  readonly label: string;
  readonly kind?: 'primary' | 'outline' | 'plain' | 'danger' | undefined;
  readonly busy?: boolean | undefined;
  /** Why it cannot act now. */
  readonly reason?: string | null | undefined;
  readonly tip?: string | undefined;
  readonly shortcut?: string | undefined;
}
