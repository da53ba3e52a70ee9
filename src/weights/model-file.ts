/** The record that makes a folder a model (ensemble/model-folder.ts writes it, last of all). */
export const modelFileName = 'model.json';
