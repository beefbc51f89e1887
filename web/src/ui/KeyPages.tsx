import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { count } from '../lib/quantity';
import type { KeyPaging } from '../lib/use-key-paging';

type Props = {
  /** What is paged through, where a page has several such lists. */
  label: string;
  page: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  shown: number;
  paging: KeyPaging;
  /** Why nobody can go on just now. */
  held?: boolean;
};

/** The way through a list that is no table. Nothing where all of it is on the page. */
export function KeyPages({ label, page: { totalCount, pageInfo }, shown, paging, held = false }: Props) {
  const { t } = useTranslation();
  const { hasNextPage, endCursor } = pageInfo;
  if (!hasNextPage && !paging.previous) return null;
  return (
    <nav className="jy-paging" aria-label={`${label} ${t('table.pages')}`}>
      <span className="jy-number" role="status">
        {t('table.range', {
          from: count(paging.from),
          last: count(paging.from + shown - 1),
          total: count(totalCount),
        })}
      </span>
      <Button disabled={held || !paging.previous} onClick={() => paging.previous?.()}>
        {t('table.previous')}
      </Button>
      <Button disabled={held || !hasNextPage || !endCursor} onClick={() => endCursor && paging.next(endCursor, shown)}>
        {t('table.next')}
      </Button>
    </nav>
  );
}
