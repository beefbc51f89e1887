import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ConfirmEntryMutation, WithdrawEntryMutation } from '../spend.gql';
import type { EntryActs, EntryRow } from './entry-columns';

/** What is done with an entry from any list of them; what was refused stands above the list until the next act. */
export function useEntryActs() {
  const { t } = useTranslation();
  const notice = useNotice();
  const confirm = useOutcome(ConfirmEntryMutation);
  const withdraw = useOutcome(WithdrawEntryMutation);
  const [refused, setRefused] = useState<string | null>(null);
  const [reversing, reverse] = useState<EntryRow | null>(null);
  const decide = async (entry: EntryRow, action: 'CONFIRM' | 'WITHDRAW') => {
    const wish = { id: entry.id, expectedVersion: entry.version };
    const answer = await (action === 'CONFIRM' ? confirm.send(wish) : withdraw.send(wish));
    setRefused(answer.data ? null : answer.errors.map(({ message }) => message).join(' '));
    if (answer.data) notice(t(action === 'CONFIRM' ? 'spend.confirmed' : 'spend.withdrawn'));
  };
  const acts: EntryActs = {
    onDecide: (entry, action) => void decide(entry, action),
    onReverse: reverse,
    busy: confirm.busy || withdraw.busy,
  };
  return { acts, refused, reversing, closeReversal: () => reverse(null) };
}
