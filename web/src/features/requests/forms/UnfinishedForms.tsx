import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { Time } from '../../../ui/Time';
import { DiscardFormMutation, KeptForm, UnfinishedFormsQuery } from '../request-form.gql';
import { parseDraft } from './use-kept-draft';

/** Forms that were begun and are no draft yet, from whichever window or day. Nothing where there is none. */
export function UnfinishedForms() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: UnfinishedFormsQuery, requestPolicy: 'cache-and-network' });
  const forms = readFragment(KeptForm, data?.unfinishedForms ?? []);
  if (forms.length === 0) return null;
  return (
    <section className="jy-panel" aria-labelledby="start-unfinished">
      <h2 id="start-unfinished">{t('autosave.unfinished')}</h2>
      <ul className="jy-again">
        {forms.map((form) => (
          <Unfinished key={form.id} form={form} />
        ))}
      </ul>
    </section>
  );
}

function Unfinished({ form: { id, form, savedAt, keptUntil } }: { form: ResultOf<typeof KeptForm> }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useSend(DiscardFormMutation, (data) => data.outcome.errors);
  const draft = parseDraft(form);
  const name = draft?.system?.name ?? t('autosave.noSystem');
  const discard = async () => {
    const [refused] = await send({ id });
    notice(refused?.message ?? t('autosave.discarded'));
  };
  return (
    <li>
      <span className="jy-again-what">
        <span className="jy-strong">{name}</span>
        <span className="jy-quiet-text">
          {t('autosave.lines', { lines: count(draft?.lines.length ?? 0), count: draft?.lines.length ?? 0 })}
          {draft?.purpose ? ` · ${draft.purpose}` : ''} · <Time at={savedAt} /> ·{' '}
          {t('autosave.keptUntil', { day: exactTime(keptUntil).slice(0, 10) })}
        </span>
      </span>
      <Link to={routes.newRequest({ kind: draft?.lines[0]?.kind ?? 'VM', system: draft?.system?.id, form: id })}>
        {t('autosave.goOn')}
      </Link>
      <Button size="small" loading={busy} onClick={() => void discard()}>
        {t('autosave.discard')}
      </Button>
    </li>
  );
}
