/** The languages that a person can read the program in. */
export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];

/** The same words in every language. */
export type ByLanguage<T = string> = Readonly<Record<Language, T>>;
