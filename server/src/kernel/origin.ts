/** How a use came into the books: asked for here, or taken in because it ran before the console did (期初). */
export const ORIGINS = ['REQUEST', 'INTAKE'] as const;
export type Origin = (typeof ORIGINS)[number];
