import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Time } from '../../../ui/Time';
import { type Ticket, WholeStoryQuery } from '../duty.gql';
import { withNewest } from '../whole-story';

/** 时间线, the newest first: at night one reads what was done last. */
export function Timeline({ ticket }: { ticket: Pick<Ticket, 'id' | 'entries' | 'entryCount'> }) {
  const [whole, setWhole] = useState(false);
  const [{ data }] = useQuery({ query: WholeStoryQuery, variables: { id: ticket.id }, pause: !whole });
  const entries = withNewest(data?.dutyTicket?.wholeStory, ticket.entries);
  const { t } = useTranslation();
  const earlier = ticket.entryCount - entries.length;
  return (
    <>
      <Lines entries={entries} />
      {earlier > 0 && !whole && (
        <Button type="link" onClick={() => setWhole(true)}>
          {t('desk.earlier', { n: earlier })}
        </Button>
      )}
    </>
  );
}

function Lines({ entries }: { entries: readonly Ticket['entries'][number][] }) {
  const { t } = useTranslation();
  return (
    <ol className="jy-desk-story">
      {entries.toReversed().map(({ at, byName, kind, state, text }, index) => (
        <li key={`${at}-${kind}-${String(entries.length - index)}`}>
          <div>
            <strong>{t(`desk.entry.${kind}`)}</strong>
            {state && <span className="jy-quiet-text"> → {t(`desk.state.${state}`)}</span>}
          </div>
          {text && <div className="jy-desk-words">{text}</div>}
          <div className="jy-quiet-text">
            {byName} · <Time at={at} exact />
          </div>
        </li>
      ))}
    </ol>
  );
}
