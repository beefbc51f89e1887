/** One sentence for a person, said in both languages where the fact is known; the edge picks one. Parity is held by the type. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export type Locale = keyof Bilingual;

export function say(zh: string, en: string): Bilingual {
  return { zh, en };
}

/** "1 system", "2 systems": in an English sentence, where Chinese has one form for both. */
export function counted(count: number, one: string, other: string): string {
  return `${count} ${count === 1 ? one : other}`;
}
