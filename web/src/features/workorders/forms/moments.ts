import { exactTime } from '../../../lib/time';

/** What a datetime field holds: local to Asia/Shanghai, wherever the browser stands, as all times of the province. */
export function textOfMoment(iso: string | null): string {
  return iso ? exactTime(iso).slice(0, 16).replace(' ', 'T') : '';
}

/** null = nothing that is a time was written. */
export function momentOf(text: string): string | null {
  const moment = new Date(`${text}:00+08:00`);
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null;
}
