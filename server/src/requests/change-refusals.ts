import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { pathOf } from './domain/change.js';

export function unknown(index: number): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: pathOf(index, 'resourceIds'),
    message: say('找不到这台资源，或不属于您的单位', 'There is no such resource, or it is not your department’s'),
  };
}

export function notOneLine(index: number): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: pathOf(index, 'resourceIds'),
    rule: 'oneLine',
    message: say('一行只能变更来自同一明细的资源', 'A line changes resources that came of one line'),
  };
}

export function lineTwice(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['content', 'lines'],
    rule: 'lineTwice',
    message: say('这些资源作为一个整体变更，请写在一行', 'These change as one: write them in one line'),
  };
}

export function notFromRequest(index: number, { name }: ResourceRow): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: pathOf(index, 'resourceIds'),
    reason: 'NOT_FROM_REQUEST',
    message: say(
      `${name} 是期初纳管的资源，没有申请明细，请在其所在平台调整后更新台账`,
      `${name} was taken in and came of no request: change it where it runs and update the record`,
    ),
  };
}

export function noOffer(index: number): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: pathOf(index, 'offerId'),
    message: say('没有这个规格、已下架，或与现有架构不同', 'No such offer, withdrawn, or of another architecture'),
  };
}
