import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  BadSettings,
  SettingsFile,
  settingsOf,
  usualSettings,
  withSetting,
} from '../../src/terminal/settings.ts';
import { temporaryFolder } from '../support/server.ts';

test('what a file does not say is as usual; what was changed is there the next time', async () => {
  const name = join(temporaryFolder(), 'chinwag', 'settings.json');
  const file = new SettingsFile(name);
  assert.deepEqual(file.read(), { settings: usualSettings, bad: undefined });
  await file.write(withSetting(usualSettings, 'bell', 'off'));
  assert.equal(new SettingsFile(name).read().settings.bell, 'off');
  assert.deepEqual(settingsOf('{"theme":"dark"}'), { ...usualSettings, theme: 'dark' });
});

test('what makes no sense is refused by name, and what would make sense is said', () => {
  const refused = [
    ['{', /no JSON/],
    ['[]', /no JSON object/],
    ['null', /no JSON object/],
    ['{"colour":"red"}', /no setting "colour"; there are theme, time, rooms, members, bell/],
    ['{"theme":"pink"}', /theme can be auto, light, dark, not "pink"/],
    ['{"bell":true}', /bell can be mentions, all, off, not true/],
    ['{"__proto__":{}}', /no setting "__proto__"/],
  ] as const;
  for (const [content, why] of refused) {
    assert.throws(() => settingsOf(content), why, content);
  }
});

test('a file that makes no sense is told of and never written over', async () => {
  const name = join(temporaryFolder(), 'settings.json');
  writeFileSync(name, '{"theme":"pink"}');
  const file = new SettingsFile(name);
  const { settings, bad } = file.read();
  assert.deepEqual(settings, usualSettings);
  assert.match(bad ?? '', /settings\.json is not used: theme can be .*; mend or remove it/);
  await assert.rejects(file.write(usualSettings), BadSettings);
  assert.equal(readFileSync(name, 'utf8'), '{"theme":"pink"}');
});
