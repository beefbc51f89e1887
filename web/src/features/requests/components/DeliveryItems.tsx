import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery, useSubscription } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { useAfterGap } from '../../../graphql/live-context';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter, FilterBar, SearchFilter } from '../../../ui/FilterBar';
import { KeyPages } from '../../../ui/KeyPages';
import { FailureState, LoadingState, NothingFound } from '../../../ui/page-states';
import {
  DeliveryItem as DeliveryItemFields,
  DeliveryItemsChangedSubscription,
  DeliveryItemsQuery,
  type RequestDelivery,
} from '../delivery.gql';
import { DeliveryItemRow } from './DeliveryItemRow';

export type DeliverySheet = NonNullable<ResultOf<typeof RequestDelivery>['deliverySheet']>;
export type DeliveryItem = ResultOf<typeof DeliveryItemFields>;
export type Objection = DeliveryItem['objections'][number];

export type DeliveryAct = { kind: 'reveal' | 'reset'; item: DeliveryItem } | { kind: 'answer'; objection: Objection };

/** As many as the page shows of lines and machines: what one person reads at once. The rest is a page further, or found. */
const PAGE_THINGS = 20;
/** Fewer are seen at a glance, and need no search. */
export const SEARCHED_FROM = 10;
/** Guests take a moment to set a password, and nothing tells of its end: what is under way is looked at again. */
const LOOK_AGAIN_MILLISECONDS = 15_000;

/** Beside what the request's own lists keep in the address. */
const spec = {
  things: urlText(),
  'things-only': urlManyOf(['open'] as const),
  'things-after': urlText(),
  'things-from': urlText(),
};

type Props = { requestId: string; sheet: DeliverySheet; onAct: (act: DeliveryAct) => void };

/** What a sheet lists, page by page; those with an objection that waits stand alone at a press. */
export function DeliveryItems({ requestId, sheet, onAct }: Props) {
  const { t } = useTranslation();
  const [url, setUrl] = useUrlState(spec);
  const { things: search, 'things-only': chips } = url;
  const onlyOpen = chips.length > 0 && sheet.openObjectionCount > 0;
  const paging = useKeyPaging('things');
  /** Another filter is another list: it begins at its first page. */
  const setFilter = (patch: { things?: string; 'things-only'?: 'open'[] }) =>
    setUrl({ ...patch, 'things-after': '', 'things-from': '' });
  const variables = {
    id: requestId,
    first: PAGE_THINGS,
    after: paging.after,
    filter: { search: search || null, openObjection: onlyOpen || null },
  };
  const [{ data, error }, ask] = useQuery({
    query: DeliveryItemsQuery,
    variables,
    requestPolicy: 'cache-and-network',
  });
  useSubscription({ query: DeliveryItemsChangedSubscription, variables });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useAfterGap(askAgain);
  const page = data?.request.deliverySheet?.items;
  const items = readFragment(DeliveryItemFields, page?.nodes ?? []);
  const resetting = items.some(({ login }) => login?.state === 'RESETTING');
  useEffect(() => {
    if (!resetting) return;
    const timer = setInterval(askAgain, LOOK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [resetting, askAgain]);

  const clear = () => setFilter({ things: '', 'things-only': [] });
  const searched = sheet.itemCount > SEARCHED_FROM;
  return (
    <>
      {(searched || (sheet.openObjectionCount > 0 && sheet.itemCount > 1)) && (
        <FilterBar active={search !== '' || onlyOpen} onClear={clear}>
          {searched && (
            <SearchFilter
              label={t('deliverySheet.searchThings')}
              placeholder={t('deliverySheet.searchThingsPlaceholder')}
              value={search}
              onChange={(things) => setFilter({ things })}
            />
          )}
          {sheet.openObjectionCount > 0 && (
            <ChipFilter
              label={t('deliverySheet.stateLabel')}
              options={[
                { value: 'open' as const, text: t('deliverySheet.openObjections'), total: sheet.openObjectionCount },
              ]}
              value={chips}
              onChange={(only) => setFilter({ 'things-only': only })}
            />
          )}
        </FilterBar>
      )}
      {!page && (error ? <FailureState failure={failureOf(error)} onRetry={askAgain} /> : <LoadingState rows={4} />)}
      {page && items.length === 0 && <NothingFound onClear={clear} />}
      {page && items.length > 0 && (
        <>
          <ul className="jy-scans">
            {items.map((item) => (
              <DeliveryItemRow key={item.resourceId} item={item} mayAnswer={sheet.mayAnswer} onAct={onAct} />
            ))}
          </ul>
          <KeyPages label={t('deliverySheet.title')} page={page} shown={items.length} paging={paging} />
        </>
      )}
    </>
  );
}
