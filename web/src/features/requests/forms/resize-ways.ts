import type { ChangePreviewState, ResizeWays } from './use-preview-change';

/** Where the server cannot be asked, nobody is restarted unasked. */
const NOT_KNOWN: ResizeWays = { restartCount: 1, liveCount: 0 };

/**
 * Whether what is wished is a restart or is done while machines run, which only the server knows. null = no vCPU or memory
 * changes, or it is still being found out.
 */
export function resizeWays(
  changesCompute: boolean,
  { preview, failure }: Pick<ChangePreviewState, 'preview' | 'failure'>,
): ResizeWays | null {
  if (!changesCompute) return null;
  const ways = preview?.ways ?? (failure ? NOT_KNOWN : null);
  return ways && ways.restartCount + ways.liveCount > 0 ? ways : null;
}
