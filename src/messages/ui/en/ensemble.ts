export const ensemble = {};
