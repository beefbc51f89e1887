import { Time } from '../Time';
import { WideTable } from '../WideTable';

interface ListedEdition {
  readonly id: string;
  /** null = the draft. */
  readonly number: number | null;
  readonly inForce: boolean;
  readonly effectiveFrom?: string | null;
  readonly note: string;
  readonly publishedBy: string | null;
  readonly publishedAt: string | null;
  readonly changedBy: string;
  readonly changedAt: string;
}

interface Words {
  readonly label: string;
  readonly draft: string;
  readonly numbered: (number: number) => string;
  readonly inForce: string;
  /** Left out where an edition holds from its publication on. */
  readonly from?: (date: string) => string;
  readonly publishedBy: (name: string) => string;
  readonly changedBy: (name: string) => string;
}

type Props = {
  editions: readonly ListedEdition[];
  shown: Pick<ListedEdition, 'id'> | null;
  words: Words;
  onShow: (id: string) => void;
};

/** Every edition of rules that are kept in editions, each to be opened; what each says is its feature's. */
export function EditionList({ editions, shown, words, onShow }: Props) {
  return (
    <WideTable label={words.label}>
      <table className="jy-small-table jy-edition-list">
        <tbody>
          {editions.map((edition) => (
            <tr key={edition.id}>
              <th scope="row">
                <button
                  type="button"
                  className="jy-link-button"
                  aria-pressed={shown?.id === edition.id}
                  onClick={() => onShow(edition.id)}
                >
                  {edition.number === null ? words.draft : words.numbered(edition.number)}
                </button>{' '}
                {edition.inForce && <span className="jy-mark">{words.inForce}</span>}
              </th>
              {words.from && <td>{edition.effectiveFrom && words.from(edition.effectiveFrom)}</td>}
              <td>{edition.note}</td>
              <td>
                {edition.publishedBy ? words.publishedBy(edition.publishedBy) : words.changedBy(edition.changedBy)}{' '}
                <Time at={edition.publishedAt ?? edition.changedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
