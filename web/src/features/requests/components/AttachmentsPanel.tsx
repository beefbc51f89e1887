import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { DetachFromRequestMutation, RequestAttachments } from '../attachments.gql';
import { AttachDialog } from './AttachDialog';

const kibibytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024)).toLocaleString()} KiB`;

/** Letters and plans beside the request: for its department to lay and take back while it is a draft, for everybody to read. */
export function AttachmentsPanel({ request: masked }: { request: FragmentOf<typeof RequestAttachments> }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const request = readFragment(RequestAttachments, masked);
  const { attachments } = request;
  const edits = request.availableActions.some(({ action, disabledReason }) => action === 'EDIT' && !disabledReason);
  const [adding, setAdding] = useState(false);
  const form = useFormErrors();
  const { send, busy } = useOutcome(DetachFromRequestMutation);

  const takeBack = async (file: { id: string; name: string }) => {
    const { data, errors } = await send({ id: request.id, expectedVersion: request.version, fileId: file.id });
    if (!data) return form.refuse(errors);
    notice(t('attachment.removed', { name: file.name }));
  };

  if (attachments.length === 0 && !edits) return null;
  return (
    <Panel
      title={t('attachment.title')}
      aside={
        edits && (
          <Button size="small" icon={<PaperClipOutlined aria-hidden />} onClick={() => setAdding(true)}>
            {t('attachment.add')}
          </Button>
        )
      }
    >
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      {attachments.length === 0 && <p className="jy-quiet-text">{t('attachment.none')}</p>}
      {attachments.length > 0 && (
        <ul className="jy-policies">
          {attachments.map(({ attachedAt, attachedBy, file, kind }) => (
            <li key={file.id}>
              <div className="jy-policy-head">
                <span>
                  <a className="jy-wrap-anywhere" href={file.url} download={file.name}>
                    {file.name}
                  </a>{' '}
                  <span className="jy-mark">{t(`attachment.kind.${kind}`)}</span>
                </span>
                {edits && (
                  <Button
                    type="text"
                    size="small"
                    disabled={busy}
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('attachment.remove', { name: file.name })}
                    onClick={() => void takeBack(file)}
                  />
                )}
              </div>
              <p className="jy-quiet-text">
                {kibibytes(file.sizeBytes)} · {attachedBy} <Time at={attachedAt} />
                <br />
                SM3 <code className="jy-code jy-wrap-anywhere">{file.sm3}</code>
              </p>
            </li>
          ))}
        </ul>
      )}
      {edits && <p className="jy-quiet-text">{t('attachment.frozen')}</p>}
      {adding && <AttachDialog request={request} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
