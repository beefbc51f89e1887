/** Decides how acts on a server's host are told, and whether what was typed with one is enough. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { type HostAction, hostActNeedsName, hostActNeedsReason } from './host.js';
import type { HostImage } from './host-record.js';
import { invalid } from './refused.js';

const REASON_LENGTH_MAX = 300;

export const HOST_ACTION_WORDS: { readonly [A in HostAction]: Bilingual } = {
  REGISTER: say('登记为裸金属主机', 'Registered as a host'),
  POWER_ON: say('开机', 'Switched on'),
  POWER_OFF: say('关机', 'Switched off'),
  REBOOT: say('重启', 'Rebooted'),
  REIMAGE: say('重装系统', 'Reinstalled'),
  KEEP_BY_HAND: say('改为人工管理', 'Kept by hand from now on'),
};

/** What people typed with an act. */
interface Typed {
  readonly action: HostAction;
  readonly reason: string | null;
  readonly confirmed: string | null;
  readonly imageId: string | null | undefined;
}

/** Another system than the one it had is named, for whoever looks for when that was. */
export function wordsOfHostAct({ action, imageId }: Typed, image: HostImage | null): Bilingual {
  const words = HOST_ACTION_WORDS[action];
  return action === 'REIMAGE' && imageId !== null && image !== null
    ? say(`${words.zh}为 ${image.name}`, `${words.en} with ${image.name}`)
    : words;
}

export function saidOfHostAct(words: Bilingual, reason: string, isCenters: boolean): Bilingual {
  const act = isCenters ? say(`大数据中心操作：${words.zh}`, `By the center: ${words.en}`) : words;
  return reason === '' ? act : say(`${act.zh}：${reason}`, `${act.en}: ${reason}`);
}

export function typedWrong(row: { readonly assetNumber: string }, { action, confirmed, reason }: Typed): Refusal[] {
  const said = reason?.trim() ?? '';
  return [
    ...(hostActNeedsReason(action) && said === ''
      ? [invalid(['reason'], 'required', '请填写原因', 'Give the reason')]
      : []),
    ...(said.length > REASON_LENGTH_MAX
      ? [invalid(['reason'], 'length', `原因最多 ${REASON_LENGTH_MAX} 字`, `At most ${REASON_LENGTH_MAX} characters`)]
      : []),
    ...(hostActNeedsName(action) && confirmed?.trim() !== row.assetNumber
      ? [
          invalid(
            ['confirmed'],
            'matches',
            `请输入资产编号 ${row.assetNumber} 以确认`,
            `Type the asset number ${row.assetNumber} to confirm`,
          ),
        ]
      : []),
  ];
}
