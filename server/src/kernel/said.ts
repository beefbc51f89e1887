/** What the console says to people and keeps: in both languages as it was said, for it is evidence of what they were told (ADR 0104). */
import { type Bilingual, type Locale, say } from './bilingual.js';

const NAMED_MAX = 5;

/** The first of them, with each language's comma. */
export function named(names: readonly string[]): Bilingual {
  const first = names.slice(0, NAMED_MAX);
  return say(first.join('、'), first.join(', '));
}

/** An error's own words are the cluster's, or the library's: the same in every language. */
export function both(said: Bilingual | string): Bilingual {
  return typeof said === 'string' ? say(said, said) : said;
}

/** Each as long as its column: English takes more room than Chinese. */
export function cut({ en, zh }: Bilingual, lengthMax: number): Bilingual {
  return { zh: zh.slice(0, lengthMax), en: en.slice(0, lengthMax) };
}

export function isSame(said: Bilingual | null, zh: string | null, en: string | null): boolean {
  return said === null ? zh === null : said.zh === zh && said.en === en;
}

/** What was kept before there was English is read as it was written. */
export function readIn(locale: Locale, zh: string, en: string | null): string {
  return locale === 'en' ? (en ?? zh) : zh;
}

/** Of what is named with a word of its own behind it. */
export function namedEach(of: readonly Bilingual[]): Bilingual {
  return say(named(of.map(({ zh }) => zh)).zh, named(of.map(({ en }) => en)).en);
}
