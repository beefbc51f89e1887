import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { ChainEditionParts, ChainEditionsQuery } from '../approvals.gql';
import { type Edition, placeWords } from '../chain-words';
import { EditionView } from '../components/EditionView';
import { BeginDraftDialog, EditionActDialog } from '../forms/EditionDialogs';
import { EditionForm } from '../forms/EditionForm';

const spec = { edition: urlText() };
type Open = 'begin' | 'discard' | 'publish' | null;

/** 审批流程: what is in force, the draft beside it with what keeps it from being published, and what was before. */
export function ChainsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ edition: chosen }, setUrl] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: ChainEditionsQuery, requestPolicy: 'cache-and-network' });
  const [open, setOpen] = useState<Open>(null);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const editions = readFragment(ChainEditionParts, data.chainEditions);
  const draft = editions.find(({ number }) => number === null) ?? null;
  const inForce = editions.find((edition) => edition.inForce) ?? null;
  const shown = editions.find(({ id }) => id === chosen) ?? draft ?? inForce;
  const isDraft = shown !== null && shown === draft;
  const edits = may('CHAIN', 'EDIT');
  const publishes = may('CHAIN', 'REVIEW');

  return (
    <>
      <PageHeader
        title={t('chains.title')}
        actions={
          <>
            {edits && !draft && (
              <Button type="primary" onClick={() => setOpen('begin')}>
                {t('chains.begin')}
              </Button>
            )}
            {edits && draft && <Button onClick={() => setOpen('discard')}>{t('chains.discard')}</Button>}
            {publishes && draft && (
              <Button type="primary" onClick={() => setOpen('publish')}>
                {t('chains.publish')}
              </Button>
            )}
          </>
        }
      >
        {t('chains.lead')}
      </PageHeader>
      <div>
        <Panel title={t('chains.versions')}>
          <Versions editions={editions} shown={shown} onShow={(id) => setUrl({ edition: id })} />
        </Panel>
        {isDraft && <Problems draft={shown} />}
        {isDraft && edits ? (
          // A saved draft comes back with another version: the form begins with what was kept.
          <EditionForm key={`${shown.id} ${shown.version}`} edition={shown} />
        ) : (
          shown && <EditionView edition={shown} against={isDraft ? inForce : null} />
        )}
      </div>
      {open === 'begin' && <BeginDraftDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'begin' && draft && (
        <EditionActDialog act={open} draft={draft} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

type VersionsProps = { editions: readonly Edition[]; shown: Edition | null; onShow: (id: string) => void };

function Versions({ editions, shown, onShow }: VersionsProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <section className="jy-scroll-x" tabIndex={0} aria-label={t('chains.versions')}>
      <table className="jy-small-table">
        <tbody>
          {editions.map((edition) => {
            const name = edition.number === null ? t('chains.draft') : t('chains.edition', { number: edition.number });
            return (
              <tr key={edition.id}>
                <th scope="row">
                  <button
                    type="button"
                    className="jy-link-button"
                    aria-pressed={shown?.id === edition.id}
                    onClick={() => onShow(edition.id)}
                  >
                    {name}
                  </button>{' '}
                  {edition.inForce && <span className="jy-mark">{t('chains.inForce')}</span>}
                </th>
                <td>{edition.note}</td>
                <td>
                  {edition.publishedBy
                    ? t('chains.publishedBy', { name: edition.publishedBy })
                    : t('chains.changedBy', { name: edition.changedBy })}{' '}
                  <Time at={edition.publishedAt ?? edition.changedAt} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Problems({ draft }: { draft: Edition }) {
  const { t } = useTranslation();
  const problems = userErrorsOf(draft.problems);
  return (
    <Panel title={t(problems.length > 0 ? 'chains.problems' : 'chains.draft')}>
      {problems.length === 0 ? (
        <p role="status">{t('chains.noProblems')}</p>
      ) : (
        <ul className="jy-notes">
          {problems.map(({ path, message }) => (
            <li key={`${path.join('.')} ${message}`}>
              {t('chains.problemAt', { place: placeWords(t, path), message })}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
