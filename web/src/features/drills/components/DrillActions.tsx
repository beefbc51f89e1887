import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import type { FormError } from '../../../ui/forms/form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import {
  AbortDrillMutation,
  ApproveDrillMutation,
  CancelDrillMutation,
  type Drill,
  FinishDrillMutation,
  PrecheckDrillMutation,
  RetryCleanupMutation,
  StartDrillMutation,
} from '../drills.gql';
import { SayDialog } from './SayDialog';

type Act = Drill['availableActions'][number];
const PLAIN = ['APPROVE', 'PRECHECK', 'START', 'FINISH', 'RETRY_CLEANUP'] as const;
type PlainAct = (typeof PLAIN)[number];
const isPlain = (act: Act): act is PlainAct => (PLAIN as readonly Act[]).includes(act);

/** What the viewer may do with the drill as a whole now: each asked once more, because most of it cannot be taken back. */
export function DrillActions({ drill }: { drill: Drill }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Act | null>(null);
  const close = () => setAsked(null);
  // Nothing is finished before the owner has spoken.
  const hasWord = drill.items.every(({ kind, state }) => kind !== 'OWNER' || state !== 'WAITING');
  const shown = drill.availableActions.filter((act) => act !== 'FINISH' || hasWord);
  return (
    <>
      {shown.map((act) => (
        <Button
          key={act}
          type={isPlain(act) ? 'primary' : 'default'}
          danger={act === 'ABORT' || act === 'CANCEL'}
          onClick={() => setAsked(act)}
        >
          {t(`drill.action.${act}`)}
        </Button>
      ))}
      {asked !== null && isPlain(asked) && <AskDialog drill={drill} act={asked} onClose={close} />}
      {(asked === 'ABORT' || asked === 'CANCEL') && <EndDialog drill={drill} act={asked} onClose={close} />}
    </>
  );
}

function AskDialog({ act, drill, onClose }: { act: PlainAct; drill: Drill; onClose: () => void }) {
  const { t } = useTranslation();
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [refusals, setRefusals] = useState(0);
  const sends = {
    APPROVE: useOutcome(ApproveDrillMutation),
    PRECHECK: useOutcome(PrecheckDrillMutation),
    START: useOutcome(StartDrillMutation),
    FINISH: useOutcome(FinishDrillMutation),
    RETRY_CLEANUP: useOutcome(RetryCleanupMutation),
  };
  const { busy, send } = sends[act];
  const press = async () => {
    const { errors: wrong } = await send({ id: drill.id, expectedVersion: drill.version });
    if (wrong.length === 0) return onClose();
    setErrors(wrong);
    setRefusals(refusals + 1);
  };
  return (
    <Dialog title={t(`drill.action.${act}`)} onClose={onClose}>
      <ErrorSummary errors={[...errors]} refusals={refusals} />
      <p>{t(`drill.ask.${act}`)}</p>
      <div className="jy-dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="primary" loading={busy} aria-busy={busy} onClick={() => void press()}>
          {t(`drill.action.${act}`)}
        </Button>
      </div>
    </Dialog>
  );
}

function EndDialog({ act, drill, onClose }: { act: 'ABORT' | 'CANCEL'; drill: Drill; onClose: () => void }) {
  const { t } = useTranslation();
  const abort = useOutcome(AbortDrillMutation);
  const cancel = useOutcome(CancelDrillMutation);
  const { busy, send } = act === 'ABORT' ? abort : cancel;
  return (
    <SayDialog
      title={t(`drill.action.${act}`)}
      label={t('drill.reason')}
      submit={t(`drill.action.${act}`)}
      danger
      busy={busy}
      field="reason"
      onSay={async (reason) => (await send({ id: drill.id, expectedVersion: drill.version, reason })).errors}
      onClose={onClose}
    >
      <p>{t(`drill.ask.${act}`)}</p>
    </SayDialog>
  );
}
