import { say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';

export const unknown = (path: InputPath, zh: string, en: string): Refusal => ({
  code: 'UNKNOWN_REFERENCE',
  path,
  message: say(zh, en),
});

export const noSuchOutage = (): Refusal => unknown(['id'], '找不到这次中断', 'There is no such outage');

export const withdrawnAlready = (): Refusal => ({
  code: 'NOT_PERMITTED',
  path: ['id'],
  reason: 'WITHDRAWN',
  message: say('这次中断已撤销', 'This outage was withdrawn'),
});

export function changed(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('刚被他人更改，请刷新后再看', 'Somebody has just changed this; look again'),
  };
}
