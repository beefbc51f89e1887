import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { Dialog } from '../../../ui/Dialog';
import { type Fact, Facts } from '../../../ui/Facts';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { CancelMaintenanceMutation, EndMaintenanceMutation, StartMaintenanceMutation } from '../centers.gql';
import { extentText, subjectText } from '../components/extent-text';
import { ImpactPanel } from '../components/ImpactPanel';
import { PlaceImpactPanel } from '../components/PlaceImpactPanel';
import { MaintenanceStateTag } from '../components/place-states';
import { useMeterWords } from '../components/use-meter-words';
import type { Window } from '../components/WindowTable';

/** One window with what it breaks, and what can be done with it now. */
export function WindowDialog({ window, onClose }: { window: Window; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const notice = useNotice();
  const form = useFormErrors();
  const { word, amount } = useMeterWords();
  const start = useSend(StartMaintenanceMutation, (data) => data.outcome.errors);
  const end = useSend(EndMaintenanceMutation, (data) => data.outcome.errors);
  const cancel = useSend(CancelMaintenanceMutation, (data) => data.outcome.errors);
  const { title } = window;
  const now = useNow();
  // Asked once, so that what is shown is what was asked however long somebody reads it.
  const [earlyFrom, setEarlyFrom] = useState<string | null>(null);
  const ahead = now < new Date(window.fromAt).getTime();
  const named = { id: window.id, expectedVersion: window.version };
  const pressed = (refused: FormError[], done: string) => {
    if (refused.length > 0) return form.refuse(refused);
    notice(done);
    onClose();
  };
  const facts: Fact[] = [
    { label: t('maintenance.code'), value: <span className="jy-code">{window.code}</span> },
    { label: t('maintenance.state'), value: <MaintenanceStateTag state={window.state} /> },
    { label: t('maintenance.subject'), value: <span className="jy-code">{subjectText(window)}</span> },
    { label: t('maintenance.extent'), value: extentText(t, window) },
    { label: t('maintenance.from'), value: <Time at={window.fromAt} exact /> },
    { label: t('maintenance.to'), value: <Time at={window.toAt} exact /> },
    { label: t('maintenance.plannedBy'), value: window.plannedBy },
    { label: t('maintenance.reason'), value: window.reason, wide: true },
  ];
  const edits = may('CENTER', 'EDIT');
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        edits && (
          <>
            {window.state === 'PLANNED' && (
              <>
                <Button
                  loading={cancel.busy}
                  onClick={async () => pressed(await cancel.send(named), t('maintenance.cancelled', { title }))}
                >
                  {t('maintenance.cancel')}
                </Button>
                {ahead && earlyFrom === null ? (
                  <Button onClick={() => setEarlyFrom(new Date(now).toISOString())}>
                    {t('maintenance.startEarly')}
                  </Button>
                ) : (
                  <Button
                    type="primary"
                    loading={start.busy}
                    onClick={async () =>
                      pressed(
                        await start.send({ ...named, early: earlyFrom !== null }),
                        t('maintenance.started', { title }),
                      )
                    }
                  >
                    {t(earlyFrom === null ? 'maintenance.start' : 'maintenance.startEarlyConfirm')}
                  </Button>
                )}
              </>
            )}
            {window.state === 'RUNNING' && (
              <Button
                type="primary"
                loading={end.busy}
                onClick={async () => pressed(await end.send(named), t('maintenance.ended', { title }))}
              >
                {t('maintenance.end')}
              </Button>
            )}
          </>
        )
      }
    >
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      <Facts facts={facts} />
      {window.uncovered.length > 0 && (
        <p className="jy-bad-text">
          {t('maintenance.uncoveredText')}{' '}
          {window.uncovered.map((row) => `${word(row.meter)} ${amount(row.meter, row.amount)}`).join(t('common.comma'))}
        </p>
      )}
      {(window.state === 'PLANNED' || window.state === 'RUNNING') && (
        <>
          <h3 className="jy-part-title">{t('maintenance.impact')}</h3>
          {earlyFrom !== null && (
            <p className="jy-tone-waiting" role="status">
              {t('maintenance.startEarlyText', { from: exactTime(window.fromAt), to: exactTime(window.toAt) })}
            </p>
          )}
          {window.pool && (window.extent === 'POOL_NODES' || window.extent === 'WHOLE_POOL') ? (
            <ImpactPanel
              input={{
                poolId: window.pool.id,
                extent: window.extent,
                nodes: window.nodes,
                fromAt: earlyFrom ?? window.fromAt,
                toAt: window.toAt,
                windowId: window.id,
              }}
            />
          ) : (
            window.placeId && (
              <PlaceImpactPanel
                input={{
                  extent: window.extent,
                  placeId: window.placeId,
                  feed: window.feed,
                  fromAt: earlyFrom ?? window.fromAt,
                  toAt: window.toAt,
                  windowId: window.id,
                }}
              />
            )
          )}
        </>
      )}
    </Dialog>
  );
}
