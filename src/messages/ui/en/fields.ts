/** What forms say around a setting: buttons, and what a value may be. The words of a setting stand in its declaration. */
export const fields = {
  form: {
    about: (label: string) => `When to change: ${label}`,
    resetTo: (label: string, value: string) => `Reset ${label} to ${value}`,
    byDefault: (value: string) => `By default ${value}.`,
    less: (label: string) => `Less: ${label}`,
    more: (label: string) => `More: ${label}`,
    needs: (expected: string) => `Needs ${expected}.`,
    use: (value: string) => `Use ${value}`,
    empty: 'empty',
    on: 'on',
    off: 'off',
  },
  /** What a setting may be. */
  expected: {
    whole: (low: string, high: string) => `a whole number from ${low} to ${high}`,
    number: (low: string, high: string) => `a number from ${low} to ${high}`,
    list: (each: string) => `a list, each ${each}`,
    choice: (options: string) => `one of ${options}`,
    onOrOff: 'on or off',
    text: 'a text',
    orEmpty: (expected: string) => `${expected}, or nothing`,
  },
};
