import { useCallback, useEffect, useState } from 'react';
import { readStored, writeStored } from '../../../lib/stored';
import type { RequestDraft } from './request-draft';

/**
 * The form's content, kept in this tab while it is being written: an ended session or a reload costs nothing. The key carries the
 * viewer, so that the next user of the same machine finds an empty form.
 */
export function useKeptDraft(
  key: string,
  start: () => RequestDraft,
  parse = parseDraft,
): {
  draft: RequestDraft;
  /** Something was changed since it was opened or saved. */
  touched: boolean;
  setDraft: (change: (now: RequestDraft) => RequestDraft) => void;
  /** The server has it: the tab's own copy goes. */
  drop: () => void;
  forget: () => void;
} {
  const [draft, setState] = useState<RequestDraft>(() => parse(readStored(sessionStorage, key)) ?? start());
  const [touched, setTouched] = useState(() => readStored(sessionStorage, key) !== null);
  useEffect(() => {
    if (touched) writeStored(sessionStorage, key, JSON.stringify(draft));
  }, [key, draft, touched]);
  const setDraft = useCallback((change: (now: RequestDraft) => RequestDraft) => {
    setTouched(true);
    setState(change);
  }, []);
  const drop = useCallback(() => writeStored(sessionStorage, key, null), [key]);
  const forget = useCallback(() => {
    setTouched(false);
    writeStored(sessionStorage, key, null);
  }, [key]);
  return { draft, touched, setDraft, drop, forget };
}

/** null = nothing, or what an older console kept. */
export function parseDraft(text: string | null): RequestDraft | null {
  if (!text) return null;
  try {
    const value = JSON.parse(text) as RequestDraft;
    return Array.isArray(value.lines) &&
      value.lines.length > 0 &&
      // Kept by an older console: without what a line says of others.
      value.lines.every((line) => Array.isArray(line.relations)) &&
      typeof value.purpose === 'string'
      ? value
      : null;
  } catch {
    return null;
  }
}

/** The same of a form that holds no lines: they are many, and stand on the server. */
export function parseHead(text: string | null): RequestDraft | null {
  if (!text) return null;
  try {
    const value = JSON.parse(text) as RequestDraft;
    return Array.isArray(value.lines) && value.lines.length === 0 && typeof value.purpose === 'string' ? value : null;
  } catch {
    return null;
  }
}
