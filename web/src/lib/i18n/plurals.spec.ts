import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { changeLanguage } from '.';
import { en } from './en';
import { withTranslations } from './for-tests';

await withTranslations();
await changeLanguage('en');

function flat(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flat(value as object, `${prefix}${key}.`),
  );
}

const words = flat(en);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/{{(\w+)[^}]*}}/g)].map(([, name]) => name as string);

/** What ends the noun that a number is of: a verb, or how it stands to what follows. */
const ENDS = /^(is|was|has|does|this|of|in|to|by|at|on|for|and|or|with|from|until|that|than|as|again|there)$/;
/** Verbs of one: what stands there is a name or a code, no number. */
const OF_ONE =
  /^(approves|works|stands|lies|waits|agrees|goes|holds|asks|carries|changes|suffices|comes|needs|ends|begins|leaves|loses|less|across|ms)$/;

/** The first word of many behind a 1, as far as its noun reaches; none = it is of one. */
function ofMany(text: string): string | undefined {
  for (const [, rest] of text.matchAll(/(?:^|[^\w.,])1 ((?:[a-z]+(?:-[a-z]+)*[ ]?){1,3})/g)) {
    const noun: string[] = [];
    for (const word of (rest as string).trim().split(' ')) {
      if (ENDS.test(word) || OF_ONE.test(word)) break;
      noun.push(word);
    }
    const many = noun.find((word) => /[a-z]s$/.test(word) && !/(ss|us)$/.test(word));
    if (many) return many;
  }
  return undefined;
}

describe('a number of one', () => {
  it('has its word in the singular, wherever English counts', () => {
    const asked = words.filter(([key, text]) => !key.endsWith('_other') && placeholders(text).length > 0);
    expect(asked.length).toBeGreaterThan(400);
    const wrong = asked.flatMap(([key, text]) => {
      const ones = Object.fromEntries(placeholders(text).map((name) => [name, '1']));
      const said = i18next.t(key.replace(/_one$/, '') as never, { ...ones, count: 1 } as never) as unknown as string;
      const many = ofMany(said);
      return many ? [`${key}: ${said} (${many})`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('is told from many in a sentence of several numbers', () => {
    const say = (sockets: string, cores: string) => i18next.t('server.coresText', { sockets, cores, threads: '1,200' });
    expect(say('1', '64')).toBe('1 socket, 64 cores, 1,200 threads');
    expect(say('2', '1')).toBe('2 sockets, 1 core, 1,200 threads');
  });

  it('finds a word that was forgotten', () => {
    expect(ofMany('Write 1 rows')).toBe('rows');
    expect(ofMany('1 unread notifications')).toBe('notifications');
    expect([ofMany('Write 1 row'), ofMany('1 of 1 rows taken'), ofMany('1 is approved'), ofMany('SQ-1 works')]).toEqual(
      [undefined, undefined, undefined, undefined],
    );
  });
});
