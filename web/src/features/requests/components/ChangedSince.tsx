import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Time } from '../../../ui/Time';
import { type Line, wordKey } from '../request-line';
import { ChangedAnswers } from './ChangedAnswers';

/** The line says what was signed; a service that was changed since says what it is now, and which request made it that. */
export function ChangedSince({ line, words }: { line: Line; words: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  const { service, serviceNow: now, openChange } = line;
  if (!service || (!now && !openChange)) return null;
  const { definition } = service;
  const word = (key: string, value: string) => words.get(wordKey(definition.id, key, value)) ?? value;
  return (
    <>
      {now && (
        <>
          <p className="jy-changed-since">
            <span className="jy-mark">{t('change.changedSince')}</span>{' '}
            <span className="jy-quiet-text">
              {now.since && <Time at={now.since} exact />}
              {now.times > 1 && ` · ${t('change.changedTimes', { times: count(now.times) })}`}
            </span>{' '}
            {now.change && (
              <Link className="jy-code" to={routes.request(now.change.id)}>
                {now.change.code}
              </Link>
            )}
          </p>
          <ChangedAnswers
            label={t('change.askedAndNow', { name: line.name })}
            heading={t('change.askedNow')}
            rows={[
              { key: 'count', label: t('change.quantity'), from: count(line.count), to: count(now.count) },
              ...now.answers.map(({ key, value }) => ({
                key,
                label: words.get(wordKey(definition.id, key, '')) ?? key,
                from: word(key, service.answers.find((one) => one.key === key)?.value ?? ''),
                to: word(key, value),
              })),
            ].filter(({ from, to }) => from !== to)}
          />
        </>
      )}
      {openChange && (
        <p className="jy-quiet-text">
          {t('change.openNow')}{' '}
          <Link className="jy-code" to={routes.request(openChange.id)}>
            {openChange.code}
          </Link>
        </p>
      )}
    </>
  );
}
