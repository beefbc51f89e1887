import { AppstoreOutlined, TableOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { RequestStateTag } from '../../../ui/states';
import { Time } from '../../../ui/Time';
import type { PackageContent } from '../request-form.gql';
import { thingsOf } from '../things';
import type { Past } from './begin-draft';
import type { ChosenSystem } from './request-draft';
import { UnfinishedForms } from './UnfinishedForms';

/** The last few are what is repeated; the rest is found in the list. */
const PAST_SHOWN = 5;

type Props = {
  system: ChosenSystem | null;
  /** The viewer's own, the last first. */
  past: readonly Past[];
  packages: readonly { id: string; published: ResultOf<typeof PackageContent> }[];
};

/** Other ways to begin a request than by its kind: what was left unfinished, a package, an old request, a table. */
export function OtherStarts({ system, past, packages }: Props) {
  const { t } = useTranslation();
  const sent = past.filter(({ state }) => state !== 'DRAFT').slice(0, PAST_SHOWN);
  return (
    <>
      <UnfinishedForms />
      <section className="jy-panel" aria-labelledby="start-other">
        <h2 id="start-other">{t('batch.otherStarts')}</h2>
        <ul className="jy-start-cards">
          {packages.map(({ id, published: { name, summary, lines } }) => (
            <li key={id}>
              <Link className="jy-start-card" to={routes.newRequest({ package: id, system: system?.id })}>
                <AppstoreOutlined aria-hidden />
                <span className="jy-strong">{name}</span>
                <span className="jy-quiet-text">{summary}</span>
                <span className="jy-quiet-text">
                  {lines.map((line) => `${line.name} × ${count(line.count)}`).join(' · ')}
                </span>
              </Link>
            </li>
          ))}
          <li>
            <Link className="jy-start-card" to={routes.newBatch({ system: system?.id })}>
              <TableOutlined aria-hidden />
              <span className="jy-strong">{t('batch.fromFile')}</span>
              <span className="jy-quiet-text">{t('batch.fromFileText')}</span>
            </Link>
          </li>
        </ul>
      </section>
      {sent.length > 0 && (
        <section className="jy-panel" aria-labelledby="start-again">
          <h2 id="start-again">{t('again.recent')}</h2>
          <ul className="jy-again">
            {sent.map((request) => (
              <li key={request.id}>
                <span>
                  <Link className="jy-code" to={routes.request(request.id)}>
                    {request.code}
                  </Link>{' '}
                  <RequestStateTag state={request.state} />
                </span>
                <span className="jy-again-what">
                  <span className="jy-strong">{request.system.name}</span>
                  <span className="jy-quiet-text">
                    {thingsOf(request, t)} · {request.purpose} · <Time at={request.createdAt} />
                  </span>
                </span>
                <Link to={routes.newRequest({ like: request.id, step: 'check' })}>
                  {t('again.do')}
                  <span className="jy-sr-only"> {request.code}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
