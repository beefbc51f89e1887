/** Decides whether the settings of a channel can be used: kind, name, address, sender, secret. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';

/** SMS, IM: a gateway that reaches people by their telephone number. MAIL: SMTP. WEBHOOK: a program that hears everything. */
export const CHANNEL_KINDS = ['SMS', 'IM', 'MAIL', 'WEBHOOK'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export interface ChannelSettings {
  readonly kind: ChannelKind;
  readonly name: string;
  /** https://… or http://…; smtp://user@host:port or smtps://… for MAIL. */
  readonly url: string;
  readonly sender: string | null;
  /** null = as it was. Key of the signature; of MAIL the account's password. */
  readonly secret: string | null;
  readonly enabled: boolean;
}

const NAME_LENGTH_MAX = 60;
const URL_LENGTH_MAX = 500;
const SENDER_LENGTH_MAX = 120;
/** Below that a key can be tried through. */
const SECRET_LENGTH_MIN = 16;
const SECRET_LENGTH_MAX = 200;
const MAIL_ADDRESS_LENGTH_MAX = 200;
/** One @, no spaces, a dot behind it: what a mail server will judge anyway; Chinese addresses go in punycode. */
const MAIL_ADDRESS = /^[\x21-\x3f\x41-\x7e]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

export function checkChannel(settings: ChannelSettings, known: boolean): InvalidInput[] {
  const refusals: InvalidInput[] = [];
  const check = (fine: boolean, field: string, rule: string, message: Bilingual): void => {
    if (!fine) refusals.push({ code: 'INVALID_INPUT', path: [field], rule, message });
  };
  const name = settings.name.trim();
  check(
    name.length >= 1 && name.length <= NAME_LENGTH_MAX,
    'name',
    'length',
    say(`名称为 1 至 ${NAME_LENGTH_MAX} 字`, `A name has 1 to ${NAME_LENGTH_MAX} characters`),
  );
  const mail = settings.kind === 'MAIL';
  check(
    isAddress(settings.url, mail ? ['smtp:', 'smtps:'] : ['http:', 'https:']),
    'url',
    'url',
    mail
      ? say('须为 smtp:// 或 smtps:// 地址，不含口令', 'An address of smtp:// or smtps://, without a password')
      : say('须为 http:// 或 https:// 地址，不含账号口令', 'An address of http:// or https://, without an account'),
  );
  check(
    mail
      ? isMailAddress(settings.sender ?? '') && (settings.sender ?? '').length <= SENDER_LENGTH_MAX
      : settings.sender === null,
    'sender',
    'sender',
    mail
      ? say('请填写发件人邮箱', 'Give the address that sends')
      : say('只有邮件渠道有发件人', 'Only mail has a sender'),
  );
  // An account's password is as long as its server wants it; a key of ours is not short.
  const least = mail ? 0 : SECRET_LENGTH_MIN;
  check(
    settings.secret === null
      ? known || mail
      : settings.secret.length >= least && settings.secret.length <= SECRET_LENGTH_MAX,
    'secret',
    'length',
    say(`密钥为 ${least} 至 ${SECRET_LENGTH_MAX} 个字符`, `A secret has ${least} to ${SECRET_LENGTH_MAX} characters`),
  );
  return refusals;
}

export function isMailAddress(text: string): boolean {
  return text.length <= MAIL_ADDRESS_LENGTH_MAX && MAIL_ADDRESS.test(text);
}

function isAddress(text: string, protocols: readonly string[]): boolean {
  if (text.length > URL_LENGTH_MAX || !/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  const plainAccount = url.password === '' && (url.username === '' || protocols.includes('smtp:'));
  return protocols.includes(url.protocol) && url.hostname !== '' && url.hash === '' && plainAccount;
}
