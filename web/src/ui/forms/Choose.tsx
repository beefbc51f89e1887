import { Select, type SelectProps } from 'antd';
import { useState } from 'react';

/**
 * One of several, as antd's Select, but its list closes by the choice itself. Alone, antd closes it by a task that runs later and
 * that any blur in between takes the place of; that one is then given up because the focus is still inside, and the list stays
 * open over what follows.
 */
export function Choose<Value extends string>({
  onSelect,
  ...props
}: Omit<SelectProps<Value>, 'open' | 'onOpenChange'>) {
  const [open, setOpen] = useState(false);
  return (
    <Select<Value>
      {...props}
      open={open}
      onOpenChange={setOpen}
      onSelect={(value, option) => {
        setOpen(false);
        onSelect?.(value, option);
      }}
    />
  );
}
