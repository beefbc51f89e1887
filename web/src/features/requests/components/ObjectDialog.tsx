import { Button, Input } from 'antd';
import { type FormEvent, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { count } from '../../../lib/quantity';
import { useOwnPaging } from '../../../lib/use-key-paging';
import { Dialog } from '../../../ui/Dialog';
import { FilterBar, SearchFilter } from '../../../ui/FilterBar';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { KeyPages } from '../../../ui/KeyPages';
import { useNotice } from '../../../ui/notice';
import { FailureState, LoadingState, NothingFound } from '../../../ui/page-states';
import { ObjectableItemsQuery, ObjectToDeliveryMutation } from '../delivery.gql';
import { type DeliverySheet, SEARCHED_FROM } from './DeliveryItems';

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;
/** Fields that a dialog shows at once; the others are a page further, or found. */
const PAGE_FIELDS = 10;

type Written = { name: string; reason: string };
type Props = { requestId: string; sheet: DeliverySheet; onClose: () => void };

/** One field a thing; those with a reason go back to the center. What was written stays while one looks for the next. */
export function ObjectDialog({ requestId, sheet, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(ObjectToDeliveryMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [search, setSearch] = useState('');
  const [written, setWritten] = useState<ReadonlyMap<string, Written>>(new Map());
  const paging = useOwnPaging(`${sheet.id} ${search}`);
  const [{ data, error }, ask] = useQuery({
    query: ObjectableItemsQuery,
    variables: { id: requestId, first: PAGE_FIELDS, after: paging.after, filter: { search: search || null } },
  });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const page = data?.request.deliverySheet?.items;
  const said = [...written].filter(([, { reason }]) => reason.trim() !== '');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const objections = said.map(([resourceId, { reason }]) => ({ resourceId, reason: reason.trim() }));
    if (objections.length === 0) return refuse([{ field: '', message: t('deliverySheet.reasonMissing') }]);
    const answer = await send({ requestId, expectedVersion: sheet.version, objections });
    if (!answer.data) return refuse(answer.errors);
    notice(t('deliverySheet.objected', { code: sheet.code }));
    onClose();
  };

  return (
    <Dialog title={t('deliverySheet.objectTitle', { code: sheet.code })} onClose={onClose}>
      <div className="jy-form">
        <p>{t('deliverySheet.objectText')}</p>
        {/* Not in the form: Enter in a search looks, and sends nothing. */}
        {sheet.itemCount > SEARCHED_FROM && (
          <FilterBar active={search !== ''} onClear={() => setSearch('')}>
            <SearchFilter
              label={t('deliverySheet.searchThings')}
              placeholder={t('deliverySheet.searchThingsPlaceholder')}
              value={search}
              onChange={setSearch}
            />
          </FilterBar>
        )}
        <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
          <ErrorSummary errors={errors} refusals={refusals} />
          {!page &&
            (error ? <FailureState failure={failureOf(error)} onRetry={askAgain} /> : <LoadingState rows={4} />)}
          {page && page.nodes.length === 0 && <NothingFound onClear={() => setSearch('')} />}
          {page?.nodes.map(({ resourceId, kind, name, code, addresses }) => (
            <Field
              key={resourceId}
              field={resourceId}
              label={name}
              hint={[t(`lineKind.${kind}`), code, ...addresses].join(' · ')}
              errors={errors}
              optional
            >
              {(control) => (
                <Input.TextArea
                  {...control}
                  rows={2}
                  maxLength={REASON_LONGEST}
                  value={written.get(resourceId)?.reason ?? ''}
                  onChange={(event) => {
                    setWritten(new Map(written).set(resourceId, { name, reason: event.target.value }));
                    changed('');
                  }}
                />
              )}
            </Field>
          ))}
          {page && <KeyPages label={t('deliverySheet.title')} page={page} shown={page.nodes.length} paging={paging} />}
          {said.length > 0 && (
            <p className="jy-quiet-text" role="status">
              {t('deliverySheet.said', {
                items: count(said.length),
                names: said.map(([, { name }]) => name).join(t('common.comma')),
                count: said.length,
              })}
            </p>
          )}
          <div className="jy-dialog-foot">
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('deliverySheet.object')}
            </Button>
          </div>
        </form>
      </div>
    </Dialog>
  );
}
