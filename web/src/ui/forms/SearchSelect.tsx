import { type ReactNode, useState } from 'react';
import { useDebounced } from '../../lib/use-debounced';
import { Choose } from './Choose';
import type { ControlProps } from './Field';

/** A pause in typing. */
const SEARCH_AFTER_MS = 250;

/** What is typed into a select, for the screen at once and for the server after a pause; null = nothing. */
export function useSelectSearch() {
  const [text, setText] = useState('');
  return { text, setText, search: useDebounced(text.trim(), SEARCH_AFTER_MS) || null };
}

type Option = { value: string; label: ReactNode };

type Props = {
  typing: ReturnType<typeof useSelectSearch>;
  /** Empty = none. */
  value: string;
  onChange: (id: string) => void;
  /** What none means here; left out, one must be chosen. */
  none?: string;
  placeholder?: string;
  found: readonly Option[];
  /** The chosen one, where it is not among those found. */
  named: Option | undefined;
  fetching: boolean;
  /** Under the list: that there are more. */
  more?: ReactNode;
  className?: string;
  /** In a form. */
  control?: ControlProps;
  /** Where there is no field around it. */
  label?: string;
};

/** One of very many, found by typing a part of its name; the server searches. */
export function SearchSelect(props: Props) {
  const { typing, value, onChange, none, found, named, fetching, more, className = 'jy-full', control, label } = props;
  const missing = value !== '' && !found.some((option) => option.value === value);
  const options: Option[] = [
    ...(none !== undefined && typing.text.trim() === '' ? [{ value: '', label: none }] : []),
    ...(missing && named ? [named] : []),
    ...found,
  ];
  return (
    <Choose
      {...control}
      className={className}
      aria-label={label}
      placeholder={props.placeholder}
      showSearch={{ filterOption: false, onSearch: typing.setText }}
      loading={fetching}
      value={(missing && !named) || (value === '' && none === undefined) ? undefined : value}
      onChange={(id: string) => {
        typing.setText('');
        onChange(id);
      }}
      options={options}
      popupRender={
        more
          ? (menu) => (
              <>
                {menu}
                <div className="jy-select-more">{more}</div>
              </>
            )
          : undefined
      }
    />
  );
}
