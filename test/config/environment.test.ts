import { describe, expect, it } from 'vitest';
import { EnvironmentError, readEnvironment } from '#config/load-config.ts';

describe('readEnvironment', () => {
  it('has folders beside the program without any variable', () => {
    expect(readEnvironment({}, '/srv/kuvert')).toEqual({ home: '/srv/kuvert/var', configFolder: '/srv/kuvert/config' });
  });

  it('reads all four variables', () => {
    const env = {
      KUVERT_HOME: '/var/lib/kuvert',
      KUVERT_CONFIG: 'house',
      KUVERT_DATABASE_URL: 'postgres://kuvert@db:5432/kuvert',
      KUVERT_NOW: '2026-12-10T08:00:00Z',
      PATH: '/bin',
    };
    expect(readEnvironment(env, '/srv')).toEqual({
      home: '/var/lib/kuvert',
      configFolder: '/srv/house',
      databaseUrl: 'postgres://kuvert@db:5432/kuvert',
      now: new Date(Date.UTC(2026, 11, 10, 8)),
    });
  });

  it('counts an empty variable as absent', () => {
    expect(readEnvironment({ KUVERT_HOME: '', KUVERT_NOW: '' }, '/srv').home).toBe('/srv/var');
  });

  it.each([
    ['KUVERT_NOW', '2026-12-10'],
    ['KUVERT_NOW', '2026-12-10T08:00:00+01:00'],
    ['KUVERT_NOW', '2026-13-10T08:00:00Z'],
    ['KUVERT_NOW', 'now'],
    ['KUVERT_DATABASE_URL', 'mysql://db'],
    ['KUVERT_DATABASE_URL', 'postgres:'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => readEnvironment({ [name]: value }, '/srv')).toThrow(EnvironmentError);
    expect(() => readEnvironment({ [name]: value }, '/srv')).toThrow(name);
  });

  it('never repeats a database address, which may hold a password', () => {
    expect(() => readEnvironment({ KUVERT_DATABASE_URL: 'pg://kuvert:hemligt@db' }, '/srv')).toThrow(/^(?!.*hemligt)/);
  });
});
