import { BookOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMutation, useQuery } from 'urql';
import { failureOf } from '../../graphql/failure';
import { userErrorsOf } from '../../graphql/user-errors';
import type { UrlSpec } from '../../lib/url-state';
import { usePressKey } from '../../lib/use-press-key';
import { MenuButton } from '../MenuButton';
import { useNotice } from '../notice';
import type { TableChoice } from '../table/columns';
import { applyView, parseViewState, viewStateText } from './view-state';
import { DeleteViewMutation, SavedViewsQuery, SaveViewMutation } from './views.gql';

/** As many characters as the server keeps (views/domain/saved-view). */
const NAME_LENGTH_MAX = 60;

type Props = {
  name: string;
  spec: UrlSpec;
  choice: TableChoice;
  /** Before the address becomes the view's. */
  onOpen: (choice: TableChoice, next: URLSearchParams) => void;
};

/** The views that a person keeps of this list, and a name for the one on the screen. */
export function SavedViews(props: Props) {
  const { t } = useTranslation();
  return (
    <MenuButton label={t('list.views')} icon={<BookOutlined aria-hidden />}>
      {(close) => <Panel {...props} close={close} />}
    </MenuButton>
  );
}

function Panel({ name: list, spec, choice, onOpen, close }: Props & { close: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [params, setParams] = useSearchParams();
  const [{ data, error, fetching }] = useQuery({
    query: SavedViewsQuery,
    variables: { list },
    requestPolicy: 'cache-and-network',
  });
  const [saving, save] = useMutation(SaveViewMutation);
  const [deleting, remove] = useMutation(DeleteViewMutation);
  const press = usePressKey();
  const [name, setName] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const views = data?.savedViews ?? [];
  const busy = saving.fetching || deleting.fetching;

  const open = (state: string) => {
    const view = parseViewState(state);
    if (!view) {
      setRefusal(t('list.viewUnreadable'));
      return;
    }
    const next = applyView(spec, params, view.search);
    onOpen(view.choice, next);
    setParams(next);
    close();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { list, name: name.trim(), state: viewStateText(spec, params, choice) };
    const answer = await save({ input: { ...input, idempotencyKey: press.keyFor(input) } });
    if (!answer.data) {
      setRefusal(answer.error ? wordsOf(answer.error) : null);
      return;
    }
    press.answered();
    const [first] = userErrorsOf(answer.data.saveView.errors);
    setRefusal(first?.message ?? null);
    if (first) return;
    notice(t('list.viewSaved', { name: input.name }));
    setName('');
    close();
  };
  const discard = async (id: string) => {
    const answer = await remove({ input: { id, idempotencyKey: press.keyFor({ delete: id }) } });
    if (answer.data) press.answered();
    const [first] = userErrorsOf(answer.data?.deleteView.errors ?? []);
    setRefusal(first?.message ?? (answer.error ? wordsOf(answer.error) : null));
  };
  const wordsOf = (failed: Parameters<typeof failureOf>[0]) => {
    const failure = failureOf(failed);
    return 'message' in failure ? failure.message : t('failure.offline');
  };

  return (
    <div className="jy-views">
      <p className="jy-strong">{t('list.views')}</p>
      {views.length > 0 ? (
        <ul>
          {views.map((view) => (
            <li key={view.id}>
              <button type="button" className="jy-view-open" onClick={() => open(view.state)}>
                {view.name}
              </button>
              <Button
                type="text"
                size="small"
                disabled={busy}
                aria-label={t('list.viewDelete', { name: view.name })}
                title={t('list.viewDelete', { name: view.name })}
                icon={<DeleteOutlined aria-hidden />}
                onClick={() => void discard(view.id)}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className="jy-quiet-text">{fetching ? t('common.loading') : error ? wordsOf(error) : t('list.viewsNone')}</p>
      )}
      <form onSubmit={(event) => void submit(event)}>
        <Input
          aria-label={t('list.viewName')}
          placeholder={t('list.viewName')}
          value={name}
          maxLength={NAME_LENGTH_MAX}
          onChange={(event) => setName(event.target.value)}
        />
        <Button htmlType="submit" disabled={name.trim() === ''} loading={saving.fetching}>
          {t('list.viewSave')}
        </Button>
      </form>
      <p className="jy-quiet-text">{t('list.viewsText')}</p>
      {refusal && (
        <p role="alert" className="jy-tone-bad">
          {refusal}
        </p>
      )}
    </div>
  );
}
