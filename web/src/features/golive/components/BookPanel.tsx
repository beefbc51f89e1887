import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { GoLiveBook } from '../golive.gql';
import { IncidentTag } from '../looks';
import { RecordDialog } from './RecordDialog';
import { ResolveDialog } from './ResolveDialog';

type Entry = ResultOf<typeof GoLiveBook>['entries'][number];

/** The book of the trial: what was seen on which day, and what went wrong until it was mended. */
export function BookPanel({ golive: masked }: { golive: FragmentOf<typeof GoLiveBook> }) {
  const { t } = useTranslation();
  const golive = readFragment(GoLiveBook, masked);
  const [writing, setWriting] = useState(false);
  const [resolving, setResolving] = useState<Entry | null>(null);
  const mayWrite = golive.availableActions.some(({ action }) => action === 'RECORD');
  return (
    <Panel
      title={t('goLive.book')}
      aside={
        mayWrite && (
          <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setWriting(true)}>
            {t('goLive.write')}
          </Button>
        )
      }
    >
      {golive.entries.length === 0 && <p className="jy-quiet-text">{t('goLive.bookEmpty')}</p>}
      <ul className="jy-scans">
        {golive.entries.map((entry) => (
          <li key={entry.id}>
            <div className="jy-scan-head">
              <span className="jy-number jy-strong">{entry.day}</span>
              {entry.kind === 'INCIDENT' && <IncidentTag resolved={entry.resolvedAt !== null} />}
              <span className="jy-quiet-text">{entry.enteredBy}</span>
              {mayWrite && entry.kind === 'INCIDENT' && entry.resolvedAt === null && (
                <Button size="small" onClick={() => setResolving(entry)}>
                  {t('goLive.resolve')}
                </Button>
              )}
            </div>
            <p className="jy-pre-line">{entry.text}</p>
            {entry.resolution && (
              <blockquote className="jy-opinion">
                {entry.resolution}{' '}
                <span className="jy-quiet-text">
                  {entry.resolvedBy} <Time at={entry.resolvedAt} />
                </span>
              </blockquote>
            )}
            {entry.files.map((file) => (
              <p key={file.id}>
                <a href={file.url} download={file.name}>
                  {file.name}
                </a>
              </p>
            ))}
          </li>
        ))}
      </ul>
      {writing && <RecordDialog golive={golive} onClose={() => setWriting(false)} />}
      {resolving && <ResolveDialog golive={golive} entry={resolving} onClose={() => setResolving(null)} />}
    </Panel>
  );
}
