import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { PageHeader } from '../../../ui/PageHeader';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { beginDraft, type Past, recentSystems } from '../forms/begin-draft';
import { FORM_LINES_MOST, LIKE_LINES, lineKinds } from '../forms/line-draft';
import { NewForm } from '../forms/NewForm';
import { OtherStarts } from '../forms/OtherStarts';
import { StartChoices } from '../forms/StartChoices';
import {
  KeptForm,
  NewRequestPageQuery,
  PackageContent,
  PastRequest,
  RequestChoices,
  RequestContent,
  SystemOption,
} from '../request-form.gql';

/** So many systems are taken in at a glance; the rest is found by search. */
const SYSTEMS_SHOWN = 5;

/** Where a request begins: what of and for which system, like which other, with which package; then, with that in the address, its form. */
export function NewRequestPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const from = useBeginning(params);
  const { kind, systemId, likeId, packageId, formId } = from;
  const begins = kind !== undefined || likeId !== '' || packageId !== '' || formId !== '';
  const [{ data, error }, ask] = useQuery({
    query: NewRequestPageQuery,
    variables: {
      systemId,
      named: systemId !== '',
      likeId,
      again: likeId !== '',
      formId,
      goesOn: formId !== '',
      formLines: FORM_LINES_MOST,
      likeLines: LIKE_LINES,
    },
    // A form is filled in from it once: what another window kept meanwhile must be in it.
    requestPolicy: formId ? 'network-only' : 'cache-first',
  });
  // Between two beginnings the answer to the one before is still there: the form is filled in once, from its own.
  const answered =
    data && (likeId === '' || data.like?.id === likeId) && (formId === '' || data.kept !== undefined) ? data : null;
  const loaded = useMemo(() => (answered ? read(answered) : null), [answered]);
  const named = loaded?.systems.find(({ id }) => id === systemId) ?? loaded?.named ?? null;
  const chosen = named ?? loaded?.past[0]?.system ?? null;
  // From here on the address leads back to the form as it is, whoever asks: a reload, or signing in again.
  // The router gives each `setParams` the address of its own render: an answer that was waited for would take away the step
  // that was taken meanwhile.
  const setNow = useRef(setParams);
  useEffect(() => {
    setNow.current = setParams;
  }, [setParams]);
  const remember = useCallback(
    (form: string) =>
      setNow.current(
        (now) => {
          const next = new URLSearchParams(now);
          next.set('form', form);
          return next;
        },
        { replace: true },
      ),
    [],
  );
  return (
    <>
      <PageHeader
        title={t('request.new')}
        back={
          begins ? (
            <Link to={routes.newRequest({ system: systemId || undefined })}>{t('requestStart.backToStart')}</Link>
          ) : (
            <Link to={routes.requests()}>{t('request.backToList')}</Link>
          )
        }
      >
        {t(begins ? 'requestForm.lead' : 'requestStart.lead')}
      </PageHeader>
      {loaded ? (
        begins ? (
          <NewForm
            key={from.key}
            choices={loaded.choices}
            kept={loaded.kept}
            like={loaded.like}
            bundle={loaded.packages.find(({ id }) => id === packageId)?.published ?? null}
            system={packageId ? chosen : named}
            keptAs={`new.${from.key}`}
            start={() => beginDraft(loaded.choices, { system: named, kind: kind ?? 'VM', past: loaded.past })}
            onKept={remember}
          />
        ) : (
          <StartChoices
            systems={loaded.systems.slice(0, SYSTEMS_SHOWN)}
            chosen={chosen}
            onChoose={({ id }) => setParams({ system: id }, { replace: true })}
          >
            <OtherStarts system={chosen} past={loaded.past} packages={loaded.packages} />
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

/** What the address began with. That a form is kept under an id from now on is no new beginning: it stays the form that it is. */
function useBeginning(params: URLSearchParams) {
  const kind = lineKinds.find((one) => one === params.get('kind'));
  const [systemId, likeId, packageId] = ['system', 'like', 'package'].map((name) => params.get(name) ?? '') as [
    string,
    string,
    string,
  ];
  const begun = `${kind ?? ''} ${systemId} ${likeId} ${packageId}`;
  const [first, setFirst] = useState({ begun, formId: params.get('form') ?? '' });
  if (first.begun !== begun) setFirst({ begun, formId: params.get('form') ?? '' });
  const { formId } = first.begun === begun ? first : { formId: params.get('form') ?? '' };
  return { kind, systemId, likeId, packageId, formId, key: `${begun} ${formId}`.trim() };
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
    like: data.like ? readFragment(RequestContent, data.like) : null,
    kept: data.kept?.__typename === 'UnfinishedForm' ? readFragment(KeptForm, data.kept) : null,
    packages: data.requestPackages.flatMap(({ id, state, published }) =>
      published && state === 'PUBLISHED' ? [{ id, published: readFragment(PackageContent, published) }] : [],
    ),
  };
}
