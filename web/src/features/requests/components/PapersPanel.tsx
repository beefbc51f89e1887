import { PrinterOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { PaperFields } from '../paper-fields.gql';
import { RequestPapers } from '../papers.gql';
import { useAskedUpload } from '../use-asked-upload';
import { PaperStandingTag } from './paper-states';
import { SealedScanDialog } from './SealedScanDialog';
import { PaperVersion, Ports, SealedScans } from './SealedScans';

/** Print, seal, scan: what lies on paper of this request, and whether it still says what the request says. */
export function PapersPanel({ request: masked }: { request: FragmentOf<typeof RequestPapers> }) {
  const { t } = useTranslation();
  const { id, code, papers: maskedPapers } = readFragment(RequestPapers, masked);
  const papers = readFragment(PaperFields, maskedPapers);
  // A refusal that wants the sealed form leads here: the dialog is open for whoever may send it.
  const { place, uploads, press, close } = useAskedUpload('papers', papers.mayUpload);
  return (
    <Panel title={t('papers.title')} aside={<PaperStandingTag standing={papers.standing} />}>
      <div className="jy-papers" ref={place}>
        <PaperVersion papers={papers} />
        {papers.neededBy.length > 0 && (
          <p>{t('papers.neededBy', { steps: papers.neededBy.join(t('common.comma')) })}</p>
        )}
        <div className="jy-paper-acts">
          <Button href={papers.formUrl} icon={<PrinterOutlined aria-hidden />} download>
            {t('papers.print')}
          </Button>
          {papers.mayUpload && (
            <Button icon={<UploadOutlined aria-hidden />} onClick={press}>
              {t('papers.upload')}
            </Button>
          )}
        </div>
        <SealedScans scans={papers.scans} />
        <Ports ports={papers.ports} />
      </div>
      {uploads && <SealedScanDialog requestId={id} code={code} paper="REQUEST_FORM" onClose={close} />}
    </Panel>
  );
}
