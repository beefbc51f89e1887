import type { KeyboardEvent } from 'react';

/** Ctrl+Enter (⌘+Enter) sends the form from within a text of several lines, where Enter begins the next. */
export function submitsByKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
