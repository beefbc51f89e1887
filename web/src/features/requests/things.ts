import type { TFunction } from 'i18next';
import { count } from '../../lib/quantity';

type Counts = { machineCount: number; serverCount: number; cabinetCount: number; serviceCount: number };

/** "云主机 2 · 服务器 1": what a request asks for, kind by kind. */
export function thingsOf({ machineCount, serverCount, cabinetCount, serviceCount }: Counts, t: TFunction): string {
  return [
    machineCount > 0 && t('planPicture.machines', { things: count(machineCount) }),
    serverCount > 0 && t('planPicture.servers', { things: count(serverCount) }),
    cabinetCount > 0 && t('planPicture.cabinets', { things: count(cabinetCount) }),
    serviceCount > 0 && t('planPicture.services', { things: count(serviceCount) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
