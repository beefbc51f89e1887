import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { ActionButton } from '../../../ui/ActionButton';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import {
  ApproveClosingMutation,
  type ClosingParts,
  RequestReversalMutation,
  ReturnClosingMutation,
  WithdrawClosingMutation,
} from '../closings.gql';

type Closing = ResultOf<typeof ClosingParts>;
type Act = 'APPROVE' | 'RETURN' | 'WITHDRAW' | 'REVERSE';

const OPINION_LONGEST = 500;

/** What the viewer may do with a close now; each act says first what follows from it. */
export function ClosingActions({ closing }: { closing: Closing }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Act | null>(null);
  const acts: Act[] = [
    ...(closing.mayDecide ? (['APPROVE', 'RETURN'] as const) : []),
    ...(closing.mayWithdraw ? (['WITHDRAW'] as const) : []),
    ...(closing.mayReverse ? (['REVERSE'] as const) : []),
  ];
  return (
    <>
      {acts.map((act) => (
        <ActionButton
          key={act}
          type={act === 'APPROVE' ? 'primary' : 'default'}
          danger={act === 'REVERSE'}
          disabledReason={null}
          onPress={() => setOpen(act)}
        >
          {t(`closing.acts.${act}`)}
        </ActionButton>
      ))}
      {open && <ActDialog key={open} act={open} closing={closing} onClose={() => setOpen(null)} />}
    </>
  );
}

function ActDialog({ act, closing, onClose }: { act: Act; closing: Closing; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [text, setText] = useState('');
  const { send, busy } = useAct(act, closing);
  const needed = act === 'RETURN' || act === 'REVERSE';
  const field = act === 'REVERSE' ? 'reason' : 'opinion';
  const submit = async () => {
    if (needed && !text.trim()) return form.refuse([{ field, message: t('closing.reasonMissing') }]);
    const errors = await send(text.trim());
    if (errors.length > 0) return form.refuse(errors);
    notice(t(`closing.done.${act}`, { month: closing.ofMonth }));
    onClose();
  };
  return (
    <DialogForm
      title={`${t(`closing.acts.${act}`)} · ${closing.ofMonth}`}
      submit={t(`closing.acts.${act}`)}
      danger={act === 'REVERSE'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`closing.consequence.${act}`)}</p>
      {act !== 'WITHDRAW' && (
        <ReasonBox
          field={field}
          label={t(`closing.${field}`)}
          errors={form.errors}
          optional={!needed}
          autoFocus
          showCount
          max={OPINION_LONGEST}
          value={text}
          onChange={(next) => {
            setText(next);
            form.changed(field);
          }}
        />
      )}
    </DialogForm>
  );
}

function useAct(act: Act, { id, version }: Closing) {
  const approve = useOutcome(ApproveClosingMutation);
  const giveBack = useOutcome(ReturnClosingMutation);
  const withdraw = useOutcome(WithdrawClosingMutation);
  const reverse = useOutcome(RequestReversalMutation);
  const decide = { APPROVE: approve, RETURN: giveBack, WITHDRAW: withdraw };
  const send = async (text: string) => {
    const sent =
      act === 'REVERSE'
        ? await reverse.send({ closingId: id, reason: text })
        : await decide[act].send({ id, expectedVersion: version, opinion: text || null });
    return sent.errors;
  };
  return { send, busy: act === 'REVERSE' ? reverse.busy : decide[act].busy };
}
