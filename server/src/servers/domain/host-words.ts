/** Decides what of a look at a host is worth a line in its server's history, and how its cleaning is told. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { calendarTime } from '../../kernel/calendar.js';
import type { HostReading, ServerHostRow, WipeEvidence } from './host-record.js';

/** What is worth a line in its history: each step that brought it further, and each change of where it stands. */
export function eventsOfReading(
  host: ServerHostRow,
  { claimed, phase, released, statusText, wipe }: HostReading,
  { arrived }: { readonly arrived: boolean },
): { readonly kind: string; readonly text: Bilingual }[] {
  const image = host.image?.name ?? '';
  const isInstalled = phase === 'RUNNING' && (host.phase === 'PROVISIONING' || host.phase === 'QUEUED');
  return [
    ...(claimed && host.claimedAt === null
      ? [{ kind: 'CLAIMED', text: say(`占用主机，开始装机：${image}`, `Claimed its host to install ${image}`) }]
      : []),
    ...(wipe !== null && host.wipe === null ? [{ kind: 'WIPED', text: wipeText(wipe) }] : []),
    ...(arrived || isInstalled
      ? [{ kind: 'HOST', text: say(`装机完成，已开机：${image}`, `Installed and running: ${image}`) }]
      : host.phase !== phase && host.useId !== null && !released
        ? [{ kind: 'HOST', text: statusText }]
        : []),
  ];
}

/** How it was cleaned, for whoever has to answer for what was on it. */
export function wipeMethodText({ method }: WipeEvidence): Bilingual {
  return method === 'NEVER_INSTALLED'
    ? say('本次使用未装过系统，无需清除', 'No image was installed in this use')
    : say(
        '自动清除磁盘元数据（分区表与文件系统签名，未全盘覆写）',
        'Metadata of its disks were destroyed (partition tables and signatures; not overwritten)',
      );
}

function wipeText(wipe: WipeEvidence): Bilingual {
  const how = wipeMethodText(wipe);
  const [start, end] = [wipe.startedAt, wipe.endedAt].map((at) => (at === null ? '?' : calendarTime(new Date(at))));
  const when =
    wipe.endedAt === null ? say('', '') : say(`，${start} 至 ${end}（北京时间）`, `, ${start} to ${end} (UTC+8)`);
  return say(`擦除证据：${how.zh}${when.zh}`, `Proof of cleaning: ${how.en}${when.en}`);
}
