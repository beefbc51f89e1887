/** Decides how what the console itself wrote into a ticket is said in each language: kept as what it is of, and put into words where it is read. */
import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import type { Reason } from '../../resilience/domain/judge-group.js';
import { reasonText } from '../../resilience/domain/reason-text.js';
import { TITLE_LENGTH_MAX } from './ticket.js';

/** An event of an alert: what was wrong when somebody took it on. */
export interface AlertWords {
  readonly kind: 'OF_ALERT';
  readonly alertCode: string;
  readonly name: string;
  readonly tierName: string | null;
  readonly reason: Reason;
}
export type TicketWords = AlertWords;

export type EntryWords =
  | AlertWords
  | { readonly kind: 'FAULT'; readonly minutes: number; readonly outageCode: string }
  | { readonly kind: 'NOTICE'; readonly code: string; readonly title: string; readonly departments: number };

interface Titled {
  readonly title: string;
  readonly words: TicketWords | null;
}

const whole = (text: string): Bilingual => say(text, text);
const cut = ({ en, zh }: Bilingual, max: number): Bilingual => say(zh.slice(0, max), en.slice(0, max));

/** What people typed is theirs, in whatever language; so is said what a newer console wrote of a kind that this one does not know. */
export function titleOf({ title, words }: Titled): Bilingual {
  if (words?.kind !== 'OF_ALERT') return whole(title);
  const { of, what } = alertSaid(words);
  return cut(say(`${of}：${what.zh}`, `${of}: ${what.en}`), TITLE_LENGTH_MAX);
}

export function descriptionOf({
  description,
  words,
}: Omit<Titled, 'title'> & { readonly description: string }): Bilingual {
  return words?.kind === 'OF_ALERT' ? storyOfAlert(words) : whole(description);
}

/** null = nothing was said. */
export function entryText({ text, words }: { text: string | null; words: EntryWords | null }): Bilingual | null {
  if (words === null) return text === null ? null : whole(text);
  switch (words.kind) {
    case 'OF_ALERT':
      return storyOfAlert(words);
    case 'FAULT': {
      const { minutes, outageCode } = words;
      return say(
        `故障时长 ${minutes} 分钟，登记为 ${outageCode}`,
        `${counted(minutes, 'minute', 'minutes')}, recorded as ${outageCode}`,
      );
    }
    case 'NOTICE': {
      const { code, departments, title } = words;
      return say(
        `${code} ${title}（${departments} 个单位）`,
        `${code} ${title} (${counted(departments, 'department', 'departments')})`,
      );
    }
    default:
      return text === null ? null : whole(text);
  }
}

function alertSaid({ name, reason, tierName }: AlertWords): { readonly of: string; readonly what: Bilingual } {
  return { of: tierName === null ? name : `${name} / ${tierName}`, what: reasonText(reason) };
}

function storyOfAlert(words: AlertWords): Bilingual {
  const { of, what } = alertSaid(words);
  return say(
    `由告警 ${words.alertCode} 建立：${of}，${what.zh}`,
    `Opened of the alert ${words.alertCode}: ${of}, ${what.en}`,
  );
}
