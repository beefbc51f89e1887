import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ExtensionState } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf } from '../../../lib/url-state';
import { ChipFilter } from '../../../ui/FilterBar';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { useNotice } from '../../../ui/notice';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { LifeTabs } from '../components/LifeTabs';
import { extensionStates } from '../extension-states';
import {
  ExtensionListQuery,
  ExtensionRow,
  GrantExtensionMutation,
  RefuseExtensionMutation,
  WithdrawExtensionMutation,
} from '../life.gql';

type Row = ResultOf<typeof ExtensionRow>;
type Move = 'GRANT' | 'REFUSE' | 'WITHDRAW';

const states = Object.keys(extensionStates) as ExtensionState[];
const spec = { states: urlManyOf(states) };
const OPINION_LONGEST = 500;
const nameOf = ({ resource, line }: Row) => (resource ?? line)?.name ?? null;

/** Wishes to lengthen terms: the center answers what goes beyond the rule. */
export function ExtensionListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList({
    name: 'term-extensions',
    spec,
    query: ExtensionListQuery,
    variables: ({ states }) => ({ states: states.length > 0 ? states : null }),
    rows: ({ termExtensions }) => ({ ...termExtensions, rows: readFragment(ExtensionRow, termExtensions.nodes) }),
  });
  const [acting, setActing] = useState<{ move: Move; row: Row } | null>(null);
  const moves = useMemo(
    (): Move[] => [
      ...(may('RESOURCE', 'REVIEW') ? (['GRANT', 'REFUSE'] as const) : []),
      ...(may('RESOURCE', 'EDIT') ? (['WITHDRAW'] as const) : []),
    ],
    [may],
  );
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        key: 'resource',
        title: t('resource.name'),
        leading: true,
        render: ({ resource, line }) =>
          resource ? (
            <Link to={routes.resource(resource.id)}>{resource.name}</Link>
          ) : line?.request ? (
            <Link to={routes.request(line.request.id)}>{line.name}</Link>
          ) : (
            line?.name
          ),
        text: nameOf,
      },
      {
        key: 'department',
        title: t('request.department'),
        render: ({ resource, line }) => (resource ?? line)?.department.name ?? '–',
        text: ({ resource, line }) => (resource ?? line)?.department.name ?? null,
      },
      {
        key: 'state',
        title: t('resource.state'),
        render: (row) => <StateTag look={extensionStates[row.state]} word={t(`life.extensionState.${row.state}`)} />,
        text: (row) => t(`life.extensionState.${row.state}`),
      },
      {
        key: 'from',
        title: t('life.from'),
        render: (row) => <span className="jy-number">{row.fromUntil}</span>,
        text: (row) => row.fromUntil,
      },
      {
        key: 'to',
        title: t('life.to'),
        render: (row) => <span className="jy-number">{row.toUntil ?? t('life.longTerm')}</span>,
        text: (row) => row.toUntil ?? t('life.longTerm'),
      },
      { key: 'reason', title: t('life.extendReason'), render: (row) => row.reason, text: (row) => row.reason },
      {
        key: 'asked',
        title: t('life.asked'),
        render: (row) => (
          <>
            {row.askedByName} <Time at={row.askedAt} />
          </>
        ),
        text: (row) => `${row.askedByName} ${exactTime(row.askedAt)}`,
      },
      {
        key: 'decided',
        title: t('life.decided'),
        render: (row) =>
          row.state === 'ASKED' ? (
            <span className="jy-tags">
              {moves.map((move) => (
                <Button
                  key={move}
                  size="small"
                  aria-label={t(`life.answerTitle.${move}`, { name: nameOf(row) ?? '' })}
                  onClick={() => setActing({ move, row })}
                >
                  {t(MOVE_WORD[move])}
                </Button>
              ))}
            </span>
          ) : (
            (row.decidedByName ?? (row.byRule ? t('life.byRule') : '–'))
          ),
        text: (row) => row.decidedByName ?? (row.byRule ? t('life.byRule') : null),
      },
    ],
    [t, moves],
  );
  return (
    <>
      <ListPage
        list={list}
        title={t('life.title')}
        lead={t('life.lead')}
        caption={t('life.extensions')}
        above={<LifeTabs />}
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <ChipFilter
            label={t('resource.state')}
            options={states.map((value) => ({ value, text: t(`life.extensionState.${value}`) }))}
            value={list.filter.states}
            onChange={(chosen) => list.setFilter({ states: chosen })}
          />
        }
        empty={
          <EmptyState
            title={t('life.noExtensions')}
            action={<Link to={routes.termsOf('ENDING')}>{t('life.list.ENDING')}</Link>}
          >
            {t('life.noExtensionsText')}
          </EmptyState>
        }
      />
      {acting && <AnswerDialog {...acting} onClose={() => setActing(null)} />}
    </>
  );
}

const MOVE_WORD = { GRANT: 'life.grant', REFUSE: 'life.refuse', WITHDRAW: 'life.withdraw' } as const;

function AnswerDialog({ move, row, onClose }: { move: Move; row: Row; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [opinion, setOpinion] = useState('');
  const grant = useOutcome(GrantExtensionMutation);
  const refuse = useOutcome(RefuseExtensionMutation);
  const withdraw = useOutcome(WithdrawExtensionMutation);
  const { send, busy } = { GRANT: grant, REFUSE: refuse, WITHDRAW: withdraw }[move];
  const submit = async () => {
    if (move === 'REFUSE' && !opinion.trim())
      return form.refuse([{ field: 'opinion', message: t('life.opinionMissing') }]);
    const { data, errors } = await send({ id: row.id, expectedVersion: row.version, opinion: opinion.trim() || null });
    if (!data) return form.refuse(errors);
    notice(t('life.answerDone'));
    onClose();
  };
  return (
    <DialogForm
      title={t(`life.answerTitle.${move}`, { name: nameOf(row) ?? '' })}
      submit={t(MOVE_WORD[move])}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {row.fromUntil} → {row.toUntil ?? t('life.longTerm')}
      </p>
      <blockquote className="jy-opinion">{row.reason}</blockquote>
      <Field field="opinion" label={t('life.opinion')} errors={form.errors} optional={move !== 'REFUSE'}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            maxLength={OPINION_LONGEST}
            showCount
            value={opinion}
            onChange={(event) => {
              setOpinion(event.target.value);
              form.changed('opinion');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}
