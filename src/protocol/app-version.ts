/** The version in package.json, for what is written into files and shown to people. */
export const appVersion = '0.1.0';
