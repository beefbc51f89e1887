import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { ActionButton } from '../../../ui/ActionButton';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { ConfirmStatementMutation, StatementWordParts } from '../statements.gql';

type Props = { draft: FragmentOf<typeof StatementWordParts>; departmentId: string; mayRead: boolean };

/** 确认: what the department was asked, what it said, and what follows from saying nothing. */
export function ConfirmPanel({ draft: masked, departmentId, mayRead }: Props) {
  const { t } = useTranslation();
  const draft = readFragment(StatementWordParts, masked);
  const [confirming, setConfirming] = useState(false);
  const { closing, complete, figures, issue, mayConfirm, month } = draft;
  if (!complete || !figures) return null;
  // What was closed was closed as it was confirmed then; lines that are rated behind it ask nobody.
  const unmoved = issue?.amount === figures.amount && issue.lines === figures.lines;
  const same = issue !== null && (closing?.state === 'CLOSED' || unmoved);
  const confirmed = same && issue.state !== 'ISSUED';
  // Closed without the department's word: nobody waits for it any more.
  const missed = !confirmed && closing?.state === 'CLOSED';
  const word = confirmed
    ? t(`statement.issues.${issue.state}`)
    : t(missed ? 'statement.unconfirmed' : 'statement.issues.ISSUED');
  return (
    <Panel
      title={t('statement.word')}
      aside={
        <>
          {closing && mayRead && <Link to={routes.closing(closing.id)}>{t('closing.open')}</Link>}
          {mayConfirm && !(same && issue.state === 'CONFIRMED') && (
            <ActionButton type="primary" disabledReason={null} onPress={() => setConfirming(true)}>
              {t('statement.confirm')}
            </ActionButton>
          )}
        </>
      }
    >
      <p>
        <StateTag
          look={
            confirmed
              ? { tone: 'good', icon: CheckCircleOutlined }
              : { tone: missed ? 'quiet' : 'waiting', icon: ClockCircleOutlined }
          }
          word={word}
        />{' '}
        {confirmed && issue.confirmedBy && `${issue.confirmedBy} · `}
        {confirmed && issue.confirmedAt && exactTime(issue.confirmedAt).slice(0, 16)}
        {!confirmed && !missed && issue && t('statement.due', { due: exactTime(issue.dueAt).slice(0, 16) })}
      </p>
      {confirming && (
        <ConfirmDialog
          month={month}
          departmentId={departmentId}
          figures={figures}
          onClose={() => setConfirming(false)}
        />
      )}
    </Panel>
  );
}

type DialogProps = {
  month: string;
  departmentId: string;
  figures: { lines: number; amount: string };
  onClose: () => void;
};

function ConfirmDialog({ month, departmentId, figures, onClose }: DialogProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(ConfirmStatementMutation);
  const submit = async () => {
    const { data, errors } = await send({
      month,
      departmentId,
      expectedLines: figures.lines,
      expectedAmount: figures.amount,
    });
    if (!data) return form.refuse(errors);
    notice(t('statement.confirmed', { month }));
    onClose();
  };
  return (
    <DialogForm
      title={t('statement.confirmTitle', { month })}
      submit={t('statement.confirm')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {t('statement.confirmText', { lines: figures.lines })} <Money fen={figures.amount} />
      </p>
    </DialogForm>
  );
}
