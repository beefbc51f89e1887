import { CheckOutlined, ExceptionOutlined, PrinterOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { FirstLoginDialog } from '../../../ui/logins/FirstLoginDialog';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { RequestDelivery } from '../delivery.gql';
import { PaperFields } from '../paper-fields.gql';
import { useAskedUpload } from '../use-asked-upload';
import { AnswerDialog } from './AnswerDialog';
import { ConfirmDeliveryDialog } from './ConfirmDeliveryDialog';
import { type DeliveryAct, DeliveryItems, type DeliverySheet } from './DeliveryItems';
import { ObjectDialog } from './ObjectDialog';
import { DeliverySheetTag, PaperStandingTag } from './paper-states';
import { ResetLoginDialog } from './ResetLoginDialog';
import { SealedScanDialog } from './SealedScanDialog';
import { PaperVersion, SealedScans } from './SealedScans';

type Open = { kind: 'confirm' | 'object' } | DeliveryAct;

/** What was delivered: taken over by the applicant, confirmed or objected to by the department, answered by the center. */
export function DeliveryPanel({ request: masked }: { request: FragmentOf<typeof RequestDelivery> }) {
  const { t } = useTranslation();
  const { id, deliverySheet: sheet } = readFragment(RequestDelivery, masked);
  const [open, setOpen] = useState<Open | null>(null);
  const papers = readFragment(PaperFields, sheet?.papers ?? null);
  const { place, uploads, press, close: closeUpload } = useAskedUpload('sheet', papers?.mayUpload ?? false);
  if (!sheet || !papers) return null;
  const close = () => setOpen(null);
  const { standing, scans } = papers;
  return (
    <Panel
      title={t('deliverySheet.title')}
      aside={
        <>
          {standing !== 'NONE' && <PaperStandingTag standing={standing} />} <DeliverySheetTag state={sheet.state} />
        </>
      }
    >
      <div className="jy-papers" ref={place}>
        <Standing sheet={sheet} />
        <PaperVersion papers={papers} />
        <div className="jy-paper-acts">
          {sheet.mayConfirm && (
            <>
              <Button type="primary" icon={<CheckOutlined aria-hidden />} onClick={() => setOpen({ kind: 'confirm' })}>
                {t('deliverySheet.confirm')}
              </Button>
              <Button icon={<ExceptionOutlined aria-hidden />} onClick={() => setOpen({ kind: 'object' })}>
                {t('deliverySheet.object')}
              </Button>
            </>
          )}
          <Button href={sheet.sheetUrl} icon={<PrinterOutlined aria-hidden />} download>
            {t('deliverySheet.print')}
          </Button>
          {papers.mayUpload && (
            <Button icon={<UploadOutlined aria-hidden />} onClick={press}>
              {t('papers.upload')}
            </Button>
          )}
        </div>
        <SealedScans scans={scans} />
        <DeliveryItems requestId={id} sheet={sheet} onAct={setOpen} />
      </div>
      {uploads && <SealedScanDialog requestId={id} code={sheet.code} paper="DELIVERY_SHEET" onClose={closeUpload} />}
      {open?.kind === 'confirm' && <ConfirmDeliveryDialog requestId={id} sheet={sheet} onClose={close} />}
      {open?.kind === 'object' && <ObjectDialog requestId={id} sheet={sheet} onClose={close} />}
      {open?.kind === 'reveal' && <FirstLoginDialog item={open.item} onClose={close} />}
      {open?.kind === 'reset' && <ResetLoginDialog item={open.item} onClose={close} />}
      {open?.kind === 'answer' && <AnswerDialog objection={open.objection} onClose={close} />}
    </Panel>
  );
}

function Standing({ sheet }: { sheet: DeliverySheet }) {
  const { t } = useTranslation();
  const { confirmedAt, dueAt } = sheet;
  if (confirmedAt)
    return (
      <p className="jy-quiet-text">
        {sheet.code} · <Total sheet={sheet} /> ·{' '}
        {sheet.byRule ? t('deliverySheet.byRule') : t('deliverySheet.confirmedBy', { name: sheet.confirmedBy })}{' '}
        <Time at={confirmedAt} exact />
      </p>
    );
  return (
    <p className="jy-quiet-text">
      {sheet.code} · <Total sheet={sheet} /> · {t('deliverySheet.openedAt')} <Time at={sheet.openedAt} exact />
      {dueAt ? (
        <>
          {' · '}
          {t('deliverySheet.dueAt')} <Time at={dueAt} exact />
        </>
      ) : (
        ` · ${t('deliverySheet.waitsForAnswer')}`
      )}
    </p>
  );
}

function Total({ sheet: { itemCount } }: { sheet: DeliverySheet }) {
  const { t } = useTranslation();
  return <span className="jy-number">{t('deliverySheet.total', { items: count(itemCount), count: itemCount })}</span>;
}
