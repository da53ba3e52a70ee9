import type { Language } from '../src/base/language.ts';
import { menu as englishMenu } from '../src/messages/ui/en/menu.ts';
import { shell as englishShell } from '../src/messages/ui/en/shell.ts';
import { menu as russianMenu } from '../src/messages/ui/ru/menu.ts';
import { shell as russianShell } from '../src/messages/ui/ru/shell.ts';
import type { TextShape } from '../src/messages/ui/shape.ts';

/** What the shell says, and how the window calls its views. */
export interface ShellText {
  readonly menu: TextShape<typeof englishMenu>;
  readonly views: TextShape<typeof englishShell>['views'];
}

export function shellText(language: Language): ShellText {
  return language === 'ru'
    ? { menu: russianMenu, views: russianShell.views }
    : { menu: englishMenu, views: englishShell.views };
}
