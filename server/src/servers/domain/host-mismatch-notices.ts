/** Decides who hears of hosts and assets without their twin, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Notice } from '../../kernel/notice.js';
import type { MismatchFinding } from './host-mismatch.js';

/** More names say no more; the list has all of them. */
const NAMES_TOLD = 3;

interface Found extends Pick<MismatchFinding, 'side' | 'host' | 'serial'> {
  readonly id: string;
}

/** One for each side that a look has found something new of. */
export function withoutTwin(centerName: string, found: readonly Found[]): Notice[] {
  const hosts = found.filter(({ side }) => side === 'HOST');
  const servers = found.filter(({ side }) => side === 'SERVER');
  return [
    ...notice(hosts, (names, count) =>
      say(
        `${centerName}有 ${count} 台裸金属主机没有对应的资产：${names}，请登记、对应或说明原因`,
        `${count} bare metal hosts in ${centerName} match no asset: ${names}; register, match or ignore them`,
      ),
    ),
    ...notice(servers, (names, count) =>
      say(
        `${centerName}有 ${count} 台服务器资产没有裸金属主机（序列号 ${names}），请登记或说明原因`,
        `${count} servers in ${centerName} have no bare metal host (serial numbers ${names}); register or ignore them`,
      ),
    ),
  ];
}

function notice(found: readonly Found[], text: (names: string, count: number) => Notice['text']): Notice[] {
  const [first] = found;
  if (!first) return [];
  const told = found.slice(0, NAMES_TOLD).map(({ host, serial }) => (host ? host.name : (serial ?? '?')));
  const names = `${told.join(', ')}${found.length > NAMES_TOLD ? ' …' : ''}`;
  return [
    {
      kind: 'WORK_WAITING',
      subject: { type: 'HostMismatch', id: first.id },
      audience: { roles: [{ role: 'FACILITY_ENGINEER', departmentId: null }] },
      text: text(names, found.length),
      onceKey: `host-mismatch/${first.id}`,
    },
  ];
}
