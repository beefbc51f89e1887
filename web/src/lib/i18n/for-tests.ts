import { writeStored } from '../stored';
import { type Language, pageWords, startTranslations } from '.';

/** Starts the translations as the page does, in the language a test wants. */
export async function withTranslations(language: Language = 'zh-CN'): Promise<void> {
  writeStored(localStorage, 'jiyun.language', language);
  await startTranslations();
  await pageWords();
}
