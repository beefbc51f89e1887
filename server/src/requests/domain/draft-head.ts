/** Decides what a draft asks for once its head was changed: the lines stay, but for the DR mode that was chosen for all of them. */
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import type { LineContent } from './content.js';

/** What a request says beside its lines. */
export interface DraftHead {
  readonly systemId: string | undefined;
  readonly projectId: string | undefined;
  readonly purpose: string;
  /** The last day of what is asked for; null = long-term. */
  readonly temporaryUntil: string | null;
  /** For every line that stands somewhere; null = each keeps its own. */
  readonly localMode: LocalMode | null;
  readonly remoteMode: RemoteMode | null;
}

export function linesUnder(
  { localMode, remoteMode }: Pick<DraftHead, 'localMode' | 'remoteMode'>,
  lines: readonly LineContent[],
): LineContent[] {
  return lines.map((line) => {
    if (line.kind === 'SERVICE') return line;
    const modes = { localMode: localMode ?? line.localMode, remoteMode: remoteMode ?? line.remoteMode };
    // Both same-city centers are meant then: the one that was named gives way.
    return { ...line, ...modes, centerId: modes.localMode === 'DUAL_ACTIVE' ? null : line.centerId };
  });
}
