import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from './server.ts';
import { lacking, programFor } from './tools.ts';

/** Files of a certificate for 127.0.0.1 that signs itself, or undefined where none can be made. */
export function certificateFor(test: TestContext): { cert: string; key: string } | undefined {
  const openssl = programFor('openssl');
  if (openssl === undefined) {
    lacking(test, 'openssl is not here and cannot be installed');
    return undefined;
  }
  const folder = temporaryFolder();
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  const whose = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const { status, stderr } = spawnSync(
    openssl,
    ['req', ...kind, ...whose, '-keyout', key, '-out', cert],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`openssl made no certificate: ${stderr}`);
  return { cert, key };
}
