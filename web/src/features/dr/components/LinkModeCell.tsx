import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { drGrades } from '../../../ui/dr-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { AskModeDialog, EndModeDialog } from './LinkModeDialogs';
import type { DrLink } from './PathsDialog';

type Open = 'ask' | 'agree' | 'withdraw' | null;

/** How a link goes, by whose signatures it goes otherwise than it was built for, and what somebody asks for now. */
export function LinkModeCell({ link }: { link: DrLink }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<Open>(null);
  const { mode, modeChanges, modeRequest, promisedMode } = link;
  const [last] = modeChanges;
  const close = () => setOpen(null);
  const edits = may('DR_GROUP', 'EDIT');
  return (
    <>
      {mode === promisedMode ? (
        t(`dr.linkMode.${mode}`)
      ) : (
        <StateTag look={drGrades.AT_RISK} word={t('dr.linkModeOther', { mode: t(`dr.linkMode.${mode}`) })} />
      )}
      {last && (
        <div className="jy-quiet-text">
          {t('dr.linkModeBy', { asked: last.askedBy, agreed: last.agreedBy, reason: last.reason })}{' '}
          <Time at={last.agreedAt} />
        </div>
      )}
      {modeRequest ? (
        <div className="jy-dr-mode-asked">
          {t('dr.linkModeAsked', {
            ...{ who: modeRequest.askedBy, mode: t(`dr.linkMode.${modeRequest.toMode}`), reason: modeRequest.reason },
          })}{' '}
          <Time at={modeRequest.askedAt} />{' '}
          {modeRequest.mayAgree ? (
            <Button size="small" type="primary" onClick={() => setOpen('agree')}>
              {t('dr.linkModeAgree')}
            </Button>
          ) : (
            <span className="jy-quiet-text">{t('dr.linkModeWaits')}</span>
          )}{' '}
          {edits && (
            <Button size="small" onClick={() => setOpen('withdraw')}>
              {t('dr.linkModeWithdraw')}
            </Button>
          )}
        </div>
      ) : (
        edits && (
          <div>
            <Button
              size="small"
              aria-label={`${t('dr.linkModeAsk')} ${link.from.name} ${link.to.name}`}
              onClick={() => setOpen('ask')}
            >
              {t('dr.linkModeAsk')}
            </Button>
          </div>
        )
      )}
      {open === 'ask' && <AskModeDialog link={link} onClose={close} />}
      {(open === 'agree' || open === 'withdraw') && <EndModeDialog link={link} act={open} onClose={close} />}
    </>
  );
}
