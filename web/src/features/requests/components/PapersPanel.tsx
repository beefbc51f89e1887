import { PrinterOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { PUT } from '../../../ui/gates/remedy';
import { Panel } from '../../../ui/Panel';

import { Time } from '../../../ui/Time';
import { RequestPapers } from '../papers.gql';
import { PaperStandingTag, SealedScanTag } from './paper-states';
import { SealedScanDialog } from './SealedScanDialog';

type Papers = ResultOf<typeof RequestPapers>['papers'];

/** Print, seal, scan: what lies on paper of this request, and whether it still says what the request says. */
export function PapersPanel({ request: masked }: { request: FragmentOf<typeof RequestPapers> }) {
  const { t } = useTranslation();
  const { id, code, papers } = readFragment(RequestPapers, masked);
  const [params, setParams] = useSearchParams();
  const [uploads, setUploads] = useState(false);
  // A refusal that wants the sealed form leads here: the dialog is open for whoever may send it.
  const asked = params.get(PUT) === 'papers';
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked) place.current?.scrollIntoView({ block: 'center' });
  }, [asked]);
  const close = () => {
    setUploads(false);
    if (asked) setParams((now) => without(now, PUT), { replace: true });
  };
  return (
    <Panel title={t('papers.title')} aside={<PaperStandingTag standing={papers.standing} />}>
      <div className="jy-papers" ref={place}>
        <p className="jy-quiet-text">
          {papers.formNumber === null
            ? t('papers.neverPrinted')
            : t('papers.version', { number: papers.formNumber, code: papers.checkCode })}
        </p>
        {papers.neededBy.length > 0 && (
          <p>{t('papers.neededBy', { steps: papers.neededBy.join(t('common.comma')) })}</p>
        )}
        <div className="jy-paper-acts">
          <Button href={papers.formUrl} icon={<PrinterOutlined aria-hidden />} download>
            {t('papers.print')}
          </Button>
          {papers.mayUpload && (
            <Button icon={<UploadOutlined aria-hidden />} onClick={() => setUploads(true)}>
              {t('papers.upload')}
            </Button>
          )}
        </div>
        {papers.scans.length > 0 && (
          <ul className="jy-scans" aria-label={t('papers.scans')}>
            {papers.scans.map((scan) => (
              <Scan key={scan.id} scan={scan} />
            ))}
          </ul>
        )}
        <Ports ports={papers.ports} />
      </div>
      {(uploads || (asked && papers.mayUpload)) && <SealedScanDialog request={{ id, code }} onClose={close} />}
    </Panel>
  );
}

function without(params: URLSearchParams, key: string): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(key);
  return next;
}

function Scan({ scan }: { scan: Papers['scans'][number] }) {
  const { t } = useTranslation();
  return (
    <li className={scan.valid ? undefined : 'jy-scan-void'}>
      <div className="jy-scan-head">
        <SealedScanTag valid={scan.valid} />
        {scan.file ? (
          <a href={scan.file.url} download={scan.file.name}>
            {scan.file.name}
          </a>
        ) : null}
      </div>
      <p className="jy-quiet-text">
        {t('papers.scanOf', { number: scan.formNumber, name: scan.uploadedBy })} <Time at={scan.uploadedAt} />
      </p>
      {scan.voidReasons.length > 0 && (
        <p className="jy-scan-why">
          {t('papers.voidBecause')} {scan.voidReasons.join(t('papers.semicolon'))}
        </p>
      )}
    </li>
  );
}

/** Only what is not there is worth a line: who has it connected sees it work. */
function Ports({ ports }: { ports: Papers['ports'] }) {
  const missing = ports.filter((port) => !port.configured);
  if (missing.length === 0) return null;
  return (
    <ul className="jy-ports jy-quiet-text">
      {missing.map((port) => (
        <li key={port.name}>{port.text}</li>
      ))}
    </ul>
  );
}
