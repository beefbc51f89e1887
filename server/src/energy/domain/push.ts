/** Decides whether pushed readings can be taken: all of them or none, each fault named by its place. */

import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { PushFault } from '../../kernel/push-fault.js';
import { READING_SUBJECTS, type ReadingSubject } from './energy.js';

export interface Reading {
  readonly subjectKind: ReadingSubject;
  /** "center-a", "center-a/feed name" or "center-a/room/cabinet". */
  readonly subject: string;
  readonly at: Date;
  readonly powerW: number;
}

/** A minute of 1,000 cabinets in one call, within the body's 256 KiB. */
export const READINGS_MAX = 1_000;
/** Single readings are kept that long; a later one could no longer be added to its hour. */
export const READING_DAYS = 30;
/** A sender's clock may run ahead by so much. */
export const AHEAD_MINUTES_MAX = 5;
/** 100 MW: above any center. */
const POWER_W_MAX = 100_000_000;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;
const MINUTE_MS = 60_000;
const FAULTS_MAX = 100;

/** How many names stand after the center's code. */
const NAMES: { readonly [S in ReadingSubject]: number } = { CENTER_TOTAL: 0, IT_TOTAL: 0, FEED: 1, CABINET: 2 };

export function parsePush(
  body: unknown,
  now: Date,
): { readonly readings: readonly Reading[]; readonly faults: readonly PushFault[] } {
  const list = isObject(body) ? body.readings : undefined;
  if (!Array.isArray(list) || list.length < 1 || list.length > READINGS_MAX)
    return {
      readings: [],
      faults: [
        {
          index: null,
          field: 'readings',
          message: say(`须有 1 至 ${READINGS_MAX} 条读数`, `1 to ${READINGS_MAX} readings are wanted`),
        },
      ],
    };
  const readings: Reading[] = [];
  const faults: PushFault[] = [];
  for (const [index, item] of list.entries()) {
    const found = parseOne(item, now);
    if ('field' in found) faults.push({ index, ...found });
    else readings.push(found);
    if (faults.length >= FAULTS_MAX) break;
  }
  return { readings, faults };
}

/**
 * Of well-formed readings, those about a center that the source was not registered for, or a cabinet that is not there:
 * taken, they would be kept and never shown. A feed is named by whoever measures it.
 */
export function strangers(
  readings: readonly Reading[],
  centerCodes: ReadonlySet<string>,
  cabinetPaths: ReadonlySet<string>,
): PushFault[] {
  return readings
    .flatMap(({ subjectKind, subject }, index): PushFault[] => {
      const [center = ''] = subject.split('/');
      if (!centerCodes.has(center))
        return [
          {
            index,
            field: 'subject',
            message: say(`此来源未登记数据中心 ${center}`, `This source is not registered for a center ${center}`),
          },
        ];
      return subjectKind === 'CABINET' && !cabinetPaths.has(subject)
        ? [{ index, field: 'subject', message: say(`没有机柜 ${subject}`, `There is no cabinet ${subject}`) }]
        : [];
    })
    .slice(0, FAULTS_MAX);
}

function parseOne(item: unknown, now: Date): Reading | Omit<PushFault, 'index'> {
  if (!isObject(item)) return fault('', say('读数须为对象', 'A reading is an object'));
  const { kind, subject, at, powerW } = item;
  const subjectKind = READING_SUBJECTS.find((known) => known === kind);
  if (!subjectKind)
    return fault('kind', say(`须为 ${READING_SUBJECTS.join('、')} 之一`, `One of ${READING_SUBJECTS.join(', ')}`));
  const names = typeof subject === 'string' ? subject.split('/') : [];
  if (names.length !== NAMES[subjectKind] + 1 || !names.every((name) => NAME.test(name)))
    return fault(
      'subject',
      say(
        '对象写法如 center-a、center-a/feed-1、center-a/room-1/A-01',
        'Such as center-a, center-a/feed-1 or center-a/room-1/A-01',
      ),
    );
  const time = typeof at === 'string' && TIME.test(at) ? new Date(at) : undefined;
  if (!time || Number.isNaN(time.getTime()))
    return fault('at', say('时间格式如 2026-03-01T08:30:00Z', 'A time such as 2026-03-01T08:30:00Z'));
  if (time.getTime() > now.getTime() + AHEAD_MINUTES_MAX * MINUTE_MS)
    return fault('at', say('时间在将来', 'The time lies ahead'));
  if (time.getTime() < now.getTime() - READING_DAYS * 24 * 60 * MINUTE_MS)
    return fault(
      'at',
      say(`早于 ${READING_DAYS} 天的读数不再接收`, `Readings older than ${READING_DAYS} days are no longer taken`),
    );
  if (typeof powerW !== 'number' || !Number.isInteger(powerW) || powerW < 0 || powerW > POWER_W_MAX)
    return fault('powerW', say(`功率须为 0 至 ${POWER_W_MAX} 的整数瓦`, `Whole watts from 0 to ${POWER_W_MAX}`));
  return { subjectKind, subject: names.join('/'), at: time, powerW };
}

function fault(field: string, message: Bilingual): Omit<PushFault, 'index'> {
  return { field, message };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
