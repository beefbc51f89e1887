import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { ServerHistory } from '../servers.gql';

/** What happened to it, newest first, as the server gives it. */
export function HistoryPanel({ server: masked }: { server: FragmentOf<typeof ServerHistory> }) {
  const { t } = useTranslation();
  const { events } = readFragment(ServerHistory, masked);
  return (
    <Panel title={t('server.history')}>
      {events.length === 0 ? (
        <p className="jy-quiet-text">{t('server.noHistory')}</p>
      ) : (
        <ol className="jy-timeline">
          {events.map((event, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: counted from the oldest, so that a new one on top renames none.
            <li key={events.length - at} data-now={at === 0}>
              <div className="jy-timeline-head">
                <span>{event.text}</span>
                <Time at={event.at} />
              </div>
              <p className="jy-quiet-text">
                {t('server.eventLine', { actor: event.actorName, state: t(`server.states.${event.state}`) })}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
