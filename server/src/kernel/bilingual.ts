/** One sentence for a person, said in both languages where the fact is known; the edge picks one. Parity is held by the type. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export type Locale = keyof Bilingual;

export function say(zh: string, en: string): Bilingual {
  return { zh, en };
}
