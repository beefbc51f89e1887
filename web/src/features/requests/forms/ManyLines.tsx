import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import type { FormError } from '../../../ui/forms/form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { EmptyState } from '../../../ui/page-states';
import type { Column } from '../../../ui/table/columns';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { MoveLineMutation, RemoveLinesMutation, type RequestContent } from '../request-form.gql';
import { type Choices, lineOfContent } from './line-draft';
import { countWords, lineWords } from './line-words';

/** So many are looked over at once. */
const PAGE = 50;

type Content = ResultOf<typeof RequestContent>;
type Row = Content['lines'][number];

/** The lines of a draft that is too long for one form: looked over in pages, taken out or moved up one by one. */
export function ManyLines({
  content,
  choices,
  onChanged,
}: {
  content: Content;
  choices: Choices;
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [from, setFrom] = useState(0);
  const remove = useSend(RemoveLinesMutation, (data) => data.outcome.errors);
  const move = useSend(MoveLineMutation, (data) => data.outcome.errors);
  const lines = useMemo(() => [...content.lines].sort((one, other) => one.index - other.index), [content.lines]);
  const start = Math.min(from, Math.max(0, Math.floor((lines.length - 1) / PAGE) * PAGE));
  const act = { id: content.id, expectedVersion: content.version };
  const busy = remove.busy || move.busy;
  const done = (errors: readonly FormError[]) => {
    if (errors[0]) notice(errors[0].message, 'reason');
    onChanged();
  };
  const words = (line: Row) => lineOfContent(line, { localMode: null, remoteMode: null });
  const columns: Column<Row>[] = [
    {
      key: 'index',
      title: t('manyLines.index'),
      numeric: true,
      render: (row) => count(row.index + 1),
      text: (row) => row.index + 1,
    },
    {
      key: 'name',
      title: t('requestForm.name'),
      leading: true,
      render: (row) => <span className="jy-code">{row.name}</span>,
      text: (row) => row.name,
    },
    { key: 'kind', title: t('batch.kind'), render: (row) => t(`lineKind.${row.kind}`), text: (row) => row.kind },
    {
      key: 'what',
      title: t('manyLines.what'),
      render: (row) => lineWords(words(row), choices, t),
      text: (row) => lineWords(words(row), choices, t),
    },
    {
      key: 'count',
      title: t('requestForm.count'),
      render: (row) => countWords(words(row), choices, t),
      text: (row) => row.count,
    },
    {
      key: 'acts',
      title: t('manyLines.acts'),
      render: (row) => (
        <>
          <Button
            type="text"
            size="small"
            disabled={busy || row.index === 0}
            aria-label={t('manyLines.first', { name: row.name })}
            onClick={() => void move.send({ ...act, lineId: row.id, to: 0 }).then(done)}
          >
            {t('manyLines.toFirst')}
          </Button>
          <Button
            type="text"
            size="small"
            disabled={busy || lines.length === 1}
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('manyLines.remove', { name: row.name })}
            onClick={() => void remove.send({ ...act, lineIds: [row.id] }).then(done)}
          />
        </>
      ),
      text: () => null,
    },
  ];
  return (
    <Panel title={t('request.lines')}>
      <p className="jy-hint">{t('manyLines.hint')}</p>
      <ResourceTable
        name="many-lines"
        caption={t('request.lines')}
        columns={columns}
        rows={lines.slice(start, start + PAGE)}
        rowKey={(row) => row.id}
        busy={busy}
        paging={{
          from: start + 1,
          totalCount: lines.length,
          onNext: start + PAGE < lines.length ? () => setFrom(start + PAGE) : null,
          onPrevious: start > 0 ? () => setFrom(start - PAGE) : null,
        }}
        empty={<EmptyState title={t('requestLine.noLines')} />}
      />
    </Panel>
  );
}
