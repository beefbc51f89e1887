import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { RemoveGoLiveDocumentMutation } from '../acts.gql';
import { GoLiveDocuments } from '../golive.gql';
import { DocumentDialog } from './DocumentDialog';

/** Reports that the parties read before they sign. */
export function DocumentsPanel({ golive: masked }: { golive: FragmentOf<typeof GoLiveDocuments> }) {
  const { t } = useTranslation();
  const golive = readFragment(GoLiveDocuments, masked);
  const notice = useNotice();
  const [adding, setAdding] = useState(false);
  const remove = useOutcome(RemoveGoLiveDocumentMutation);
  const mayAdd = golive.availableActions.some(({ action }) => action === 'ADD_DOCUMENT');
  const takeOut = async (documentId: string) => {
    const { errors } = await remove.send({ id: golive.id, expectedVersion: golive.version, documentId });
    if (errors[0]) notice(errors[0].message, 'reason');
  };
  return (
    <Panel
      title={t('goLive.documents')}
      aside={
        mayAdd && (
          <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
            {t('goLive.addDocument')}
          </Button>
        )
      }
    >
      {golive.documents.length === 0 && <p className="jy-quiet-text">{t('goLive.noDocuments')}</p>}
      <ul className="jy-scans">
        {golive.documents.map((document) => (
          <li key={document.id} className="jy-scan-head">
            <span className="jy-strong">{t(`goLive.document.${document.kind}`)}</span>
            {document.file && (
              <a href={document.file.url} download={document.file.name}>
                {document.file.name}
              </a>
            )}
            {document.reference && <span>{document.reference}</span>}
            <span className="jy-quiet-text">
              {document.addedBy} <Time at={document.addedAt} />
            </span>
            {mayAdd && (
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                loading={remove.busy}
                aria-label={t('goLive.removeDocument', {
                  name: document.file?.name ?? document.reference ?? t(`goLive.document.${document.kind}`),
                })}
                onClick={() => void takeOut(document.id)}
              />
            )}
          </li>
        ))}
      </ul>
      {adding && <DocumentDialog golive={golive} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
