/** Decides what can have a DR group to itself, and in which words whoever comes second is refused. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

export const OCCUPANTS = ['DRILL', 'EXECUTION'] as const;
export type Occupant = (typeof OCCUPANTS)[number];

export interface Occupation {
  readonly byKind: Occupant;
  readonly byId: string;
  /** As people know it: YL-2026-000012, QH-2026-000003. */
  readonly byCode: string;
}

const WORDS: { readonly [O in Occupant]: Bilingual } = {
  DRILL: say('演练', 'the drill'),
  EXECUTION: say('切换', 'the execution'),
};

export function occupantWords({ byCode, byKind }: Pick<Occupation, 'byCode' | 'byKind'>): Bilingual {
  return say(`${WORDS[byKind].zh} ${byCode}`, `${WORDS[byKind].en} ${byCode}`);
}

export function groupOccupied(by: Pick<Occupation, 'byCode' | 'byKind'>): Refusal {
  const who = occupantWords(by);
  return {
    ...{ code: 'NOT_PERMITTED', path: ['groupId'], reason: 'GROUP_OCCUPIED' },
    message: say(
      `该容灾组正被${who.zh} 占用，同一时间只能有一项演练或切换；请等其结束（清理失败的须先清理完）或先取消`,
      `The group is occupied by ${who.en}: one drill or execution at a time. Wait for its end (one whose cleanup failed is cleaned up first), or cancel it`,
    ),
  };
}
