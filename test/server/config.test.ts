import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, configFrom, options } from '../../src/server/config.ts';

type Name = keyof typeof options;

/** Values that each option cannot take. */
const wrong: Readonly<Record<Name, readonly string[]>> = {
  host: [''],
  port: ['', '-1', '65536', '80.5', '0x50', 'http', ' 80'],
  data: [''],
  rateLimit: ['', '30', '0/10s', '30/10', '30/10d', '-1/1s', '30/0s', '30/10s/x'],
  heartbeatMs: ['', '15', '0s', '99ms', '11m', '1h', '15 s', '-15s'],
  origins: ['chat.example.org', 'https://ok.example,nonsense', 'null', 'data:text/html,x'],
  tlsCert: [],
  tlsKey: [],
  jsonLogs: ['', 'yes', 'ON'],
};

test('a wrong value is refused with the option, the value and what is allowed', () => {
  for (const [name, { flag, environment, allowed }] of entries()) {
    for (const value of wrong[name]) {
      const message = (source: string) => `${source} cannot be "${value}"; allowed is ${allowed}`;
      const refusal = (source: string) => (error: unknown) =>
        error instanceof ConfigError && error.message === message(source);
      assert.throws(() => configFrom({ [flag]: value }, {}), refusal(`--${flag}`), value);
      assert.throws(() => configFrom({}, { [environment]: value }), refusal(environment), value);
    }
  }
});

test('what is not given is as it is documented', () => {
  assert.deepEqual(configFrom({}, {}), {
    host: '127.0.0.1',
    port: 2428,
    data: './chinwag-data',
    rateLimit: { count: 30, windowMs: 10_000 },
    heartbeatMs: 15_000,
    origins: [],
    tlsCert: undefined,
    tlsKey: undefined,
    jsonLogs: false,
  });
});

test('values are read as a person writes them', () => {
  const given = {
    host: '0.0.0.0',
    port: '0',
    'rate-limit': 'off',
    heartbeat: '250ms',
    origins: 'https://a.example, https://b.example:8443/page,',
    'tls-cert': 'cert.pem',
    'tls-key': 'key.pem',
    'json-logs': 'true',
  };
  const config = configFrom(given, {});
  assert.equal(config.port, 0);
  assert.equal(config.rateLimit, undefined);
  assert.equal(config.heartbeatMs, 250);
  assert.deepEqual(config.origins, ['https://a.example', 'https://b.example:8443']);
  assert.deepEqual([config.tlsCert, config.tlsKey], ['cert.pem', 'key.pem']);
  assert.equal(config.jsonLogs, true);
  assert.equal(configFrom({ heartbeat: '2m' }, {}).heartbeatMs, 120_000);
  const rate = configFrom({ 'rate-limit': '5/500ms' }, {}).rateLimit;
  assert.deepEqual(rate, { count: 5, windowMs: 500 });
});

test('the command line goes before the environment', () => {
  const environment = { CHINWAG_PORT: '1000', CHINWAG_HOST: '::1' };
  const config = configFrom({ port: '2000' }, environment);
  assert.deepEqual([config.port, config.host], [2000, '::1']);
});

test('a certificate and its key go together', () => {
  for (const one of ['tls-cert', 'tls-key']) {
    assert.throws(
      () => configFrom({ [one]: 'file.pem' }, {}),
      /--tls-cert and --tls-key go together/,
    );
  }
});

test('every option has a flag, a variable and a help of its own', () => {
  for (const part of ['flag', 'environment', 'help'] as const) {
    const all = entries().map(([, option]) => option[part]);
    assert.equal(new Set(all).size, all.length);
  }
  for (const [, { flag, environment }] of entries()) {
    assert.equal(environment, `CHINWAG_${flag.toUpperCase().replaceAll('-', '_')}`);
  }
});

function entries() {
  const names = Object.keys(options).filter((name): name is Name => name in wrong);
  assert.equal(names.length, Object.keys(options).length, 'an option without wrong values');
  return names.map((name) => [name, options[name]] as const);
}
