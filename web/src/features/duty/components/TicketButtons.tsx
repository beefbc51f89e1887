import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DutyTicketAction } from '../../../graphql/enums';
import { ActionButton } from '../../../ui/ActionButton';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { TicketLine } from '../duty.gql';
import { MoveTicketMutation } from '../duty-acts.gql';
import { MoveDialog } from './MoveDialog';

const WAYS_OUT: readonly DutyTicketAction[] = ['CANCEL', 'REJECT', 'ROLL_BACK'];

/** What leads it on, first and as the one button that stands out; the ways out beside it. `firstOnly`: of a line in a list. */
export function TicketButtons({
  ticket,
  firstOnly = false,
  frozen = null,
}: {
  ticket: TicketLine;
  firstOnly?: boolean;
  frozen?: string | null;
}) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [asking, setAsking] = useState<DutyTicketAction | null>(null);
  const { send, busy } = useOutcome(MoveTicketMutation);
  const press = async (action: DutyTicketAction, asksForText: boolean) => {
    if (asksForText) return setAsking(action);
    const { data, errors } = await send({ id: ticket.id, expectedVersion: ticket.version, action, text: '' });
    notice(
      data ? t('desk.moved', { code: ticket.code, action: t(`desk.action.${action}`) }) : (errors[0]?.message ?? ''),
    );
  };
  const ways = ticket.offers.filter(
    ({ action, because }) => !firstOnly || (because === null && !WAYS_OUT.includes(action)),
  );
  const shown = firstOnly ? ways.slice(0, 1) : ways;
  // Where all that leads on has to wait, no way out stands out in its place.
  const first = shown.find(({ action, because }) => because === null && !WAYS_OUT.includes(action))?.action;
  return (
    <>
      {shown.map(({ action, asksForText, because }) => (
        <ActionButton
          key={action}
          type={action === first ? 'primary' : 'default'}
          loading={busy}
          disabledReason={because ?? (action === 'IMPLEMENT' ? frozen : null)}
          onPress={() => press(action, asksForText)}
        >
          {t(`desk.action.${action}`)}
        </ActionButton>
      ))}
      {asking && <MoveDialog ticket={ticket} action={asking} onClose={() => setAsking(null)} />}
    </>
  );
}
