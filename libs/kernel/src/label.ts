/** A name in the languages it exists in; Persian and English always do. */
export type Label = { readonly fa: string; readonly en: string; readonly pt?: string };
