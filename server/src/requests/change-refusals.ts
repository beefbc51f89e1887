import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { pathOf } from './domain/change.js';
import type { RequestLineRow } from './requests.types.js';

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

/** Devices are given to a machine as it is made, and to none that runs. */
export function otherAccelerators(index: number): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: pathOf(index, 'offerId'),
    rule: 'sameAccelerators',
    message: say(
      '变更不能增减加速卡：请选择加速卡型号与数量相同的规格，或申请新云主机',
      'A change neither adds nor takes accelerators: choose an offer with the same ones, or ask for a new machine',
    ),
  };
}

/** Otherwise what is owed would be built beside what the change makes, or for what it takes away. */
export function stillOwed(index: number, name: string): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: pathOf(index),
    reason: 'DR_DEBT_OPEN',
    message: say(
      `${name} 还有未补建的容灾欠账，请先补建或免予补建，再调整容灾模式`,
      `${name} still owes a DR share: settle or waive it before its DR modes change`,
    ),
  };
}

export function whichStays(index: number): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: pathOf(index, 'centerId'),
    rule: 'centerToKeep',
    message: say('同城双活改为单中心，请选择保留哪个中心', 'Say which center stays when dual-active becomes single'),
  };
}

export function unknownThings(index: number): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: pathOf(index, 'things', 'lineId'),
    message: say(
      '找不到这些服务器或机柜空间，或不属于您的单位',
      'There are no such servers or places, or they are not your department’s',
    ),
  };
}

export function thingsOpen(
  { name, openChangeId, openChangeCode }: Pick<RequestLineRow, 'name' | 'openChangeId' | 'openChangeCode'>,
  index: number,
): Refusal {
  const code = openChangeCode ?? '';
  return {
    code: 'CHANGE_OPEN',
    path: pathOf(index, 'things', 'lineId'),
    requestId: openChangeId ?? '',
    requestCode: code,
    message: say(
      `${name} 有变更申请 ${code} 正在办理，请等它办结或先撤回`,
      `${name} is being changed by ${code}; wait for its end or withdraw it first`,
    ),
  };
}
