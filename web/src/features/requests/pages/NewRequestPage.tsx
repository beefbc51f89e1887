import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { OtherStarts } from '../components/OtherStarts';
import { beginDraft, type Past, recentSystems } from '../forms/begin-draft';
import { lineKinds } from '../forms/line-draft';
import { RequestForm } from '../forms/RequestForm';
import { StartChoices } from '../forms/StartChoices';
import { NewRequestPageQuery, PastRequest, RequestChoices, SystemOption } from '../request-form.gql';

/** So many systems are taken in at a glance; the rest is found by search. */
const SYSTEMS_SHOWN = 5;

/** Where a request begins: what of and for which system; then, with both in the address, its form. */
export function NewRequestPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const kind = lineKinds.find((one) => one === params.get('kind'));
  const systemId = params.get('system') ?? '';
  const [{ data, error }, ask] = useQuery({
    query: NewRequestPageQuery,
    variables: { systemId, named: systemId !== '' },
  });
  const loaded = useMemo(() => (data ? read(data) : null), [data]);
  const named = loaded?.systems.find(({ id }) => id === systemId) ?? loaded?.named ?? null;
  return (
    <>
      <PageHeader
        title={t('request.new')}
        back={
          kind ? (
            <Link to={routes.newRequest({ system: systemId || undefined })}>{t('requestStart.backToStart')}</Link>
          ) : (
            <Link to={routes.requests()}>{t('request.backToList')}</Link>
          )
        }
      >
        {t(kind ? 'requestForm.lead' : 'requestStart.lead')}
      </PageHeader>
      {loaded ? (
        kind ? (
          <RequestForm
            key={`${kind} ${systemId}`}
            choices={loaded.choices}
            saved={null}
            keptAs={`new.${kind}.${systemId}`}
            start={() => beginDraft(loaded.choices, { system: named, kind, past: loaded.past })}
          />
        ) : (
          <StartChoices
            systems={loaded.systems.slice(0, SYSTEMS_SHOWN)}
            chosen={named ?? loaded.past[0]?.system ?? null}
            onChoose={({ id }) => setParams({ system: id }, { replace: true })}
          >
            <OtherStarts system={named ?? loaded.past[0]?.system ?? null} />
          </StartChoices>
        )
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={12} />
      )}
    </>
  );
}

function read(data: ResultOf<typeof NewRequestPageQuery>) {
  const past = data.mine.nodes.map((masked): Past => {
    const request = readFragment(PastRequest, masked);
    return { ...request, system: readFragment(SystemOption, request.system) };
  });
  const others = data.others.nodes.map((masked) => readFragment(SystemOption, masked));
  return {
    choices: readFragment(RequestChoices, data),
    past,
    systems: recentSystems(past, others, past.length + others.length),
    named: data.system ? readFragment(SystemOption, data.system) : null,
  };
}
