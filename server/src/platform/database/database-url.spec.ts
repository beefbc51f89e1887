import { describe, expect, it } from '@jest/globals';
import { parseDatabaseUrl } from './database-url.js';

describe('a DATABASE_URL', () => {
  it('names one server, with the port of MySQL where it names none', () => {
    expect(parseDatabaseUrl('mysql://app:s%40cret@db.example/jiyun')).toEqual({
      user: 'app',
      password: 's@cret',
      database: 'jiyun',
      nodes: [{ name: 'db.example:3306', host: 'db.example', port: 3306 }],
    });
  });

  it('may have a password with colons and "@" of its own, as other programs read it', () => {
    expect(parseDatabaseUrl('mysql://app:s:cr@t@db.example/jiyun')).toMatchObject({ user: 'app', password: 's:cr@t' });
    expect(parseDatabaseUrl('mysql://app:a:b@one,two/jiyun')?.nodes).toHaveLength(2);
  });

  it('names several nodes in the order in which they are to be written to, and their centers', () => {
    const target = parseDatabaseUrl(
      'mariadb://app:x@10.1.0.5:3307,[2001:db8::5],10.3.0.5/jiyun?centers=center-a,center-b,center-c',
    );
    expect(target?.nodes).toEqual([
      { name: 'center-a', host: '10.1.0.5', port: 3307 },
      { name: 'center-b', host: '2001:db8::5', port: 3306 },
      { name: 'center-c', host: '10.3.0.5', port: 3306 },
    ]);
  });

  it.each([
    ['another database', 'postgres://app:x@host/jiyun'],
    ['no database', 'mysql://app:x@host/'],
    ['no host', 'mysql://app:x@/jiyun'],
    ['a port that is none', 'mysql://app:x@host:70000/jiyun'],
    ['an empty place between commas', 'mysql://app:x@one,,two/jiyun'],
    ['one node twice', 'mysql://app:x@one,one:3306/jiyun'],
    ['fewer centers than nodes', 'mysql://app:x@one,two/jiyun?centers=center-a'],
    ['one center twice', 'mysql://app:x@one,two/jiyun?centers=center-a,center-a'],
    ['half an escaped character', 'mysql://app:%E4@host/jiyun'],
  ])('that has %s is none', (_what, url) => {
    expect(parseDatabaseUrl(url)).toBeUndefined();
  });
});
