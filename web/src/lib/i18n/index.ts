import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readStored, writeStored } from '../stored';
import type { zhCN } from './zh-CN';
import { firstWords } from './zh-CN/first';

export type Language = 'zh-CN' | 'en';
const STORED = 'jiyun.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zhCN };
  }
}

/**
 * A word that follows its number, in the sentence: "{{rows}} {{rows, word(one: row; other: rows)}}". For sentences with
 * several numbers, and wherever a count is there as text alone; a sentence of one count has forms of its own (_one, _other).
 */
function oneOrMore(value: unknown, one: string, other: string): string {
  return String(value) === '1' ? one : other;
}

/** The rest of the words: before the first page that is neither home nor the sign-in. Asking again costs nothing. */
export async function pageWords(): Promise<void> {
  const { zhCN } = await import('./zh-CN');
  i18next.addResourceBundle('zh-CN', 'translation', zhCN);
}

/** The Chinese of home is in the first load; English comes when someone asks for it. */
async function load(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en');
    i18next.addResourceBundle('en', 'translation', en);
  }
}

export async function startTranslations(): Promise<Language> {
  const stored = readStored(localStorage, STORED);
  const language: Language = stored === 'en' ? 'en' : 'zh-CN';
  await i18next.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: firstWords } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  i18next.services.formatter?.add('word', (value: unknown, _language, { one, other }) =>
    oneOrMore(value, String(one), String(other)),
  );
  // Where its chunk is lost, the console is there in Chinese rather than not at all.
  return (await changeLanguage(language)) ? language : 'zh-CN';
}

/** false = its words could not be fetched, and nothing has changed. */
export async function changeLanguage(language: Language): Promise<boolean> {
  try {
    await load(language);
  } catch {
    return false;
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  writeStored(localStorage, STORED, language);
  return true;
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'zh-CN');
