import { english, type Text } from '../../src/messages/ui/en/index.ts';
import type { Language } from '../../src/base/language.ts';
import { formatsOf, type Formats } from '../../src/messages/ui/format.ts';
import { russian } from '../../src/messages/ui/ru/index.ts';

const texts: Readonly<Record<Language, Text>> = { en: english, ru: russian };

/** The language of the window: its words and how it writes figures. */
class Locale {
  #language = $state<Language>('en');
  readonly text: Text = $derived(texts[this.#language]);
  readonly format: Formats = $derived(formatsOf(this.#language));

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
    document.documentElement.lang = language;
  }
}

export const locale = new Locale();
