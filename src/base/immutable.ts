/** The same shape with nothing in it to be changed: what a schema describes, as it is handed around. */
export type Immutable<T> = { readonly [K in keyof T]: Immutable<T[K]> };
