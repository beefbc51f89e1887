import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { AppealFiles } from '../components/AppealFiles';
import { GradeAppeals } from '../performance.gql';
import { AnswerAppealDialog, AppealDialog, WithdrawAppealDialog } from './AppealDialogs';

type Open = 'appeal' | 'answer' | 'withdraw' | null;
type Appeal = ResultOf<typeof GradeAppeals>['appeals'][number];

/** 申诉: what the department says, until when, and what was answered. */
export function AppealsPanel({ evaluation: masked }: { evaluation: FragmentOf<typeof GradeAppeals> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<Open>(null);
  const evaluation = readFragment(GradeAppeals, masked);
  const { appeals, appealObjection, appealDueAt } = evaluation;
  const waiting = appeals.find(({ state }) => state === 'OPEN') ?? null;
  const speaks = may('PERFORMANCE', 'SIGN_OFF');
  const answers = may('PERFORMANCE', 'REVIEW');
  return (
    <Panel
      title={t('performance.appeals')}
      aside={
        speaks && !appealObjection ? (
          <Button onClick={() => setOpen('appeal')}>{t('performance.appeal')}</Button>
        ) : undefined
      }
    >
      {appealDueAt && <p className="jy-quiet-text">{t('performance.appealUntil', { time: exactTime(appealDueAt) })}</p>}
      {appeals.length === 0 && <p className="jy-quiet-text">{t('performance.noAppeals')}</p>}
      {appeals.map((appeal) => (
        <Said key={appeal.id} appeal={appeal} />
      ))}
      {waiting && (answers || speaks) && (
        <div className="jy-tags">
          {answers && (
            <Button type="primary" onClick={() => setOpen('answer')}>
              {t('performance.answer')}
            </Button>
          )}
          {speaks && <Button onClick={() => setOpen('withdraw')}>{t('performance.withdrawAppeal')}</Button>}
        </div>
      )}
      {open === 'appeal' && <AppealDialog evaluation={evaluation} onClose={() => setOpen(null)} />}
      {open === 'answer' && waiting && (
        <AnswerAppealDialog evaluation={evaluation} appeal={waiting} onClose={() => setOpen(null)} />
      )}
      {open === 'withdraw' && waiting && (
        <WithdrawAppealDialog evaluation={evaluation} appeal={waiting} onClose={() => setOpen(null)} />
      )}
    </Panel>
  );
}

function Said({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation();
  return (
    <div className="jy-appeal">
      <p>
        <span className={appeal.state === 'OPEN' ? 'jy-mark' : 'jy-quiet-text'}>
          {t(`performance.appealState.${appeal.state}`)}
        </span>{' '}
        {appeal.raisedBy} <Time at={appeal.raisedAt} />
      </p>
      <p>{appeal.reason}</p>
      <AppealFiles appeal={appeal} />
      {appeal.answer && (
        <p className="jy-quiet-text">
          {t('performance.answeredBy', { name: appeal.answeredBy })} <Time at={appeal.answeredAt} />
          <br />
          {appeal.answer}
        </p>
      )}
    </div>
  );
}
