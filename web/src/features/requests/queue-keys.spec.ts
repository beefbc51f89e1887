import { afterEach, describe, expect, it } from '@jest/globals';
import { following, neighbour, queueKeyOf } from './queue-keys';

afterEach(() => document.body.replaceChildren());

function heard(key: string, html = '<a href="#">x</a>', options: KeyboardEventInit = {}) {
  document.body.innerHTML = html;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options });
  let act: unknown;
  document.addEventListener('keydown', (one) => (act = queueKeyOf(one)), { once: true });
  document.body.firstElementChild?.dispatchEvent(event);
  return act;
}

describe('queueKeyOf', () => {
  it.each([
    ['j', 'next'],
    ['k', 'previous'],
    ['a', 'approve'],
    ['r', 'return'],
    ['Escape', 'close'],
    ['q', null],
  ])('reads %s as %s', (key, act) => expect(heard(key)).toBe(act));
  it.each(['<input>', '<textarea></textarea>', '<div role="combobox"></div>'])('leaves writing alone in %s', (html) =>
    expect(heard('a', html)).toBeNull(),
  );
  it('leaves an open dialog and the keys of the browser alone', () => {
    expect(heard('a', '<a href="#">x</a><dialog open></dialog>')).toBeNull();
    expect(heard('r', '<a href="#">x</a>', { ctrlKey: true })).toBeNull();
  });
  it('works from the box that selects a row', () => expect(heard('j', '<input type="checkbox">')).toBe('next'));
});

describe('following', () => {
  it('goes on to the next row, at the end to the one before, and from the only one to none', () => {
    const ids = ['1', '2', '3'];
    expect([following(ids, '1'), following(ids, '3'), following(['1'], '1')]).toEqual(['2', '2', null]);
  });
});

describe('neighbour', () => {
  it('walks the rows and stays at the ends', () => {
    const ids = ['1', '2', '3'];
    expect([neighbour(ids, null, 1), neighbour(ids, '1', 1), neighbour(ids, '3', 1)]).toEqual(['1', '2', '3']);
    expect([neighbour(ids, '2', -1), neighbour(ids, '1', -1), neighbour([], null, 1)]).toEqual(['1', '1', null]);
  });
});
