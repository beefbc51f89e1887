/** Decides from two looks whether a machine was moved to another node while it ran. */
import { type Bilingual, say } from '../../kernel/bilingual.js';

/** Where it runs, and what runs of it: after a restart something else does. */
export interface Whereabouts {
  readonly nodeName: string | null;
  readonly instanceUid?: string | null;
}

/** What its log says of the move; null = it was none. */
export function liveMigration(before: Whereabouts, now: Whereabouts): Bilingual | null {
  const isSame = Boolean(now.instanceUid) && before.instanceUid === now.instanceUid;
  const [from, to] = [before.nodeName, now.nodeName];
  if (!isSame || !from || !to || from === to) return null;
  return say(`由节点 ${from} 在线迁移到 ${to}，未停机`, `Moved live from node ${from} to ${to}, without a stop`);
}
