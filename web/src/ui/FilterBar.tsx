import { CloseOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../lib/quantity';

/** Typing rests this long before the list is asked again. */
const REST_MILLISECONDS = 300;

type SearchProps = { label: string; placeholder: string; value: string; onChange: (value: string) => void };

export function SearchFilter({ label, placeholder, value, onChange }: SearchProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), REST_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input
      className="jy-filter-search"
      allowClear
      aria-label={label}
      placeholder={placeholder}
      prefix={<SearchOutlined aria-hidden />}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => onChange(text)}
    />
  );
}

type ChipsProps<T extends string> = {
  label: string;
  /** `total`: how many there are of it. */
  options: readonly { value: T; text: string; total?: number }[];
  value: readonly T[];
  onChange: (value: T[]) => void;
};

/** Any of these; none chosen means all. */
export function ChipFilter<T extends string>({ label, options, value, onChange }: ChipsProps<T>) {
  const id = useId();
  return (
    <fieldset className="jy-chips" aria-labelledby={id}>
      <span id={id} className="jy-chips-label">
        {label}
      </span>
      {options.map((option) => {
        const chosen = value.includes(option.value);
        return (
          <button
            key={option.value}
            type="button"
            className="jy-chip"
            aria-pressed={chosen}
            onClick={() =>
              onChange(chosen ? value.filter((other) => other !== option.value) : [...value, option.value])
            }
          >
            {option.text}
            {option.total !== undefined && <span className="jy-chip-total"> {count(option.total)}</span>}
          </button>
        );
      })}
    </fieldset>
  );
}

type MarkProps = {
  /** What kind of thing it is. */
  label: string;
  name: string;
  onRemove: () => void;
};

/** What a link narrowed a list to, and no control could choose: it is named, and can be taken away. */
export function FilterMark({ label, name, onRemove }: MarkProps) {
  const { t } = useTranslation();
  return (
    <span className="jy-filter-mark">
      <span className="jy-chips-label">{label}</span>
      <button type="button" className="jy-chip" aria-label={t('filter.remove', { label, name })} onClick={onRemove}>
        {name} <CloseOutlined aria-hidden />
      </button>
    </span>
  );
}

/** What narrows a list. Its state belongs to the URL, so the page passes values in and out. */
export function FilterBar({
  active,
  onClear,
  children,
}: {
  active: boolean;
  onClear: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest browsers we promise do not know <search>.
    <div className="jy-filter-bar" role="search" aria-label={t('filter.label')}>
      {children}
      {active && (
        <Button type="link" icon={<CloseOutlined aria-hidden />} onClick={onClear}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}
