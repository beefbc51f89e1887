import { describe, expect, it } from '@jest/globals';
import { type ChannelSettings, checkChannel, isMailAddress } from './channel.js';

const webhook: ChannelSettings = {
  kind: 'WEBHOOK',
  name: '省办公平台',
  url: 'https://gateway.example.gov.cn/hook?from=jiyun',
  sender: null,
  secret: 'x'.repeat(16),
  enabled: true,
};
const mail: ChannelSettings = {
  ...webhook,
  kind: 'MAIL',
  url: 'smtp://jiyun@mail.example.gov.cn:587',
  sender: 'jiyun@example.gov.cn',
  secret: null,
};
const fields = (settings: Partial<ChannelSettings>, base = webhook, known = false) =>
  checkChannel({ ...base, ...settings }, known).map((refusal) => refusal.path.join('.'));

describe('checkChannel', () => {
  it('accepts a webhook and a mail server', () => {
    expect(fields({})).toEqual([]);
    expect(fields({}, mail)).toEqual([]);
    expect(fields({ url: 'smtps://mail.example.gov.cn' }, mail)).toEqual([]);
  });

  it.each([
    'ftp://x/',
    'https://user:pass@x/',
    'https://user@x/',
    'https://',
    'javascript:alert(1)',
    'https://x/#part',
    'https://x/ y',
    `https://x/${'y'.repeat(500)}`,
    'file:///etc/passwd',
  ])('refuses the address %s', (url) => expect(fields({ url })).toEqual(['url']));

  it('wants a secret of a new channel, and keeps the old one where none is given', () => {
    expect(fields({ secret: null })).toEqual(['secret']);
    expect(fields({ secret: null }, webhook, true)).toEqual([]);
    expect(fields({ secret: 'short' })).toEqual(['secret']);
  });

  it('wants a sender of mail and of nothing else', () => {
    expect(fields({ sender: null }, mail)).toEqual(['sender']);
    expect(fields({ sender: 'a@b.cn' })).toEqual(['sender']);
  });

  it('says everything at once', () =>
    expect(fields({ name: ' ', url: 'x', sender: 'y', secret: '' })).toEqual(['name', 'url', 'sender', 'secret']));
});

describe('isMailAddress', () => {
  it.each(['a@b.cn', 'first.last+tag@mail.example.gov.cn'])('accepts %s', (text) =>
    expect(isMailAddress(text)).toBe(true),
  );
  it.each(['', 'a', 'a@', '@b.cn', 'a@b', 'a b@c.cn', 'a@b.cn\r\nBcc: x@y.cn', 'a@b@c.cn', '张@b.cn'])(
    'refuses %j',
    (text) => expect(isMailAddress(text)).toBe(false),
  );
});
