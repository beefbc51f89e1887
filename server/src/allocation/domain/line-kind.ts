/** Decides nothing: what a line of a request may ask for (design §2). */
export const LINE_KINDS = ['VM', 'SERVER', 'CABINET', 'SERVICE'] as const;
export type LineKind = (typeof LINE_KINDS)[number];
